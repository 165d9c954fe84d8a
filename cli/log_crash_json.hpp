// The images of a power cut and their checks as one JSON document, described in docs/log-tools.md.
#pragma once

#include <string>

#include "cli/log_crash_report.hpp"
#include "cli/log_sound.hpp"

namespace simcheck::cli {

/// Indented, with a newline at the end. `done` is null where nothing was checked.
std::string crash_json(const CrashJob& job, const BrokenRules& broken,
                       const logs::CrashPoint& point, const logs::CrashSectors& sectors,
                       const ChecksDone* done);

}  // namespace simcheck::cli
