// The project's C++ files as lines of text, and how a style rule reports what it finds.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace simcheck::test {

struct SourceFile {
  std::string path;  // from the root, with '/'
  std::vector<std::string> lines;

  std::string_view room() const { return std::string_view(path).substr(0, path.find('/')); }
  bool is_header() const { return path.ends_with(".hpp"); }
  std::string header() const { return path.substr(0, path.rfind('.')) + ".hpp"; }
};

using SourceTree = std::vector<SourceFile>;                                  // sorted by path
const SourceFile* find_file(const SourceTree& tree, std::string_view path);  // or null

// Every .hpp and .cpp below the rooms, tests/, examples/ and bench/ of `root`.
SourceTree load_tree(const std::filesystem::path& root);

// A file made of text, to check the checkers with.
SourceFile source_file(std::string path, std::string_view text);

struct Include {
  std::size_t line = 0;  // counted from 1
  std::string target;
  bool quoted = false;  // "target", not <target>
};
std::vector<Include> includes_of(const SourceFile& file);

// "sim/world.cpp:3: sim/ may not include model/explorer.hpp"
std::string offence(const SourceFile& file, std::size_t line, std::string_view what);

using Offences = std::vector<std::string>;

// Fails the running test case once for each offence.
inline void check_clean(const Offences& offences) {
  for (const std::string& text : offences) FAIL_CHECK(text);
}

}  // namespace simcheck::test
