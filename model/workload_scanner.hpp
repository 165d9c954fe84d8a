// The words and separators of a workload's text, one after the other, with where they stand.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace simcheck::model {

struct Token {
  enum class Kind { kWord, kComma, kSemicolon, kThen, kStar, kEnd } kind = Kind::kEnd;
  std::string_view text;   ///< part of the scanned text; empty at the end
  std::size_t offset = 0;  ///< of its first byte
};

/// Space, tab and line ends only separate; a `#` starts a comment that ends with its line. Any
/// other run of bytes is a word: what it means is the parser's business.
class WorkloadScanner {
 public:
  /// The text must outlive the scanner and its tokens.
  explicit WorkloadScanner(std::string_view text) : text_(text) { next(); }

  const Token& peek() const { return token_; }
  /// The token peeked at; moves on to the one behind it.
  Token next();

 private:
  void skip_blank();

  std::string_view text_;
  std::size_t at_ = 0;
  Token token_;
};

/// Where an offset lies: "column 7", in texts of several lines "line 2, column 7".
std::string position_text(std::string_view text, std::size_t offset);

/// A token for an error message: in quotes, unprintable bytes escaped, long ones cut; "the end of
/// the text".
std::string quoted(const Token& token);

}  // namespace simcheck::model
