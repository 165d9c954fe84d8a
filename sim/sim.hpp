// The simulator's face for code under test: everything a driver needs.
#pragma once

#include "sim/block_device.hpp"  // IWYU pragma: export
#include "sim/disk.hpp"          // IWYU pragma: export
#include "sim/recovery.hpp"      // IWYU pragma: export
#include "sim/shared.hpp"        // IWYU pragma: export
#include "sim/sync.hpp"          // IWYU pragma: export
#include "sim/world.hpp"         // IWYU pragma: export
