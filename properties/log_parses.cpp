// log-parses: once everything came to rest, the log, walked from sector 1 for as many entries as
// were placed, holds exactly the acknowledged requests, once each, with their data.
//
// The log has no checksums: an entry that is missing or garbled goes unnoticed, until the disk that
// is rebuilt from it lacks a write that its guest was promised.
#include <fmt/format.h>

#include <optional>

#include "properties/all.hpp"
#include "properties/log_entry.hpp"
#include "properties/log_walk.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

// The data of one execution's judgement.
class Parse {
 public:
  explicit Parse(const sim::History& history)
      : history_(history),
        shift_(std::countr_zero(history.log_sector_size)),
        journal_(history),
        seen_(history.requests.size(), false) {}

  Judgement judge() {
    LogWalk walk(history_, journal_);
    while (walk.next()) {
      const auto request = match(walk);
      if (!request) return stranger(walk);
      seen_[*request] = true;
    }
    if (walk.at_impossible()) return stranger(walk);
    bool exercised = false;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      if (!journal_.lives[i].ok || !belongs_in_log(history_.requests[i])) continue;
      if (!seen_[i]) return missing(i);
      exercised = true;
    }
    return exercised ? Judgement::holds() : Judgement::not_exercised();
  }

 private:
  // Requests alike in header and data are interchangeable.
  std::optional<std::size_t> match(const LogWalk& walk) const {
    const std::size_t likely = walk.likely_request();
    if (likely < seen_.size() && is_entry_of(likely, walk)) return likely;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      if (is_entry_of(i, walk)) return i;
    }
    return std::nullopt;
  }

  bool is_entry_of(std::size_t i, const LogWalk& walk) const {
    const sim::RequestInfo& request = history_.requests[i];
    return !seen_[i] && journal_.lives[i].ok && has_header(request, walk.header(), shift_) &&
           has_data(history_, request, walk.sector(), walk.header());
  }

  Judgement violated(std::string reason) const {
    return Judgement::violated(std::move(reason), history_.steps);
  }

  Judgement missing(std::size_t request) const {
    return violated(fmt::format("{} was acknowledged, but the log holds no entry of it",
                                describe(history_, sim::RequestId(request))));
  }

  Judgement stranger(const LogWalk& walk) const;

  const sim::History& history_;
  int shift_;
  Journal journal_;
  ShortList<bool> seen_;
};

// What stands at the walk's position is no entry of a request: says what comes nearest.
Judgement Parse::stranger(const LogWalk& walk) const {
  const logs::EntryHeader& header = walk.header();
  const std::string entry = fmt::format("entry {} of {}, read at log sector {},", walk.met(),
                                        journal_.placed.entries.size(), walk.sector());
  std::string twice;
  for (std::size_t i = 0; i < seen_.size() && !walk.at_impossible(); ++i) {
    if (!journal_.lives[i].ok || !has_header(history_.requests[i], header, shift_)) {
      continue;
    }
    const std::string who = describe(history_, sim::RequestId(i));
    if (seen_[i]) {
      if (twice.empty()) twice = fmt::format("{} is {} a second time", entry, who);
      continue;
    }
    return violated(fmt::format("{} is {}, but its data is not at {}", entry, who,
                                log_sectors(walk.sector() + 1, walk.behind())));
  }
  if (!twice.empty()) return violated(std::move(twice));
  if (header == logs::EntryHeader{}) return violated(fmt::format("{} is all zeroes", entry));
  return violated(fmt::format("{} is no acknowledged request: sector {}, nr_sectors {}, flags {}",
                              entry, header.sector, header.nr_sectors,
                              logs::flag_names(header.flags)));
}

class LogParses final : public Property {
 public:
  std::string_view name() const override { return "log-parses"; }
  std::string_view summary() const override {
    return "the log holds exactly the completed requests";
  }
  bool is_symmetric() const override { return true; }

  Judgement judge(const sim::History& history) const override {
    const bool at_rest = history.ending == sim::Ending::kFinished;
    if (!at_rest || history.log == nullptr || history.requests.empty()) {
      return Judgement::not_exercised();
    }
    return Parse(history).judge();
  }
};

}  // namespace

std::unique_ptr<Property> make_log_parses() { return std::make_unique<LogParses>(); }

}  // namespace simcheck::properties
