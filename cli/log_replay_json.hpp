// A replay and its checks as one JSON document, described in docs/log-tools.md.
#pragma once

#include <string>

#include "cli/log_replay_checks.hpp"

namespace simcheck::cli {

/// Indented, with a newline at the end. `end` is what the checks came to, or whatever ended the
/// replay.
std::string replay_json(const ReplayJob& job, const ReplayProgress& progress, const ChecksEnd& end);

}  // namespace simcheck::cli
