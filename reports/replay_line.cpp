#include "reports/replay_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace simcheck::reports {
namespace {

bool is_plain(char character) {
  static constexpr std::string_view kHarmless = "_-+=:,./@%";
  const bool is_digit = character >= '0' && character <= '9';
  const char lower = static_cast<char>(character | 0x20);
  return is_digit || (lower >= 'a' && lower <= 'z') ||
         kHarmless.find(character) != std::string_view::npos;
}

bool is_control(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte < 0x20 || byte == 0x7F;
}

std::string in_single_quotes(std::string_view word) {
  std::string quoted = "'";
  for (const char character : word) {
    if (character == '\'') {
      quoted += "'\\''";
    } else {
      quoted += character;
    }
  }
  return quoted + "'";
}

std::string in_dollar_quotes(std::string_view word) {
  std::string quoted = "$'";
  for (const char character : word) {
    if (is_control(character)) {
      // Three octal digits: hexadecimal escapes would swallow a digit that follows.
      quoted += fmt::format("\\{:03o}", static_cast<unsigned char>(character));
    } else {
      if (character == '\'' || character == '\\') quoted += '\\';
      quoted += character;
    }
  }
  return quoted + "'";
}

}  // namespace

std::string shell_quoted(std::string_view word) {
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return std::string(word);
  if (std::ranges::any_of(word, is_control)) return in_dollar_quotes(word);
  return in_single_quotes(word);
}

std::vector<std::string> replay_arguments(const model::Result& result,
                                          const model::Counterexample& counterexample) {
  std::vector<std::string> words = {"--driver", result.driver};
  std::istringstream options(result.replay_options);  // none holds a blank
  for (std::string word; options >> word;) words.push_back(word);
  words.insert(words.end(), {"--workload", counterexample.workload});
  if (!counterexample.fault_plan.empty())
    words.insert(words.end(), {"--fault-plan", counterexample.fault_plan});
  words.insert(words.end(), {"--replay", counterexample.schedule});
  return words;
}

std::string replay_line(const model::Result& result, const model::Counterexample& counterexample) {
  std::string line = shell_quoted(result.program);
  for (const std::string& word : replay_arguments(result, counterexample))
    line += " " + shell_quoted(word);
  return line;
}

}  // namespace simcheck::reports
