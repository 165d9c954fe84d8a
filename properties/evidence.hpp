// A history as properties are shown it: with what several of them ask about it, found out once.
#pragma once

#include <optional>

#include "properties/journal.hpp"
#include "properties/log_walk.hpp"
#include "sim/event_history.hpp"

namespace simcheck::properties {

/// What it adds is made at the first question, and refers to it; so it is not for two threads at
/// once, cannot be copied, and its History does not change once a question was asked.
class Evidence : public sim::History {
 public:
  /// Implicit: any history can be judged.
  Evidence(const sim::History& history) : sim::History(history) {}
  Evidence(const Evidence&) = delete;
  Evidence& operator=(const Evidence&) = delete;

  /// What the events say.
  const Journal& journal() const {
    if (!journal_) journal_.emplace(*this);
    return *journal_;
  }
  /// What a reader of the log meets; requires that there is a log.
  const LogWalk& log_walk() const {
    if (!log_walk_) log_walk_.emplace(*this, journal());
    return *log_walk_;
  }

 private:
  mutable std::optional<Journal> journal_;
  mutable std::optional<LogWalk> log_walk_;
};

}  // namespace simcheck::properties
