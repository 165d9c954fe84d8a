// A log image as a workload.
#include "logs/requests.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {

void check_log_requests(Bytes bytes) {
  const logs::MemorySource log(bytes);
  const auto result = logs::requests_of(log, {.first_entry = 0, .entries_max = 65536});
  if (const auto* requests = std::get_if<std::vector<logs::LoggedRequest>>(&result)) {
    require(requests->size() <= 2 * 65536, "a workload keeps to its bound");
  }
}

}  // namespace simcheck::fuzz
