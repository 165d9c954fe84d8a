// Results made by hand, as checks would give them, for the tests of every writer.
#pragma once

#include <cstdint>
#include <string>

#include "model/result.hpp"

namespace simcheck::test {

// Everything held, everything was covered.
model::Result passing_result();

// The race this project began with: A zeroes 0 4k, B writes 8k 4k; A's zeroes land behind B.
model::Result racy_result();
model::Counterexample racy_counterexample();

// Two requests that wait for one another.
model::Result deadlocked_result();

// `lanes` requests that run one after the other, each placing one entry of `sectors` data sectors.
model::Counterexample sequential_counterexample(std::uint32_t lanes, std::uint64_t sectors);

// What write_text() prints.
std::string text_of(const model::Result& result, std::size_t width = 100, bool verbose = false);

// The columns of the widest line, the replay line (which is never broken) aside.
std::size_t widest_line(const std::string& text);

}  // namespace simcheck::test
