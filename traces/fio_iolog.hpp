// fio's I/O logs (--write_iolog), versions 2 and 3: docs/workloads.md says what becomes of each
// line.
//
// Source: "Trace file format" in fio's HOWTO, https://fio.readthedocs.io/en/latest/fio_doc.html,
// and logs that fio 3.33 wrote. That writes version 3, appends to a file that is there, header and
// all, and gives a sync the offset of the last write.
#pragma once

#include <string_view>

#include "traces/trace.hpp"

namespace simcheck::traces {

/// Does the text begin as such a log, of whatever version?
bool is_fio_iolog(std::string_view text);

/// Each of several files gets a part of the disk of its own, one behind the other.
Result read_fio_iolog(std::string_view text);

}  // namespace simcheck::traces
