// What must hold, as an object: a Property judges the history of one execution.
//
// A property keeps no state between executions, so it needs no part in checkpoints, and it is
// judged once per execution, at its end. To add one, copy the shortest file of this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "properties/evidence.hpp"
#include "sim/event_history.hpp"

namespace simcheck::properties {

/// Why a history is wrong.
struct Violation {
  std::string reason;  ///< one or two sentences for a reader who knows the domain, not the driver
  std::uint32_t step;  ///< the step that broke the promise; History::steps if only the end shows it
};

/// The judgement of one execution.
struct Judgement {
  bool exercised = false;  ///< the history held something that could have broken the promise
  std::optional<Violation> violation;

  static Judgement not_exercised() { return {}; }
  static Judgement holds() { return {true, std::nullopt}; }
  static Judgement violated(std::string reason, std::uint32_t step) {
    return {true, Violation{std::move(reason), step}};
  }
};

/// Events, and moments of disks, whose order relative to one another changes a property's verdict,
/// as bits (sim::bit_of). Reduction orders a `reads` against a `writes`, never two `writes` or two
/// `reads` among themselves; so the verdict must not depend on their order.
struct Order {
  std::uint32_t reads = 0;
  std::uint32_t writes = 0;

  friend bool operator==(const Order&, const Order&) = default;
};

/// What a property observes whose verdict hangs on which requests were in flight together.
inline constexpr Order kWhoIsInFlight[] = {
    {.reads = bit_of(sim::EventKind::kSubmitted), .writes = bit_of(sim::EventKind::kAcknowledged)}};

/// What a property looks at beyond what the devices hold at the end, and the events of each
/// request. Reduction merges executions that differ in nothing that is declared here.
struct Observes {
  std::span<const Order> orders{};  ///< of static storage
  bool record = false;              ///< ContentView::record() of both devices
  /// What was overwritten before the end: in which order writes to one place took effect. Never
  /// left open then, so `--equivalence observed` does not apply.
  bool overwritten = false;
  /// Of promises about what a power cut leaves: the events and moments of disks that change what is
  /// promised or found, as bits. The cut is tried before and after each. 0: cuts do not matter.
  /// Without any moment of the data device, judge_crash() is not shown that. Which writes a flush
  /// covers need not be named; kSubmitted must be where it matters that a request was submitted, or
  /// before what, that no acknowledgement tells of yet. Implies `overwritten` and that disks keep a
  /// record, where the power can be cut.
  std::uint32_t cut = 0;
};

class Property {
 public:
  virtual ~Property() = default;
  /// The name users type: "no-overlap". Lower case, hyphens.
  virtual std::string_view name() const = 0;
  /// One line for `simcheck list`, at most 60 characters.
  virtual std::string_view summary() const = 0;
  /// Judges one finished execution. Called for every execution explored, except for those that show
  /// what another did (model::CheckOptions::judge_alike_once), and by several workers at once: keep
  /// no state, and do not allocate or format unless the verdict is a violation. What the evidence
  /// adds to its history is shared by all properties of the check.
  virtual Judgement judge(const Evidence& history) const = 0;
  /// Judges what a power cut left, if observes() says that cuts matter: the events are those before
  /// the cut, and the devices of `history` are what is found afterwards. Called for every content
  /// that a reader can tell from the others: read no more than recovery would.
  virtual Judgement judge_crash(const sim::History& history) const;
  /// Default: only what the devices show in the end matters.
  virtual Observes observes() const { return {}; }
  /// Whether the verdict stays the same when requests are exchanged that differ in nothing but
  /// their extent. If all properties of a check say so, symmetry may leave executions out.
  virtual bool is_symmetric() const { return false; }
};

inline Judgement Property::judge_crash(const sim::History&) const {
  return Judgement::not_exercised();
}

/// The properties of a check, in the order in which reports name them.
using PropertyList = std::vector<std::shared_ptr<const Property>>;

}  // namespace simcheck::properties
