// The rules of the format, and what judging a log by them finds.
//
// A rule is data: an identifier, a severity, what must hold, and one or two functions. A new one is
// a file like rules_blank.cpp, or a line in a group that exists; a new group is registered in
// rules.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "logs/survey.hpp"

namespace simcheck::logs {

enum class Severity { kNote, kWarning, kError };
std::string_view name(Severity severity);

class Findings;

struct Rule {
  std::string_view id;
  Severity severity = Severity::kError;
  std::string_view summary;  // what must hold
  // Judges the log as a whole, after the walk; null when judge_entry says it all.
  void (*judge)(const Survey& survey, Findings& findings) = nullptr;
  // Judges one sound entry during the walk; null when there is nothing to say by entry.
  void (*judge_entry)(SectorReader& reader, const Entry& entry, Findings& findings) = nullptr;
  std::vector<std::string_view> breaks = {};  // the promises of a driver that a finding refutes
};

struct Finding {
  const Rule* rule = nullptr;
  std::optional<std::uint64_t> entry;
  std::optional<std::uint64_t> log_sector;
  std::string message;  // what is wrong, where, and what follows from it
};

// Collects the findings of one rule at a time; keeps the first kKeptMax of each and counts the
// rest.
class Findings {
 public:
  static constexpr std::uint64_t kKeptMax = 20;

  void begin(const Rule& rule) { rule_ = &rule; }
  // True when add() would keep a finding now: no need to find words for more.
  bool wants_more();
  void add(std::string message);
  void add(const Entry& at, std::string message);

  std::vector<Finding> take();

 private:
  void count_and_keep(Finding finding);
  std::uint64_t& found_by_rule();

  const Rule* rule_ = nullptr;
  std::vector<Finding> kept_;
  std::vector<std::pair<const Rule*, std::uint64_t>> found_;
};

// All rules, in the order in which their findings are told: first those of the superblock, the only
// ones that can be judged when it is unsound.
std::span<const Rule> all_rules();

struct Verdict {
  std::uint64_t bytes = 0;
  std::optional<Superblock> super;
  bool walked = false;           // false: no usable superblock, only its rules were judged
  std::uint64_t entries = 0;     // whose headers were read and can be headers
  std::uint64_t end_sector = 0;  // they and their data take the sectors before this one
  std::uint64_t sectors = 0;     // of the whole image
  std::span<const Rule> rules;   // those that were judged
  std::vector<Finding> findings;

  std::uint64_t count(Severity severity) const;
  bool ok() const { return count(Severity::kError) == 0; }
};

// Judges any bytes in bounded memory, and in time linear in what the source does not skip as holes.
// An Error only when the source cannot be read.
Result<Verdict> verify(const ByteSource& source);

}  // namespace simcheck::logs
