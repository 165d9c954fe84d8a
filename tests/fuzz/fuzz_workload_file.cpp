// `--workload FILE`: a file of whatever kind.
#include "cli/usage_error.hpp"
#include "cli/workload_input.hpp"
#include "tests/fuzz/input_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  try {
    cli::read_workload(fuzz::input_file(data, size), 4096);
  } catch (const cli::UsageError&) {
    // says what is wrong with the file
  }
  return 0;
}
