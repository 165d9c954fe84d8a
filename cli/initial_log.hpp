// --initial-log: what the log device holds when the driver opens it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/block_scenario.hpp"

namespace simcheck::cli {

enum class InitialLogKind : std::uint8_t {
  kEmpty,   ///< nothing was ever written
  kZeroed,  ///< zeroes were written all over it
  kOlder,   ///< the log of an earlier run, which the driver takes no notice of
  kAppend,  ///< the same, and the driver goes on behind its entries
};

/// "empty", "zeroed", "older", "append".
std::string_view to_string(InitialLogKind kind);

/// "an older log of 4 entries"; empty for kEmpty.
std::string in_words(InitialLogKind kind);

/// The log sectors that it takes.
std::uint64_t sectors_of(InitialLogKind kind);

model::InitialLog initial_log(InitialLogKind kind, std::uint32_t sector_size);

}  // namespace simcheck::cli
