// The file of `--trace`, for `simcheck replay` and `simcheck explain`: what can be read can be
// told.
#include "reports/trace_file.hpp"
#include "reports/explanation.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {

void check_trace_file(Bytes bytes) {
  try {
    reports::explanation(reports::parse_trace(text_of(bytes)).example, 80);
  } catch (const reports::TraceFileError&) {
    // says what is wrong with the file
  }
}

}  // namespace simcheck::fuzz
