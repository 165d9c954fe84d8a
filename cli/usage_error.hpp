// What a user got wrong.
#pragma once

#include <stdexcept>

namespace simcheck::cli {

/// what() is one line: what is wrong, where, and what would be right. Exit status 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace simcheck::cli
