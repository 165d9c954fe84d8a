// What every C++ file of the tree looks like, and that no test has fallen out of the build.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "tests/style/source_tree.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"
#include "tests/support/paths.hpp"

namespace simcheck::test {
namespace {

constexpr std::size_t kLineWidth = 100;

// Spelled in two parts so that this file does not contain them.
const std::array kForbiddenWords = {
    std::string("TO") + "DO",
    std::string("FIX") + "ME",
    std::string("doctest::") + "skip",
    std::string("doctest::") + "may_fail",
    std::string("doctest::") + "should_fail",
    std::string("doctest::") + "expected_failures",
};

std::size_t columns(std::string_view utf8) {
  const auto starts_character = [](char byte) { return (byte & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::ranges::count_if(utf8, starts_character));
}

Offences line_offences(const SourceTree& tree) {
  Offences offences;
  for (const SourceFile& file : tree)
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (columns(line) > kLineWidth)
        offences.push_back(offence(file, i + 1, "wider than 100 columns"));
      for (const std::string& word : kForbiddenWords)
        if (contains(line, word)) offences.push_back(offence(file, i + 1, word));
    }
  return offences;
}

bool has_line(const SourceFile& file, auto predicate) {
  return std::ranges::any_of(file.lines, predicate);
}

// The comment that says what a file is; that of a .cpp with a header stands there.
bool opens_with_comment(const SourceTree& tree, const SourceFile& file) {
  if (!file.is_header() && find_file(tree, file.header()) != nullptr) return true;
  return !file.lines.empty() && file.lines.front().starts_with("//");
}

Offences file_offences(const SourceTree& tree) {
  Offences offences;
  for (const SourceFile& file : tree) {
    if (!opens_with_comment(tree, file))
      offences.push_back(offence(file, 1, "a file opens with a comment that says what it is"));
    if (file.is_header() && !has_line(file, [](auto& line) { return line == "#pragma once"; }))
      offences.push_back(offence(file, 1, "#pragma once is missing"));
  }
  return offences;
}

bool defines_test(std::string_view line) {
  return line.starts_with("TEST_CASE") || line.starts_with("RC_TEST_CASE");
}

// ctest runs test_*.cpp only, so cases in another file would never run.
Offences test_name_offences(const SourceTree& tree) {
  Offences offences;
  for (const SourceFile& file : tree)
    if (!contains(file.path, "/test_") && has_line(file, defines_test))
      offences.push_back(offence(file, 1, "test cases belong into a tests/ROOM/test_*.cpp"));
  return offences;
}

}  // namespace

TEST_CASE("lines are narrow, finished and not skipped") {
  check_clean(line_offences(load_tree(source_dir())));
}

TEST_CASE("files open with a comment, headers are guarded") {
  check_clean(file_offences(load_tree(source_dir())));
}

TEST_CASE("test cases are where ctest runs them") {
  check_clean(test_name_offences(load_tree(source_dir())));
}

TEST_CASE("every file of tests/ is compiled into a test program") {
  const std::string compiled = read_file(build_dir() / "tests/compiled_sources.txt");
  Offences offences;
  for (const SourceFile& file : load_tree(source_dir()))
    if (file.room() == "tests" && !file.is_header() && !contains(compiled, "/" + file.path + "\n"))
      offences.push_back(offence(file, 1, "is not compiled (run cmake again?)"));
  check_clean(offences);
}

TEST_CASE("the line rules find planted offences") {
  const std::string wide(kLineWidth + 1, 'x');
  const SourceTree tree = {
      source_file("sim/a.hpp", "// fine\n" + wide + "\n// " + kForbiddenWords[0] + "\n")};
  CHECK(line_offences(tree) ==
        Offences{"sim/a.hpp:2: wider than 100 columns", "sim/a.hpp:3: " + kForbiddenWords[0]});
}

TEST_CASE("columns count characters, not bytes") { CHECK(columns("0,7 µs") == 6); }

TEST_CASE("the file rules find planted offences") {
  const SourceTree tree = {
      source_file("sim/a.hpp", "int x;\n"),
      source_file("tests/sim/a_test.cpp", "// A test.\nTEST_CASE(\"x\") {}\n")};
  CHECK(file_offences(tree).size() == 2);
  CHECK(test_name_offences(tree).size() == 1);
}

}  // namespace simcheck::test
