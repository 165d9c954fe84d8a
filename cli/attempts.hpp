// Several outputs of one result: that one cannot be written must not cost the others.
#pragma once

#include <cstdio>
#include <optional>
#include <string>

#include "cli/usage_error.hpp"

namespace simcheck::cli {

class Attempts {
 public:
  /// Calls `action`. If it throws a UsageError, what comes after it is done all the same.
  template <typename Action>
  void operator()(Action action) {
    try {
      action();
    } catch (const UsageError& error) {
      tell_last();
      failure_ = error.what();
    }
  }

  /// Tells the last failure, if there was any, for whoever has something else to throw.
  void tell_last() const {
    if (failure_) std::fputs(("simcheck: " + *failure_ + "\n").c_str(), stderr);
  }

  /// Throws the last failure, if there was any; those before it were told.
  void require_all() const {
    if (failure_) throw UsageError(*failure_);
  }

 private:
  std::optional<std::string> failure_;
};

}  // namespace simcheck::cli
