#include "model/workload_scanner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace simcheck::model {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kEndsWord = " \t\r\n,;>*#";
constexpr std::size_t kQuotedBytesMax = 32;

Token::Kind kind_of(char c) {
  switch (c) {
    case ',':
      return Token::Kind::kComma;
    case ';':
      return Token::Kind::kSemicolon;
    case '>':
      return Token::Kind::kThen;
    case '*':
      return Token::Kind::kStar;
    default:
      return Token::Kind::kWord;
  }
}

}  // namespace

void WorkloadScanner::skip_blank() {
  while (at_ < text_.size()) {
    if (text_[at_] == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (kBlank.find(text_[at_]) != std::string_view::npos) {
      ++at_;
    } else {
      return;
    }
  }
}

Token WorkloadScanner::next() {
  skip_blank();
  Token following{Token::Kind::kEnd, {}, at_};
  if (at_ < text_.size()) {
    following.kind = kind_of(text_[at_]);
    std::size_t end = at_ + 1;
    if (following.kind == Token::Kind::kWord)
      end = std::min(text_.find_first_of(kEndsWord, at_), text_.size());
    following.text = text_.substr(at_, end - at_);
    at_ = end;
  }
  return std::exchange(token_, following);
}

std::string position_text(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto lines_before = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_begin = lines_before == 0 ? 0 : before.rfind('\n') + 1;
  const std::string column = fmt::format("column {}", offset - line_begin + 1);
  if (text.find('\n') == std::string_view::npos) return column;
  return fmt::format("line {}, {}", lines_before + 1, column);
}

std::string quoted(const Token& token) {
  if (token.kind == Token::Kind::kEnd) return "the end of the text";
  std::string text = "'";
  for (const char c : token.text.substr(0, kQuotedBytesMax)) {
    if (c >= ' ' && c <= '~') {
      text += c;
    } else {
      text += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return text + (token.text.size() > kQuotedBytesMax ? "...'" : "'");
}

}  // namespace simcheck::model
