// Binary traces of blktrace as workloads.
#include "traces/blktrace.hpp"
#include "tests/fuzz/readers.hpp"
#include "tests/fuzz/trace_reader.hpp"

namespace simcheck::fuzz {

void check_blktrace(Bytes bytes) {
  traces::is_blktrace(bytes);
  require_workload(traces::read_blktrace(bytes));
}

}  // namespace simcheck::fuzz
