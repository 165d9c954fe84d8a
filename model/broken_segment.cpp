#include "model/broken_segment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace simcheck::model {
namespace {

constexpr std::size_t kToldMax = 16;  // requests of a segment that are told for no other reason

// A request's life, in steps.
struct Life {
  std::uint32_t submitted = UINT32_MAX, acknowledged = UINT32_MAX;
  const sim::Event* placed = nullptr;
};

std::vector<Life> lives_of(const sim::History& history) {
  std::vector<Life> lives(history.requests.size());
  for (const sim::Event& event : history.events) {
    if (sim::index_of(event.request) >= lives.size()) continue;
    Life& life = lives[sim::index_of(event.request)];
    if (event.kind == sim::EventKind::kSubmitted) life.submitted = event.step;
    if (event.kind == sim::EventKind::kAcknowledged) life.acknowledged = event.step;
    if (event.kind == sim::EventKind::kEntryPlaced) life.placed = &event;
  }
  return lives;
}

Request request_of(const sim::RequestInfo& info) {
  if (info.kind == sim::IoKind::kFlush) return {.kind = info.kind};
  return {.kind = info.kind, .offset = info.offset, .length = info.length, .fua = info.fua};
}

InvolvedRequest involved(const sim::RequestInfo& info, const Life& life,
                         std::span<const std::uint64_t> step_ns) {
  InvolvedRequest request{.name = lane_name(info.lane),
                          .text = to_text(request_of(info)),
                          .submitted_ns = step_ns[life.submitted]};
  if (life.placed != nullptr) {
    request.placed_ns = step_ns[life.placed->step];
    request.log_sector = life.placed->sector;
  }
  if (life.acknowledged < step_ns.size()) request.acknowledged_ns = step_ns[life.acknowledged];
  return request;
}

// "request A", in the words of a property, and not "request AB".
bool names(std::string_view reason, const std::string& lane) {
  const std::string words = "request " + lane;
  for (std::size_t at = 0; (at = reason.find(words, at)) != reason.npos; ++at) {
    const char next = at + words.size() < reason.size() ? reason[at + words.size()] : ' ';
    if (std::isalnum(static_cast<unsigned char>(next)) == 0) return true;
  }
  return false;
}

using Chosen = std::vector<bool>;  // by request

bool any(const Chosen& chosen) { return std::ranges::find(chosen, true) != chosen.end(); }

Chosen in_flight_at(std::uint32_t step, const std::vector<Life>& lives) {
  Chosen chosen;
  for (const Life& life : lives)
    chosen.push_back(life.submitted <= step && step <= life.acknowledged);
  return chosen;
}

// Those that are named, and all that were in flight with one of them.
Chosen around_named(const BrokenSegment& segment, const sim::History& history,
                    const std::vector<Life>& lives) {
  Chosen chosen(lives.size());
  for (std::size_t i = 0; i < lives.size(); ++i) {
    const std::string lane = lane_name(history.requests[i].lane);
    const bool is_named = std::ranges::any_of(
        segment.findings, [&](const auto& finding) { return names(finding.reason, lane); });
    for (std::size_t k = 0; is_named && k < lives.size(); ++k) {
      if (lives[k].submitted <= lives[i].acknowledged &&
          lives[i].submitted <= lives[k].acknowledged)
        chosen[k] = true;
    }
  }
  return chosen;
}

Chosen chosen_requests(BrokenSegment& segment, const sim::History& history, std::uint32_t first,
                       const std::vector<Life>& lives) {
  Chosen chosen = in_flight_at(first, lives);
  if (any(chosen)) return chosen;
  segment.told = Told::kNamed;
  chosen = around_named(segment, history, lives);
  if (any(chosen)) return chosen;
  segment.told = lives.size() <= kToldMax ? Told::kAll : Told::kTooMany;
  return Chosen(lives.size(), segment.told == Told::kAll);
}

}  // namespace

BrokenSegment describe_broken(const sim::History& history, std::span<const BrokenPromise> all,
                              std::span<const std::uint64_t> step_ns) {
  BrokenSegment segment{.end_ns = step_ns.empty() ? 0 : step_ns.back()};
  std::uint32_t first = history.steps;
  for (const BrokenPromise& broken : all) {
    const std::uint32_t step = broken.violation.step;
    first = std::min(first, step);
    const bool in_the_end = step >= step_ns.size();
    segment.findings.push_back({.property = *broken.property,
                                .reason = broken.violation.reason,
                                .at_ns = in_the_end ? segment.end_ns : step_ns[step],
                                .in_the_end = in_the_end});
  }
  const std::vector<Life> lives = lives_of(history);
  segment.requests = lives.size();
  const Chosen chosen = chosen_requests(segment, history, first, lives);
  for (std::size_t i = 0; i < lives.size(); ++i) {
    if (chosen[i]) segment.involved.push_back(involved(history.requests[i], lives[i], step_ns));
  }
  return segment;
}

SimulatedFault describe_fault(const StruckFault& fault, const sim::History& history,
                              std::span<const std::uint64_t> step_ns) {
  SimulatedFault told{.text = fmt::format("{} in a {} of the {}", sim::to_string(fault.kind),
                                          sim::to_string(fault.io), to_string(fault.device))};
  if (fault.step < step_ns.size()) told.submitted_ns = step_ns[fault.step];
  if (sim::index_of(fault.request) < history.requests.size()) {
    const sim::RequestInfo& info = history.requests[sim::index_of(fault.request)];
    told.text += fmt::format(", for {} ({})", lane_name(info.lane), to_text(request_of(info)));
  }
  return told;
}

}  // namespace simcheck::model
