#include "reports/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace simcheck::reports {
namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// How many bytes the first `width` columns of `text` take.
std::size_t bytes_of_columns(std::string_view text, std::size_t width) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (is_continuation(text[at])) continue;
    if (width-- == 0) break;
  }
  return at;
}

// Collects words into lines.
class Wrapper {
 public:
  Wrapper(std::size_t width, std::size_t hang) : width_(width), hang_(hang) {}

  void add_word(std::string_view word) {
    if (has_words_ && columns(line_) + 1 + columns(word) > width_) break_line();
    if (has_words_) line_ += ' ';
    while (columns(line_) + columns(word) > width_) break_word(word);
    line_ += word;
    has_words_ = true;
  }

  void break_line() {
    lines_.push_back(line_);
    line_ = std::string(hang_, ' ');
    has_words_ = false;
  }

  std::vector<std::string> take() {
    lines_.push_back(line_);
    for (std::string& line : lines_) std::ranges::replace(line, kFirmBlank, ' ');
    return std::move(lines_);
  }

 private:
  // Ends the line with the first part of a word that is wider than a line.
  void break_word(std::string_view& word) {
    const std::size_t room = width_ > columns(line_) ? width_ - columns(line_) : 1;
    std::size_t bytes = bytes_of_columns(word, room);
    const std::size_t blank = word.substr(0, bytes + 1).rfind(kFirmBlank);
    const bool at_blank = blank != std::string_view::npos && blank > 0;
    if (at_blank) bytes = blank;
    line_ += word.substr(0, bytes);
    word.remove_prefix(at_blank ? bytes + 1 : bytes);
    break_line();
  }

  std::size_t width_, hang_;
  std::vector<std::string> lines_;
  std::string line_;
  bool has_words_ = false;
};

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
  return fmt::format("{}", fmt::join(items, separator));
}

std::string byte_size(std::uint64_t bytes) {
  static constexpr std::string_view kUnits = "kmgt";
  std::size_t unit = 0;
  for (; bytes != 0 && bytes % 1024 == 0 && unit < kUnits.size(); ++unit) bytes /= 1024;
  return unit == 0 ? std::to_string(bytes) : fmt::format("{}{}", bytes, kUnits[unit - 1]);
}

std::size_t columns(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, is_continuation));
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = columns(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string right_aligned(std::string_view text, std::size_t width) {
  const std::size_t used = columns(text);
  return std::string(used < width ? width - used : 0, ' ') + std::string(text);
}

std::string clipped(std::string_view text, std::size_t width) {
  if (columns(text) <= width) return std::string(text);
  if (width <= 2) return std::string(width, '.');
  return std::string(text.substr(0, bytes_of_columns(text, width - 2))) + "..";
}

std::string firm(std::string_view text) {
  std::string result(text);
  std::ranges::replace(result, ' ', kFirmBlank);
  return result;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t hang) {
  Wrapper wrapper(std::max<std::size_t>(width, hang + 1), hang);
  while (!text.empty()) {
    const std::size_t length = std::min(text.find_first_of(" \n"), text.size());
    if (length > 0) wrapper.add_word(text.substr(0, length));
    if (length < text.size() && text[length] == '\n') wrapper.break_line();
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return wrapper.take();
}

}  // namespace simcheck::reports
