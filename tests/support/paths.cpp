// The values are given by tests/CMakeLists.txt.

#include "tests/support/paths.hpp"

namespace simcheck::test {

std::filesystem::path source_dir() { return SIMCHECK_SOURCE_DIR; }
std::filesystem::path build_dir() { return SIMCHECK_BUILD_DIR; }
std::string simcheck_command() { return SIMCHECK_COMMAND; }

}  // namespace simcheck::test
