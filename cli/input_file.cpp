#include "cli/input_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/usage_error.hpp"

namespace simcheck::cli {
namespace {

[[noreturn]] void fail(int error) { throw UsageError(std::strerror(error)); }

}  // namespace

std::string read_whole_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) fail(EISDIR);  // it can be opened
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in && path == "-") throw UsageError("there is no such file; standard input is '/dev/stdin'");
  if (!in) fail(errno);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) fail(errno);
  return text;
}

}  // namespace simcheck::cli
