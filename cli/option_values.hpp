// Reading the values of options. Every function throws a UsageError that says what was given and
// what would be right; the name of the option is put in front by the caller.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/did_you_mean.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {

/// A decimal number from `min` to `max`.
std::uint64_t read_number(std::string_view text, std::uint64_t min, std::uint64_t max);

/// A size with an optional suffix that the log format allows as a sector size.
std::uint32_t read_sector_size(std::string_view text);

/// A duration in seconds, above zero: "10s", "1.5m", "2h", "250ms"; without a unit, seconds.
double read_duration(std::string_view text);

/// An amount of memory in bytes, above zero: "200m", "4g".
std::uint64_t read_memory(std::string_view text);

/// The parts of "a,b,c", at least one. Throws UsageError for an empty one.
std::vector<std::string> list_of(std::string_view text);

/// "on" or "off".
bool read_switch(std::string_view text);

[[noreturn]] void refuse_choice(std::string_view text, const std::vector<std::string>& allowed);

/// A few words, each standing for a value.
template <typename Value>
using Choices = std::vector<std::pair<std::string_view, Value>>;

template <typename Value>
std::vector<std::string> words_in(const Choices<Value>& choices) {
  std::vector<std::string> words;
  for (const auto& choice : choices) words.emplace_back(choice.first);
  return words;
}

/// What one of these words stands for.
template <typename Value>
Value read_choice(std::string_view text, const Choices<Value>& choices) {
  for (const auto& [word, value] : choices)
    if (word == text) return value;
  refuse_choice(text, words_in(choices));
}

}  // namespace simcheck::cli
