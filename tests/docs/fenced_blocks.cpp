#include "tests/docs/fenced_blocks.hpp"

#include <algorithm>
#include <span>
#include <sstream>

namespace simcheck::test {
namespace {

constexpr std::string_view kFence = "```";
constexpr std::string_view kPrompt = "$ ";
constexpr std::string_view kElision = "...";

using Lines = std::span<const std::string>;

bool lines_match(Lines shown, Lines printed) {
  const auto gap = std::ranges::find(shown, kElision);
  const auto exact = static_cast<std::size_t>(gap - shown.begin());
  if (printed.size() < exact || !std::ranges::equal(shown.first(exact), printed.first(exact)))
    return false;
  if (gap == shown.end()) return printed.size() == exact;
  const Lines rest = shown.subspan(exact + 1);
  for (std::size_t skipped = exact; skipped <= printed.size(); ++skipped)
    if (lines_match(rest, printed.subspan(skipped))) return true;
  return false;
}

}  // namespace

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<FencedBlock> fenced_blocks(std::string_view page) {
  std::vector<FencedBlock> blocks;
  bool open = false;
  std::size_t number = 0;
  for (const std::string& line : lines_of(page)) {
    ++number;
    if (line.starts_with(kFence)) {
      open = !open;
      if (open) blocks.push_back({.language = line.substr(kFence.size()), .line = number});
    } else if (open) {
      blocks.back().lines.push_back(line);
    }
  }
  return blocks;
}

std::vector<ShownCommand> commands_of(const FencedBlock& block) {
  std::vector<ShownCommand> commands;
  if (block.lines.empty() || !block.lines.front().starts_with(kPrompt)) return commands;
  for (const std::string& line : block.lines) {
    if (line.starts_with(kPrompt)) {
      commands.push_back({.command = line.substr(kPrompt.size())});
    } else {
      commands.back().output.push_back(line);
    }
  }
  return commands;
}

bool matches(const std::vector<std::string>& shown, const std::vector<std::string>& printed) {
  return lines_match(shown, printed);
}

}  // namespace simcheck::test
