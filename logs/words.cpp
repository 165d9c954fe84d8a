#include "logs/words.hpp"

#include <fmt/format.h>

namespace simcheck::logs {

std::string counted(std::uint64_t number, std::string_view noun) {
  if (number == 1) return fmt::format("1 {}", noun);
  if (noun.ends_with('y')) {
    return fmt::format("{} {}ies", number, noun.substr(0, noun.size() - 1));
  }
  return fmt::format("{} {}s", number, noun);
}

std::string_view why(HeaderFault fault) {
  switch (fault) {
    case HeaderFault::kNone:
      return "none";
    case HeaderFault::kPastEnd:
      return "past the end of the image";
    case HeaderFault::kFlags:
      return "unknown flags";
    case HeaderFault::kOverflow:
      return "sizes overflow 64 bits";
    case HeaderFault::kMark:
      return "malformed mark";
    case HeaderFault::kDataLength:
      return "data_len exceeds the entry";
    case HeaderFault::kBounds:
      return "reaches past the end of the image";
  }
  return "unknown";
}

}  // namespace simcheck::logs
