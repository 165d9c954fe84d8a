#include "cli/did_you_mean.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace simcheck::cli {
namespace {

constexpr std::size_t kWordMin = 3;   // shorter words are near to everything
constexpr std::size_t kWordMax = 64;  // longer words are no misspelt names
constexpr std::size_t kQuotedMax = 120;

// How far a word of this length may be off and still look like a slip.
std::size_t distance_max(std::string_view word) {
  return std::clamp<std::size_t>(word.size() / 3, 1, 3);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

// Of lower-case words: that a name is not written in capitals is the nearest miss.
std::size_t distance(std::string_view word, std::string_view candidate) {
  if (word == candidate) return 0;
  return candidate.starts_with(word) ? 1 : edit_distance(word, candidate);
}

}  // namespace

std::size_t edit_distance(std::string_view from, std::string_view to) {
  // Row i of the usual table holds the distances of from[0, i) to all prefixes of `to`; a swap
  // looks back two rows.
  std::vector<std::size_t> before_last, last, row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    before_last = std::move(last);
    last = row;
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row.back();
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() < kWordMin || word.size() > kWordMax) return "";
  std::size_t best = distance_max(word) + 1;
  std::string found;
  for (const std::string& candidate : candidates) {
    const std::size_t off = distance(lower(word), lower(candidate));
    if (off >= best) continue;
    best = off;
    found = candidate;
  }
  return found;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string candidate = nearest(word, candidates);
  return candidate.empty() ? "" : fmt::format("; did you mean '{}'?", candidate);
}

std::string in_quotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text.substr(0, kQuotedMax)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      result += fmt::format("\\x{:02x}", byte);
    } else {
      result += c;
    }
  }
  return result + (text.size() > kQuotedMax ? "...'" : "'");
}

}  // namespace simcheck::cli
