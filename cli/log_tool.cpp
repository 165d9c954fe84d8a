#include "cli/log_tool.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>

#include "cli/did_you_mean.hpp"
#include "cli/exit_status.hpp"
#include "cli/output.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {
namespace {

constexpr std::size_t kFlushBytes = 65536;

}  // namespace

std::unique_ptr<logs::FileSource> open_image(const std::string& path) {
  std::error_code ignored;
  if (path == "-" && !std::filesystem::exists(path, ignored))
    throw UsageError(
        "cannot read '-': there is no such file, and a log is read back and forth: save standard "
        "input "
        "to a file");
  auto opened = logs::FileSource::open(path);
  if (const auto* error = std::get_if<logs::Error>(&opened)) throw UsageError(error->message);
  return std::get<std::unique_ptr<logs::FileSource>>(std::move(opened));
}

std::string cannot_follow(const logs::Entry& stopped) {
  return fmt::format(
      "the log cannot be followed to entry {}: `simcheck log verify` says why, `simcheck log "
      "salvage` makes a log of what can be read",
      stopped.index);
}

int exit_status_of(const std::string& image, const std::optional<logs::Entry>& stopped) {
  if (!stopped) return kExitSound;
  fmt::print(stderr, "simcheck: {}: there may be more: {}\n", in_quotes(image),
             cannot_follow(*stopped));
  return static_cast<int>(ExitStatus::kIncomplete);
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
