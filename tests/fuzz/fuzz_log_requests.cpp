// A log image as a workload.
#include "logs/requests.hpp"
#include "tests/fuzz/harness.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const logs::MemorySource log(fuzz::bytes_of(data, size));
  const auto result = logs::requests_of(log, {.first_entry = 0, .entries_max = 65536});
  if (const auto* requests = std::get_if<std::vector<logs::LoggedRequest>>(&result)) {
    fuzz::require(requests->size() <= 65536, "a workload keeps to its bound");
  }
  return 0;
}
