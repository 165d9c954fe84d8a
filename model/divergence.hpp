// An execution that did not go as it should have: a schedule that does not fit the scenario, or
// code under test that behaves differently when the same choices are made again.
#pragma once

#include <stdexcept>

namespace simcheck::model {

/// Exit status 4 of the command; what() is the whole message.
class Divergence : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace simcheck::model
