#include "model/reason_kind.hpp"

#include <algorithm>
#include <cctype>

namespace simcheck::model {
namespace {

bool is_name(const std::string& word) {
  const bool is_capital = word.size() == 1 && std::isupper(static_cast<unsigned char>(word[0]));
  return is_capital || std::ranges::any_of(word, [](unsigned char c) { return std::isdigit(c); });
}

}  // namespace

std::string kind_of_reason(const std::string& reason) {
  std::string kind, word;
  int depth = 0;  // of brackets: what they hold describes a request
  for (const char c : reason.substr(0, reason.find(": ")) + " ") {
    depth += c == '(' ? 1 : 0;
    if (depth == 0 && std::isalnum(static_cast<unsigned char>(c))) {
      word += c;
    } else if (!word.empty()) {
      if (!is_name(word)) kind += (kind.empty() ? "" : " ") + word;
      word.clear();
    }
    depth -= c == ')' ? 1 : 0;
  }
  return kind;
}

}  // namespace simcheck::model
