// fio's I/O logs as workloads.
#include "traces/fio_iolog.hpp"
#include "tests/fuzz/readers.hpp"
#include "tests/fuzz/trace_reader.hpp"

namespace simcheck::fuzz {

void check_fio_iolog(Bytes bytes) {
  const std::string_view text = text_of(bytes);
  traces::is_fio_iolog(text);
  require_workload(traces::read_fio_iolog(text));
}

}  // namespace simcheck::fuzz
