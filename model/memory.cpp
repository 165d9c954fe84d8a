#include "model/memory.hpp"

#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>
#include <string_view>

namespace simcheck::model {
namespace {

// The sum of these lines of /proc/self/status. Not getrusage(): its peak is also that of the
// program which started this one.
std::uint64_t bytes_of(std::initializer_list<std::string_view> names) {
  std::ifstream status("/proc/self/status");
  std::uint64_t bytes = 0;
  for (std::string line; std::getline(status, line);) {
    for (const std::string_view name : names) {
      if (!line.starts_with(name)) continue;
      std::uint64_t kibibytes = 0;
      std::istringstream(line.substr(name.size())) >> kibibytes;
      bytes += kibibytes * 1024;
    }
  }
  return bytes;
}

}  // namespace

std::uint64_t memory_in_use() { return bytes_of({"VmRSS:", "VmSwap:"}); }

std::uint64_t peak_memory() { return bytes_of({"VmHWM:"}); }

}  // namespace simcheck::model
