// What must hold, as an object: a Property judges the history of one execution.
//
// A property keeps no state between executions, so it needs no part in checkpoints, and it is
// judged once per execution, at its end. To add one, copy the shortest file of this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// The kinds of events whose order relative to one another changes a property's verdict, as
/// bits 1 << EventKind. Reduction orders a `reads` event against a `writes` event, never two
/// `writes` or two `reads` among themselves; so the verdict must not depend on their order.
struct Observes {
  std::uint32_t reads = 0;
  std::uint32_t writes = 0;
};

class Property {
 public:
  virtual ~Property() = default;
  /// The name users type: "no-overlap". Lower case, hyphens.
  virtual std::string_view name() const = 0;
  /// One line for `simcheck list`, at most 60 characters.
  virtual std::string_view summary() const = 0;
  /// Judges one finished execution. Called for every execution explored, and by several workers at
  /// once: keep no state, and do not allocate or format unless the verdict is a violation.
  virtual Judgement judge(const sim::History& history) const = 0;
  /// Event kinds whose relative order matters; default: only what the devices show matters.
  virtual Observes observes() const { return {}; }
  /// Whether the verdict stays the same when requests are exchanged that differ in nothing but
  /// their extent. If all properties of a check say so, symmetry may leave executions out.
  virtual bool is_symmetric() const { return false; }
};

/// The properties of a check, in the order in which reports name them.
using PropertyList = std::vector<std::shared_ptr<const Property>>;

}  // namespace simcheck::properties
