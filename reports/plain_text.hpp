// Shaping text for a terminal: numbers, lists, widths, wrapping. Widths count code points, which is
// what Latin, Greek or Cyrillic names take; wide East Asian characters are not measured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "logs/printable.hpp"

namespace simcheck::reports {

/// "1,234,567".
std::string grouped(std::uint64_t number);
/// "1 request", "2 requests", "1,000 requests".
std::string counted(std::uint64_t number, std::string_view noun);
/// "a, b, c".
std::string joined(const std::vector<std::string>& items, std::string_view separator = ", ");
/// Bytes as users write them: "512", "4k", "1m".
std::string byte_size(std::uint64_t bytes);

/// For names from outside.
using logs::printable;

std::size_t columns(std::string_view text);
/// Blanks appended (`padded`) or put in front (`right_aligned`) up to `width` columns.
std::string padded(std::string_view text, std::size_t width);
std::string right_aligned(std::string_view text, std::size_t width);
/// At most `width` columns; ".." ends what was cut.
std::string clipped(std::string_view text, std::size_t width);

/// A blank at which wrapped() ends a line only if it must. No printable() text holds it.
inline constexpr char kFirmBlank = '\x1f';
/// The text with every blank firm.
std::string firm(std::string_view text);

/// Lines of at most `width` columns, broken at blanks and newlines, inside a word only if it is
/// wider than a line. Lines after the first begin with `hang` blanks. Never empty.
std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t hang = 0);

}  // namespace simcheck::reports
