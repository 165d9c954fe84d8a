// What a check does about code under test that crashes, ends the process, or does not come back.
#pragma once

#include <string>

#include "cli/last_words.hpp"
#include "model/check.hpp"

namespace simcheck::cli {

/// As long as it lives, this thread may run the check. One at a time.
class Guard {
 public:
  /// `replay_options` are those of the result. The check's workers are watched, too.
  Guard(model::CheckOptions& check, const std::string& replay_options);
  ~Guard();
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

 private:
  const LastWords words_;
};

}  // namespace simcheck::cli
