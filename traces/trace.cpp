#include "traces/trace.hpp"

#include <algorithm>

namespace simcheck::traces {

void Trace::omit(const std::string& what, const std::string& why) {
  auto found = std::ranges::find(omissions, what, &Omission::what);
  if (found == omissions.end()) found = omissions.insert(found, {what, why});
  ++found->count;
}

}  // namespace simcheck::traces
