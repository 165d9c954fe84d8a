#include "tests/style/source_tree.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include "tests/support/files.hpp"

namespace simcheck::test {
namespace fs = std::filesystem;

namespace {

constexpr std::array kFolders = {"logs",    "sim", "properties", "drivers",  "model", "traces",
                                 "reports", "cli", "tests",      "examples", "bench"};

bool is_source(const fs::path& path) {
  return path.extension() == ".hpp" || path.extension() == ".cpp";
}

std::string_view trim_left(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t");
  return start == std::string_view::npos ? std::string_view() : text.substr(start);
}

bool consume(std::string_view& text, std::string_view prefix) {
  text = trim_left(text);
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

SourceTree load_tree(const fs::path& root) {
  SourceTree tree;
  for (const char* folder : kFolders) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if (is_source(entry.path()))
        tree.push_back(source_file(entry.path().lexically_relative(root).generic_string(),
                                   read_file(entry.path())));
  }
  std::ranges::sort(tree, {}, &SourceFile::path);
  return tree;
}

const SourceFile* find_file(const SourceTree& tree, std::string_view path) {
  const auto found = std::ranges::lower_bound(tree, path, {}, &SourceFile::path);
  return found == tree.end() || found->path != path ? nullptr : &*found;
}

SourceFile source_file(std::string path, std::string_view text) {
  SourceFile file{.path = std::move(path), .lines = {}};
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
  return file;
}

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> includes;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    std::string_view rest = file.lines[i];
    if (!consume(rest, "#") || !consume(rest, "include")) continue;
    const bool quoted = consume(rest, "\"");
    if (!quoted && !consume(rest, "<")) continue;
    const std::size_t length = rest.find_first_of("\">");
    includes.push_back(
        {.line = i + 1, .target = std::string(rest.substr(0, length)), .quoted = quoted});
  }
  return includes;
}

std::string offence(const SourceFile& file, std::size_t line, std::string_view what) {
  return file.path + ":" + std::to_string(line) + ": " + std::string(what);
}

}  // namespace simcheck::test
