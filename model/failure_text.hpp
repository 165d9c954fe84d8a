// What the exception says that ended a check.
#pragma once

#include <exception>
#include <new>
#include <string>

#include "sim/thrown.hpp"

namespace simcheck::model {

/// `failure` must not be null.
inline std::string failure_text(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::bad_alloc&) {
    return "out of memory";
  } catch (...) {
    return sim::thrown();
  }
}

}  // namespace simcheck::model
