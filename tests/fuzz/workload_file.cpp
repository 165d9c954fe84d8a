// `--workload FILE`: a file of whatever kind.
#include "cli/usage_error.hpp"
#include "cli/workload_input.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {

void check_workload_file(Bytes bytes) {
  try {
    cli::read_workload(input_file(bytes), 4096);
  } catch (const cli::UsageError&) {
    // says what is wrong with the file
  }
}

}  // namespace simcheck::fuzz
