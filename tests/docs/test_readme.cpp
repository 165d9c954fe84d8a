// README.md and docs/*.md show what is true: every command in them is run and its output compared,
// README's source code is that of the examples, and links lead somewhere.
//
// A fenced block that begins with "$ " is a session: its commands are run one after the other in
// one directory per page, and print exactly what is shown ("..." alone on a line stands for lines
// left out). Commands that cost too much, or build something, are shown without "$ ".
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/docs/fenced_blocks.hpp"
#include "tests/support/files.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {
namespace {
namespace fs = std::filesystem;

struct Page {
  fs::path path;
  std::string text;
};

std::vector<Page> all_pages() {
  std::set<fs::path> paths;
  for (const fs::path& folder : {source_dir(), source_dir() / "docs"})
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".md") paths.insert(entry.path());
  std::vector<Page> pages;
  for (const fs::path& path : paths) pages.push_back({path, read_file(path)});
  return pages;
}

std::string place(const Page& page, const FencedBlock& block) {
  return fmt::format("{}:{}", page.path.lexically_relative(source_dir()).string(), block.line);
}

// What a reader sees who has simcheck and the examples in the search path.
std::vector<std::string> output_of(const std::string& command, const fs::path& directory) {
  const std::string script = "PATH=$build:$build/examples:$PATH; { " + command + "\n} 2>&1";
  const ProcessResult result =
      run_process({"sh", "-c", script},
                  {.directory = directory, .extra_env = {"build=" + build_dir().string()}});
  return lines_of(result.out);
}

std::vector<std::string> example_sources() {
  std::vector<std::string> sources;
  for (const auto& entry : fs::directory_iterator(source_dir() / "examples"))
    if (entry.path().extension() == ".cpp") sources.push_back(read_file(entry.path()));
  return sources;
}

std::string without_blocks(const std::string& page) {
  return std::regex_replace(page, std::regex("(^|\n)```[^`]*```"), "");
}

}  // namespace

TEST_CASE("every command shown prints what is shown") {
  int commands = 0;
  for (const Page& page : all_pages()) {
    const TempDir directory;
    for (const FencedBlock& block : fenced_blocks(page.text))
      for (const ShownCommand& shown : commands_of(block)) {
        const auto printed = output_of(shown.command, directory.path());
        CHECK_MESSAGE(matches(shown.output, printed), place(page, block), "\n$ ", shown.command,
                      "\n", fmt::format("{}", fmt::join(printed, "\n")));
        ++commands;
      }
  }
  CHECK(commands >= 5);
}

TEST_CASE("source code in README.md is that of the examples") {
  const Page page{source_dir() / "README.md", read_file(source_dir() / "README.md")};
  const std::vector<std::string> sources = example_sources();
  int blocks = 0;
  for (const FencedBlock& block : fenced_blocks(page.text)) {
    if (block.language != "cpp") continue;
    const std::string code = fmt::format("{}\n", fmt::join(block.lines, "\n"));
    const bool found = std::ranges::any_of(
        sources, [&](const std::string& source) { return source.find(code) != source.npos; });
    CHECK_MESSAGE(found, place(page, block), ": no example contains this block");
    ++blocks;
  }
  CHECK(blocks >= 3);
}

TEST_CASE("the property that docs/power-cuts.md shows is that of an example") {
  const std::string page = read_file(source_dir() / "docs/power-cuts.md");
  const std::string example = read_file(source_dir() / "examples/power_cut.cpp");
  int blocks = 0;
  for (const FencedBlock& block : fenced_blocks(page)) {
    const bool is_shown = block.language == "cpp" && block.lines.front().starts_with("struct ");
    if (!is_shown) continue;
    CHECK(example.find(fmt::format("{}\n", fmt::join(block.lines, "\n"))) != example.npos);
    ++blocks;
  }
  CHECK(blocks == 1);
}

TEST_CASE("docs/properties.md has the fields of Extensions, in their order") {
  const std::string header = read_file(source_dir() / "cli/extensions.hpp");
  const std::string body = header.substr(header.find("struct Extensions {"));
  const std::regex field(R"(> (\w+);)");
  std::string fields;
  for (std::sregex_iterator at(body.begin(), body.end(), field), end; at != end; ++at)
    fields += fmt::format("{}`.{}`", fields.empty() ? "" : ", ", std::string((*at)[1]));
  const std::string page = read_file(source_dir() / "docs/properties.md");
  const std::string one_line = std::regex_replace(page, std::regex("\n"), " ");
  CHECK_MESSAGE(one_line.find("in their order: " + fields) != one_line.npos, fields);
}

TEST_CASE("links between files lead somewhere") {
  const std::regex link(R"(\]\(([^)#:]+)(#[^)]*)?\))");
  for (const Page& page : all_pages()) {
    const std::string text = without_blocks(page.text);
    for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at) {
      const std::string target = (*at)[1];
      CHECK_MESSAGE(fs::exists(page.path.parent_path() / target), page.path.string(), ": ", target);
    }
  }
}

TEST_CASE("an elision stands for any number of lines, all else is exact") {
  CHECK(matches({"a", "b"}, {"a", "b"}));
  CHECK(!matches({"a", "b"}, {"a"}));
  CHECK(!matches({"a"}, {"a", "b"}));
  CHECK(!matches({"a", ""}, {"a"}));
  CHECK(matches({"a", "...", "d"}, {"a", "b", "c", "d"}));
  CHECK(matches({"...", "b", "...", "d"}, {"a", "b", "b", "d"}));
  CHECK(matches({"a", "..."}, {"a"}));
  CHECK(!matches({"...", "c"}, {"a", "b"}));
}

TEST_CASE("sessions are told from other blocks") {
  const auto blocks = fenced_blocks("text\n```console\n$ one\n1\n$ two\n```\n```\n./run.sh\n```\n");
  REQUIRE(blocks.size() == 2);
  CHECK(blocks[0].line == 2);
  CHECK(blocks[0].language == "console");
  const auto commands = commands_of(blocks[0]);
  REQUIRE(commands.size() == 2);
  CHECK(commands[0].command == "one");
  CHECK(commands[0].output == std::vector<std::string>{"1"});
  CHECK(commands[1].output.empty());
  CHECK(commands_of(blocks[1]).empty());
}

}  // namespace simcheck::test
