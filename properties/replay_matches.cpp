// replay-matches: replaying the log, entry after entry, gives the data device's content.
//
// This is what a log is for: tools replay it to any point and look at the disk of that moment. A
// log that parses but tells another story makes them judge a disk that never was.
//
// Left out, since no one promised what they hold: ranges that were discarded, ranges of requests
// that failed, and what two requests share that were in flight together.
#include <fmt/format.h>

#include <algorithm>

#include "properties/all.hpp"
#include "properties/extent.hpp"
#include "properties/log_walk.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

Extent of(const sim::RequestInfo& request) {
  return {request.offset, request.offset + request.length};
}

bool writes(const sim::RequestInfo& request) {
  return request.kind == sim::IoKind::kWrite || request.kind == sim::IoKind::kZeroes;
}

bool changes_data(const sim::RequestInfo& request) {
  return writes(request) || request.kind == sim::IoKind::kDiscard;
}

class Replay {
 public:
  explicit Replay(const Evidence& history)
      : history_(history), journal_(history.journal()), covered_(history.requests.size(), false) {}

  Judgement judge() {
    replay();
    leave_out();
    return judge_replayed() && judge_written()
               ? (exercised_ ? Judgement::holds() : Judgement::not_exercised())
               : violated();
  }

 private:
  // Entries in log order: a later one hides what earlier ones wrote.
  void replay() {
    const int shift = std::countr_zero(history_.log_sector_size);
    const std::uint64_t data_end = history_.data->size() >> shift;  // in log sectors
    for (const MetEntry& met : history_.log_walk().entries()) {
      const logs::EntryHeader& header = met.header;
      const std::uint64_t count = logs::data_sectors(header);
      if (count == 0) continue;
      if (logs::saturating_add(header.sector, count) > data_end) break;  // no replay gets past it
      const Extent extent{header.sector << shift, (header.sector + count) << shift, met.sector};
      const std::size_t likely = met.likely_request;
      if (likely < covered_.size())
        covered_[likely] = covers(extent, of(history_.requests[likely]));
      holes_.push_back(extent);
      replayed_.push_back(&met);
    }
  }

  void leave_out() {
    const auto requests = history_.requests;
    std::uint64_t reach = 0;  // requests so far lie below: most workloads write ever higher
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if (!changes_data(requests[i])) continue;
      const Extent extent = of(requests[i]);
      if (!journal_.lives[i].ok || requests[i].kind == sim::IoKind::kDiscard) {
        holes_.push_back(extent);
      } else if (extent.begin < reach) {
        leave_out_shared(i);
      }
      reach = std::max(reach, extent.end);
    }
  }

  void leave_out_shared(std::size_t request) {
    for (std::size_t other = 0; other < request; ++other) {
      const Extent both = shared(of(history_.requests[request]), of(history_.requests[other]));
      if (both.empty() || !changes_data(history_.requests[other])) continue;
      if (journal_.lives[request].in_flight_with(journal_.lives[other])) holes_.push_back(both);
    }
  }

  // What the log says was written is there.
  bool judge_replayed() {
    for (std::size_t i = 0; i < replayed_.size(); ++i) {
      const Extent& entry = holes_[i];
      const auto same = [&](const Extent& piece) { return is_replayed(*replayed_[i], piece); };
      if (!right_outside(entry, holes_.span().subspan(i + 1), same)) return false;
    }
    return true;
  }

  // By this entry, which covers it.
  bool is_replayed(const MetEntry& met, const Extent& piece) const {
    const std::uint64_t sector_size = history_.log_sector_size;
    const std::uint64_t begin = piece.begin - met.header.sector * sector_size;
    const std::uint64_t length = piece.end - piece.begin;
    if (begin + length <= met.data.length)
      return holds(*history_.data, piece.begin, part_of(met.data, begin, length));
    return same_content(*history_.log, (met.sector + 1) * sector_size + begin, *history_.data,
                        piece.begin, length);
  }

  // What was written is in the log; where the log says nothing, a replay leaves zeroes.
  bool judge_written() {
    const auto untouched = [&](const Extent& piece) {
      return is_filled(*history_.data, piece.begin, piece.end - piece.begin, std::byte{0});
    };
    for (std::size_t i = 0; i < history_.requests.size(); ++i) {
      const sim::RequestInfo& request = history_.requests[i];
      if (!journal_.lives[i].ok || !writes(request) || request.length == 0) continue;
      exercised_ = true;
      if (covered_[i]) continue;
      if (!right_outside(of(request), holes_.span(), untouched)) return false;
    }
    return true;
  }

  // True if check() is for all of `whole` outside of `holes`; else wrong_ says where it is not.
  template <typename Check>
  bool right_outside(const Extent& whole, std::span<const Extent> holes, const Check& check) {
    if (!overlaps_any(whole, holes) && check(whole)) return true;  // nearly always
    return all_pieces(whole, holes, [&](const Extent& piece) {
      if (check(piece)) return true;
      wrong_ = first_wrong_byte(piece, check);
      return false;
    });
  }

  // The last request submitted that wrote the wrong byte.
  sim::RequestId writer() const {
    sim::RequestId found = sim::kNoRequest;
    for (std::size_t i = 0; i < history_.requests.size(); ++i) {
      const sim::RequestInfo& request = history_.requests[i];
      if (!journal_.lives[i].ok || !writes(request) || shared(of(request), wrong_).empty())
        continue;
      const std::size_t last = sim::index_of(found);
      if (found == sim::kNoRequest ||
          journal_.lives[i].submitted > journal_.lives[last].submitted) {
        found = sim::RequestId(i);
      }
    }
    return found;
  }

  Judgement violated() const {
    const std::string where = fmt::format("byte {} of the data device, written by {},",
                                          wrong_.begin, describe(history_, writer()));
    const std::string why =
        wrong_.log_sector == 0
            ? "is in no entry of the replayed log"
            : fmt::format(
                  "differs in the replayed log, which has it from the entry at log sector {}",
                  wrong_.log_sector);
    return Judgement::violated(where + " " + why, history_.steps);
  }

  const Evidence& history_;
  const Journal& journal_;
  ShortList<Extent> holes_;  // first what the log replays, in its order, then what is left out
  ShortList<const MetEntry*> replayed_;  // the former
  ShortList<bool> covered_;  // requests found to lie in a replayed entry; the others may, too
  Extent wrong_;             // one byte
  bool exercised_ = false;
};

class ReplayMatches final : public Property {
 public:
  std::string_view name() const override { return "replay-matches"; }
  std::string_view summary() const override {
    return "replaying the log gives the data device's content";
  }
  bool is_symmetric() const override { return true; }
  // Whether two requests were in flight together decides what is left out.
  Observes observes() const override { return {.orders = kWhoIsInFlight}; }

  Judgement judge(const Evidence& history) const override {
    const bool at_rest = history.ending == sim::Ending::kFinished;
    if (!at_rest || history.log == nullptr || history.data == nullptr) {
      return Judgement::not_exercised();
    }
    return Replay(history).judge();
  }
};

}  // namespace

std::unique_ptr<Property> make_replay_matches() { return std::make_unique<ReplayMatches>(); }

}  // namespace simcheck::properties
