// `--baseline FILE`: what is read and written reads as the same.
#include "cli/baseline.hpp"
#include "cli/usage_error.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {

void check_baseline_file(Bytes bytes) {
  cli::Baseline baseline;
  try {
    baseline = cli::read_baseline(input_file(bytes));
  } catch (const cli::UsageError&) {
    return;  // says what is wrong with the file
  }
  const std::string text = to_text(baseline);
  require(cli::read_baseline(input_file(std::as_bytes(std::span(text)))) == baseline,
          "what is written can be read, and is the same");
}

}  // namespace simcheck::fuzz
