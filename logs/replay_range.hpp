// Which entries are replayed, and after which of them something is to be done: the stops.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "logs/survey.hpp"

namespace simcheck::logs {

// Where a replay begins and ends. Of several ends the first counts.
struct ReplayWish {
  std::uint64_t from = 0;
  std::optional<std::uint64_t> to;        // that entry is the last one
  std::optional<std::string> to_mark;     // up to the first mark of this text from `from` on
  std::optional<std::uint64_t> to_flush;  // up to the log's K-th entry with FLUSH, from 1
  std::optional<std::uint64_t> to_fua;    // the same with FUA
  std::optional<std::uint64_t> limit;     // at most that many entries
};

// After which entries to stop.
struct StopsWanted {
  bool flush = false;
  bool fua = false;
  bool mark = false;
  std::uint64_t every = 0;  // after each so many entries of the range; 0: no

  bool any() const { return flush || fua || mark || every != 0; }
};

struct Stop {
  std::uint64_t entry = 0;
  std::uint64_t flags = 0;  // of that entry
  std::string mark;         // its text, if it is one
};

struct ReplayRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;  // behind the last entry
  std::uint64_t nr_entries = 0;
  // The log cannot be followed beyond this entry though more was wanted.
  std::optional<std::uint64_t> unreadable_from;
  // How many bytes a target of the entries in the range has at least, and which entry says so.
  std::uint64_t reach_bytes = 0;
  std::uint64_t reach_entry = 0;
  std::vector<Stop> stops;  // in the range
};

// Finds the range in the course of a walk over the headers, such as verify() makes: what it sees of
// them is result(), with the errors of find_range(). `wish` and `wanted` must outlive it.
class RangeSearch final : public WalkObserver {
 public:
  RangeSearch(const Superblock& super, const ReplayWish& wish, const StopsWanted& wanted);
  ~RangeSearch() override;

  void on_entry(SectorReader& reader, const Entry& entry) override;
  void on_blanks(const Entry& first, std::uint64_t count) override;
  void on_fault(std::uint64_t index) override;

  bool is_done() const { return done_; }                 // no entry behind those seen matters
  Result<ReplayRange> result(const ByteSource& source);  // the log

 private:
  class Finder;
  std::unique_ptr<Finder> finder_;
  bool done_ = false;
};

// One pass over the headers. An Error when an end that was asked for is not in the log, when the
// range is empty though an end was asked for, or when the medium fails.
Result<ReplayRange> find_range(const ByteSource& source, const Superblock& super,
                               const ReplayWish& wish, const StopsWanted& wanted = {});

}  // namespace simcheck::logs
