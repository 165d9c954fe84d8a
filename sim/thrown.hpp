// The words of whatever the user's code threw.
#pragma once

#include <exception>
#include <string>

namespace simcheck::sim {

/// Only within a catch block.
inline std::string thrown() {
  try {
    throw;
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "an exception that is not a std::exception";
  }
}

}  // namespace simcheck::sim
