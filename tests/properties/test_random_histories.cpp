// All properties on random histories: what no mistake was made in holds, what was damaged does not,
// and replay-matches agrees with a replay byte by byte.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"
#include "tests/properties/history_gen.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

bool is_violated(const properties::Property& property, const sim::History& history) {
  return property.judge(history).violation.has_value();
}

std::uint64_t end_of_log(const sim::History& history) {
  std::uint64_t end = logs::kFirstEntrySector;
  for (const sim::Event& e : history.events) {
    if (e.kind != sim::EventKind::kEntryPlaced) continue;
    end = std::max(end, e.sector + 1 + logs::data_sectors(e.nr_sectors, e.flags));
  }
  return end;
}

// The data device byte by byte: what a replay says, and what is nobody's to say.
struct Replayed {
  std::array<std::byte, kTinyDisks.data> bytes{};
  std::array<bool, kTinyDisks.data> judged{};
  std::array<bool, kTinyDisks.data> left_out{};
};

struct Interval {
  std::size_t submitted, acknowledged;
};

Interval interval_of(const sim::History& h, std::size_t request) {
  const auto at = [&](sim::EventKind kind) {
    const auto found = std::ranges::find_if(h.events, [&](const sim::Event& e) {
      return e.kind == kind && sim::index_of(e.request) == request;
    });
    return static_cast<std::size_t>(found - h.events.begin());
  };
  return {at(sim::EventKind::kSubmitted), at(sim::EventKind::kAcknowledged)};
}

bool covers(const sim::RequestInfo& r, std::uint64_t byte) {
  return r.kind != sim::IoKind::kFlush && r.offset <= byte && byte < r.offset + r.length;
}

bool is_left_out(const sim::History& h, std::uint64_t byte) {
  std::vector<std::size_t> covering;
  for (std::size_t i = 0; i < h.requests.size(); ++i) {
    if (!covers(h.requests[i], byte)) continue;
    if (h.requests[i].kind == sim::IoKind::kDiscard) return true;
    covering.push_back(i);
  }
  for (const std::size_t a : covering) {
    for (const std::size_t b : covering) {
      const Interval of_a = interval_of(h, a), of_b = interval_of(h, b);
      if (a != b && of_a.submitted < of_b.submitted && of_b.submitted < of_a.acknowledged) {
        return true;
      }
    }
  }
  return false;
}

void replay(const HistoryBuilder& h, std::uint64_t entries, Replayed& out) {
  const std::uint64_t size = kTinyDisks.sector;
  for (std::uint64_t at = size; entries > 0 && at + size <= kTinyDisks.log; --entries) {
    const auto* bytes = h.log_content.bytes.data() + at;
    const auto header = logs::decode_entry(std::span<const std::byte, 32>(bytes, 32));
    if (header.flags > logs::kFlagsAll) return;
    const std::uint64_t data = logs::data_sectors(header);
    if (data > kTinyDisks.log / size || at + (1 + data) * size > kTinyDisks.log) return;
    for (std::uint64_t i = 0; i < data * size; ++i) {
      const std::uint64_t to = header.sector * size + i;
      if (header.sector >= kTinyDisks.data / size ||
          (header.sector + data) * size > kTinyDisks.data)
        return;
      out.bytes[to] = h.log_content.bytes[at + size + i];
      out.judged[to] = true;
    }
    at += (1 + data) * size;
  }
}

bool replay_differs(const HistoryBuilder& h) {
  const sim::History history = h.history();
  Replayed replayed;
  const auto is_entry = [](const auto& e) { return e.kind == sim::EventKind::kEntryPlaced; };
  replay(h, static_cast<std::uint64_t>(std::ranges::count_if(history.events, is_entry)), replayed);
  for (std::uint64_t byte = 0; byte < kTinyDisks.data; ++byte) {
    const bool written = std::ranges::any_of(history.requests, [&](const auto& r) {
      return r.kind != sim::IoKind::kDiscard && covers(r, byte);
    });
    if (!(written || replayed.judged[byte]) || is_left_out(history, byte)) continue;
    if (replayed.bytes[byte] != h.data_content.bytes[byte]) return true;
  }
  return false;
}

}  // namespace

RC_TEST_CASE("nothing is wrong with what no mistake was made in", [] {
  const HistoryBuilder h = any_proper_history();
  for (const properties::PropertyInfo& info : properties::all_properties()) {
    const std::string is = verdict(*info.make(), h);
    RC_LOG() << info.name << ": " << is << "\n";
    RC_ASSERT(is == "holds" || is == "not exercised");
    RC_CLASSIFY(is == "holds", info.name);
  }
});

RC_TEST_CASE("log-parses finds every damaged byte", [] {
  HistoryBuilder h = any_proper_history();
  const std::uint64_t end = end_of_log(h.history());
  RC_PRE(end > 1u);
  const auto at = *rc::gen::inRange(kTinyDisks.sector, end * kTinyDisks.sector);
  h.log_content.bytes[at] ^= std::byte{*rc::gen::inRange<unsigned char>(1, 255)};
  RC_ASSERT(is_violated(*properties::make_log_parses(), h.history()));
});

RC_TEST_CASE("contiguous finds every entry that was moved", [] {
  HistoryBuilder h = any_proper_history();
  const auto wide = h.write(0, 64), last = h.flush();
  const std::uint64_t end = end_of_log(h.history());
  const auto off = *rc::gen::inRange<std::uint64_t>(1, 20);
  h.place(wide, end).data(wide, end + 1).place(last, end + 3 + off);
  RC_ASSERT(is_violated(*properties::make_contiguous(), h.history()));
});

RC_TEST_CASE("acked-order finds a stale position", [] {
  HistoryBuilder h = any_proper_history();
  const auto first = h.flush(), second = h.flush();
  const std::uint64_t end = end_of_log(h.history());
  h.submit(first).place(first, end).acknowledge(first);
  h.submit(second).place(second, *rc::gen::inRange<std::uint64_t>(1, end + 1)).acknowledge(second);
  RC_ASSERT(is_violated(*properties::make_acked_order(), h.history()));
});

RC_TEST_CASE("replay-matches agrees with a replay byte by byte",
             [] {
               HistoryBuilder h = any_proper_history();
               const std::uint64_t log_bytes = end_of_log(h.history()) * kTinyDisks.sector;
               const auto damage = *rc::gen::inRange(0, 4);
               for (int i = 0; i < damage; ++i) {
                 auto& in = *rc::gen::arbitrary<bool>() ? h.log_content : h.data_content;
                 const auto size = &in == &h.log_content ? log_bytes : kTinyDisks.data;
                 const auto small = *rc::gen::inRange<unsigned char>(0, 8);
                 in.bytes[*rc::gen::inRange<std::uint64_t>(0, size)] = std::byte{small};
               }
               const bool violated = is_violated(*properties::make_replay_matches(), h.history());
               RC_CLASSIFY(violated, "violated");
               RC_ASSERT(violated == replay_differs(h));
             },
             {.max_success = 1000});

}  // namespace simcheck::test
