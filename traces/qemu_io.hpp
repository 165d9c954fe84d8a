// Scripts of qemu-io commands, one a line, as qemu-io reads them from standard input.
//
// aio_* commands run concurrently; aio_flush waits for all of them; every other command waits for
// itself alone, while those outstanding go on. So the script says what can be in flight together.
//
// Source: qemu-io's `help`, and how qemu-io 7.2 behaves.
#pragma once

#include <string_view>

#include "traces/trace.hpp"

namespace simcheck::traces {

/// Does its first line begin with a command of qemu-io?
bool is_qemu_io_script(std::string_view text);

Result read_qemu_io_script(std::string_view text);

}  // namespace simcheck::traces
