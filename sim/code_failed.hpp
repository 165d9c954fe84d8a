// Code of the user that threw where no execution can be judged for it: while the world was built,
// or while a property judged.
#pragma once

#include <stdexcept>

namespace simcheck::sim {

/// Exit status 2 of the command; what() is the whole message.
class CodeFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace simcheck::sim
