// The code blocks of a Markdown page, and the commands shown in them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace simcheck::test {

/// A block between two lines of three back-quotes.
struct FencedBlock {
  std::string language;            ///< the word behind the opening quotes, often none
  std::vector<std::string> lines;  ///< without the quotes
  std::size_t line = 0;            ///< where the block opens in the page, from 1
};

std::vector<FencedBlock> fenced_blocks(std::string_view page);

/// A line "$ COMMAND" and what is shown below it, up to the next such line or the block's end.
struct ShownCommand {
  std::string command;
  std::vector<std::string> output;
};

/// The commands of a block. A block whose first line does not begin with "$ " shows none.
std::vector<ShownCommand> commands_of(const FencedBlock& block);

/// Is `shown` what a program printed? A shown line "..." stands for any number of lines; all others
/// must be equal.
bool matches(const std::vector<std::string>& shown, const std::vector<std::string>& printed);

std::vector<std::string> lines_of(std::string_view text);

}  // namespace simcheck::test
