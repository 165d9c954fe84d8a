#include "logs/format.hpp"

#include <fmt/format.h>

#include <utility>

namespace simcheck::logs {

std::string flag_names(std::uint64_t flags) {
  static constexpr std::pair<std::uint64_t, const char*> kNames[] = {{kFlagFlush, "FLUSH"},
                                                                     {kFlagFua, "FUA"},
                                                                     {kFlagDiscard, "DISCARD"},
                                                                     {kFlagMark, "MARK"},
                                                                     {kFlagMetadata, "METADATA"}};
  if (flags == 0) return "-";
  std::string names;
  for (const auto& [flag, name] : kNames) {
    if ((flags & flag) != 0) names += (names.empty() ? "" : "|") + std::string(name);
  }
  const std::uint64_t unknown = flags & ~kFlagsAll;
  if (unknown != 0) names += fmt::format("{}{:#x}", names.empty() ? "" : "|", unknown);
  return names;
}

}  // namespace simcheck::logs
