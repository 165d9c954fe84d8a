// The pass of judgement: one walk, then every rule.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "logs/rules.hpp"

namespace simcheck::logs {
namespace {

class Judge {
 public:
  Judge(const ByteSource& source, const VerifyOptions& options);
  Result<Verdict> run();

 private:
  bool can_judge(const Rule& rule) const;
  bool chosen(std::string_view id) const;
  void judge_entries(SectorReader& reader, const Entry& entry);
  std::optional<Error> compare();
  void judge_whole();
  Verdict verdict();

  const ByteSource& source_;
  const VerifyOptions& options_;
  std::vector<const Rule*> chosen_;
  std::vector<const Rule*> by_entry_;
  std::vector<const Rule*> judged_;
  EntryHeader previous_;
  bool has_previous_ = false;
  Findings findings_;
  Survey seen_;
};

Judge::Judge(const ByteSource& source, const VerifyOptions& options)
    : source_(source), options_(options), chosen_(options.rules) {
  if (chosen_.empty()) {
    for (const Rule& rule : all_rules()) chosen_.push_back(&rule);
  }
  for (const Rule* rule : chosen_) {
    if (rule->judge_entry == nullptr) continue;
    if (rule->needs == Needs::kDeviceSize && !options.device_bytes) continue;
    by_entry_.push_back(rule);
  }
}

bool Judge::chosen(std::string_view id) const {
  return std::find(chosen_.begin(), chosen_.end(), find_rule(id)) != chosen_.end();
}

bool Judge::can_judge(const Rule& rule) const {
  switch (rule.needs) {
    case Needs::kNothing:
      return true;
    case Needs::kEntries:
      return seen_.sectors != nullptr;
    case Needs::kDeviceSize:
      return seen_.sectors != nullptr && options_.device_bytes.has_value();
    case Needs::kDataDevice:
      return seen_.compared.has_value();
    case Needs::kBase:
      return seen_.compared && seen_.compared->with_base;
  }
  return false;
}

void Judge::judge_entries(SectorReader& reader, const Entry& entry) {
  const EntryView view{reader, entry, has_previous_ ? &previous_ : nullptr, options_.device_bytes};
  for (const Rule* rule : by_entry_) {
    findings_.begin(*rule);
    rule->judge_entry(view, findings_);
  }
  previous_ = entry.header;
  has_previous_ = true;
}

// Where the plain reading is wrong, it says nothing of the device. An empty file is a log without
// entries: the device should be as it was.
std::optional<Error> Judge::compare() {
  if (options_.data == nullptr) return std::nullopt;
  if (!seen_.is_empty() && (!seen_.sectors || seen_.misfit || seen_.swallowing ||
                            seen_.other_size || seen_.holes_are_certain())) {
    return std::nullopt;
  }
  const Superblock super = seen_.is_empty() ? Superblock{} : *seen_.super;
  auto compared =
      compare_with_data(source_, super, *options_.data, options_.base, seen_.uncounted_from());
  if (const Error* error = std::get_if<Error>(&compared)) return *error;
  seen_.compared = std::get<DataComparison>(compared);
  return std::nullopt;
}

void Judge::judge_whole() {
  for (const Rule* rule : chosen_) {
    if (!can_judge(*rule)) continue;
    judged_.push_back(rule);
    findings_.begin(*rule);
    if (rule->judge != nullptr) rule->judge(seen_, findings_);
  }
}

Verdict Judge::verdict() {
  const bool walked = seen_.sectors != nullptr;
  return {seen_.bytes,        seen_.super,      walked,
          seen_.entries,      seen_.end_sector, walked ? seen_.sectors->sectors() : 0,
          seen_.producer,     seen_.compared,   options_.data != nullptr && !seen_.compared,
          std::move(judged_), findings_.take()};
}

Result<Verdict> Judge::run() {
  seen_ = survey(source_,
                 [this](SectorReader& reader, const Entry& entry) { judge_entries(reader, entry); },
                 {.swallowed = chosen("swallowed-header"),
                  .holes = chosen("hole") || chosen("length"),
                  .other_sizes = chosen("sector-size"),
                  .observer = options_.observer});
  if (seen_.unreadable_at) {
    return Error{
        fmt::format("the image cannot be read at byte {}: the medium fails or the file "
                    "was cut short meanwhile",
                    *seen_.unreadable_at)};
  }
  if (options_.producer) {
    seen_.producer = {options_.producer, true, ""};
  } else if (seen_.sectors) {
    seen_.producer = guess_producer(seen_.traits, *seen_.super, seen_.is_closed());
  }
  if (std::optional<Error> error = compare()) return *error;
  judge_whole();
  return verdict();
}

}  // namespace

std::uint64_t Verdict::count(Severity severity) const {
  return static_cast<std::uint64_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return finding.rule->severity == severity; }));
}

bool Verdict::ok(Severity least) const {
  return std::none_of(findings.begin(), findings.end(),
                      [&](const Finding& finding) { return finding.rule->severity >= least; });
}

Result<Verdict> verify(const ByteSource& source, const VerifyOptions& options) {
  return Judge(source, options).run();
}

}  // namespace simcheck::logs
