// Where the tests find what they look at: the sources and the built command.
#pragma once

#include <filesystem>
#include <string>

namespace simcheck::test {

std::filesystem::path source_dir();
std::filesystem::path build_dir();
std::string simcheck_command();  // the built `simcheck`, to be run with run_process()

}  // namespace simcheck::test
