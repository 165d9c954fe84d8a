#include "cli/log_tool.hpp"

#include <cstddef>
#include <utility>
#include <variant>

#include "cli/output.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {
namespace {

constexpr std::size_t kFlushBytes = 65536;

}  // namespace

std::unique_ptr<logs::FileSource> open_image(const std::string& path) {
  auto opened = logs::FileSource::open(path);
  if (const auto* error = std::get_if<logs::Error>(&opened)) throw UsageError(error->message);
  return std::get<std::unique_ptr<logs::FileSource>>(std::move(opened));
}

void BufferedOutput::operator()(std::string_view part) {
  text_ += part;
  if (text_.size() >= kFlushBytes) flush();
}

void BufferedOutput::flush() {
  print(text_);
  text_.clear();
}

}  // namespace simcheck::cli
