// Text from outside, made fit for a terminal: marks of a log, names, reasons. It is here, and not
// in reports/, since logs/ includes no other room.
#pragma once

#include <string>
#include <string_view>

namespace simcheck::logs {

// The text with bytes that are no UTF-8, control characters, and those that turn the direction of
// text spelled "\x1b": it may neither break the layout nor drive the terminal.
std::string printable(std::string_view text);

}  // namespace simcheck::logs
