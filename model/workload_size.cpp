#include "model/workload_size.hpp"

#include <fmt/format.h>

#include <charconv>

namespace simcheck::model {
namespace {

constexpr std::string_view kSuffixes = "kmgt";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Takes the suffix off the text and says by how many bits it shifts.
int take_suffix(std::string_view& text) {
  if (text.empty()) return 0;
  const std::size_t power = kSuffixes.find(lower(text.back()));
  if (power == std::string_view::npos) return 0;
  text.remove_suffix(1);
  return static_cast<int>(10 * (power + 1));
}

int take_base(std::string_view& text) {
  if (!text.starts_with("0x") && !text.starts_with("0X")) return 10;
  text.remove_prefix(2);
  return 16;
}

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  const int shift = take_suffix(text);
  const int base = take_base(text);
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc{} || stop != end) return std::nullopt;
  if (number > UINT64_MAX >> shift) return std::nullopt;
  return number << shift;
}

std::string size_text(std::uint64_t bytes) {
  for (std::size_t power = kSuffixes.size(); bytes != 0 && power > 0; --power) {
    const std::uint64_t unit = std::uint64_t{1} << (10 * power);
    if (bytes % unit == 0) return fmt::format("{}{}", bytes / unit, kSuffixes[power - 1]);
  }
  return fmt::to_string(bytes);
}

}  // namespace simcheck::model
