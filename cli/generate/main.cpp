// A program of the build: writes the manual page and the completions into a folder.

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <string>

#include "cli/command_line.hpp"
#include "cli/command_words.hpp"
#include "cli/completions.hpp"
#include "cli/manual.hpp"

int main(int argc, char** argv) {
  using namespace simcheck::cli;
  if (argc != 2) {
    std::cerr << "usage: generate FOLDER\n";
    return 2;
  }
  Options options;
  int status = 0;
  CLI::App app;
  define_command_line(app, options, status);
  const CommandWords words = words_of(app);
  const std::string folder = std::string(argv[1]) + "/";
  bool written = true;
  const auto write = [&](const char* name, const std::string& text) {
    written &= static_cast<bool>(std::ofstream(folder + name) << text << std::flush);
  };
  write("simcheck.1", manual_page(app));
  write("simcheck.bash", bash_completion(words));
  write("_simcheck", zsh_completion(words));
  write("simcheck.fish", fish_completion(words));
  return written ? 0 : 1;
}
