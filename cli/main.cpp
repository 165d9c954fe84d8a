// The command simcheck, without extensions.

#include "cli/command.hpp"

int main(int argc, char** argv) { return simcheck::cli::run_command(argc, argv); }
