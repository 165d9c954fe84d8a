// Figures of a log: what kinds of requests, how large, where, and how often flushed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "logs/image.hpp"
#include "logs/missing_entry.hpp"
#include "logs/walk.hpp"

namespace simcheck::logs {

// Requests of one kind and their lengths in sectors.
struct Amount {
  std::uint64_t entries = 0;
  std::uint64_t sectors = 0;
  std::uint64_t sectors_min = UINT64_MAX;
  std::uint64_t sectors_max = 0;

  void add(std::uint64_t length);
};

struct Stats {
  Superblock super;
  std::uint64_t entries = 0;  // seen; fewer than counted when the log cannot be followed
  std::optional<Entry> stopped;
  Behind behind;  // the counted entries

  Amount writes;  // entries with data, those of zeroes included
  Amount zeroes;  // writes whose data is all zero
  Amount discards;
  std::uint64_t flushes = 0, fua = 0, metadata = 0, marks = 0;
  std::uint64_t empty = 0;  // writes of length zero, blank headers included

  std::uint64_t flushed_longest = 0;  // most entries in a row without a FLUSH among them
  std::uint64_t end_sector = 0;       // of the log
  std::uint64_t sectors = 0;          // of the whole image
  // Of the data device, as far as entries reach.
  std::uint64_t device_first = UINT64_MAX, device_end = 0;

  // Writes by length: slot i counts those of 2^i sectors up to twice as many, less one.
  std::array<std::uint64_t, 64> by_length{};
};

// Reads every header, and of data as much as tells zeroes from other bytes. An Error when there is
// no usable superblock or the medium fails.
Result<Stats> stats_of(const ByteSource& source);

std::string stats_text(const std::string& image, const Stats& stats);
// One document, "format": "simcheck-log-stats", "version": 1; see docs/log-format.md.
std::string stats_json(const std::string& image, const Stats& stats);

}  // namespace simcheck::logs
