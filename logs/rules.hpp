// The rules of the format, and what judging a log by them finds.
//
// A rule is data: an identifier, a severity, what must hold, and one or two functions. A new one is
// a file like rules_blank.cpp, or a line in a group that exists; a new group is registered in
// rule_list.cpp.
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

// What must be there for a rule to be judged.
enum class Needs {
  kNothing,
  kEntries,     // a sound superblock, without which no entry can be found
  kDeviceSize,  // VerifyOptions::device_bytes
  kDataDevice,  // VerifyOptions::data, and a log that can be followed
  kBase,        // VerifyOptions::base as well
};

class Findings;

// An entry as the rules see it during the walk.
struct EntryView {
  SectorReader& reader;
  const Entry& entry;
  const EntryHeader* previous;                // of the entry before; null for the first
  std::optional<std::uint64_t> device_bytes;  // size of the data device, when it is known
};

struct Rule {
  std::string_view id;
  Severity severity = Severity::kError;
  std::string_view summary;  // what must hold
  // Judges the log as a whole, after the walk; null when judge_entry says it all.
  void (*judge)(const Survey& survey, Findings& findings) = nullptr;
  // Judges one sound entry during the walk; null when there is nothing to say by entry.
  void (*judge_entry)(const EntryView& view, Findings& findings) = nullptr;
  std::vector<std::string_view> breaks = {};  // the promises of a driver that a finding refutes
  Needs needs = Needs::kEntries;
};

struct Finding {
  const Rule* rule = nullptr;
  std::optional<std::uint64_t> entry;
  std::optional<std::uint64_t> log_sector;
  std::string message;  // what is wrong, where, and what follows from it
};

// Collects the findings of one rule at a time; keeps the first few of each and counts the rest.
class Findings {
 public:
  static constexpr std::uint64_t kKeptMax = 20;
  static constexpr std::uint64_t kNotesKeptMax = 1;  // of a kind that may be every entry's

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

// The rule of that identifier, or null.
const Rule* find_rule(std::string_view id);

struct VerifyOptions {
  std::vector<const Rule*> rules;    // to judge by; none: all
  std::optional<Producer> producer;  // guessed when not given
  std::optional<std::uint64_t> device_bytes;
  // The data device as the log should leave it, and as it was before (null: not known).
  const ByteSource* data = nullptr;
  const ByteSource* base = nullptr;
  WalkObserver* observer = nullptr;  // sees the entries in passing
};

struct Verdict {
  std::uint64_t bytes = 0;
  std::optional<Superblock> super;
  bool walked = false;           // false: no usable superblock, only its rules were judged
  std::uint64_t entries = 0;     // whose headers were read and can be headers
  std::uint64_t end_sector = 0;  // they and their data take the sectors before this one
  std::uint64_t sectors = 0;     // of the whole image
  Attribution producer;
  std::optional<DataComparison> compared;  // with the data device...
  bool data_refused = false;               // ...which was given, but the log cannot be followed
  std::vector<const Rule*> rules;          // those that were judged
  std::vector<Finding> findings;

  std::uint64_t count(Severity severity) const;
  // No finding is as severe as that.
  bool ok(Severity least = Severity::kError) const;
};

// Judges any bytes in bounded memory, and in time linear in what the source does not skip as holes.
// An Error only when a source cannot be read.
Result<Verdict> verify(const ByteSource& source, const VerifyOptions& options = {});

}  // namespace simcheck::logs
