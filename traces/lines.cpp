#include "traces/lines.hpp"

namespace simcheck::traces {

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kShownMax = 60;
  std::string quoted = "'";
  for (const char c : text.substr(0, kShownMax)) quoted += c >= ' ' && c <= '~' ? c : '?';
  return quoted + (text.size() > kShownMax ? "...'" : "'");
}

}  // namespace simcheck::traces
