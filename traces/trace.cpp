#include "traces/trace.hpp"

#include <algorithm>

namespace simcheck::traces {

void Trace::omit(const std::string& what, const std::string& why) {
  // Things of one name may be left out for several reasons.
  const auto is_same = [&](const Omission& other) {
    return other.what == what && other.why == why;
  };
  auto found = std::ranges::find_if(omissions, is_same);
  if (found == omissions.end()) found = omissions.insert(found, {what, why});
  ++found->count;
}

}  // namespace simcheck::traces
