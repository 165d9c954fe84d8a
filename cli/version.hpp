// The version of the command; a test compares it with the build file's.
#pragma once

namespace simcheck::cli {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace simcheck::cli
