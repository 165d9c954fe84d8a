// One command of a qemu-io script.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "model/workload.hpp"

namespace simcheck::traces {

struct QemuIoCommand {
  enum class Does : std::uint8_t {
    kRequest,  ///< `request`; the script goes on at once (`is_async`) or when it is done
    kWaitAll,  ///< aio_flush
    kEnd,      ///< quit
    kNothing,  ///< nothing that a workload holds: `why`
  };

  Does does = Does::kNothing;
  model::Request request{};
  bool is_async = false;
  std::string why{};
};

/// The kind of command that a word names; nothing if qemu-io has none of that name.
bool is_qemu_io_command(std::string_view name);

/// Reads a line that is not empty; or what is wrong with it.
std::variant<QemuIoCommand, std::string> read_qemu_io_command(std::string_view line);

}  // namespace simcheck::traces
