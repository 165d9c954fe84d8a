#include "sim/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace simcheck::sim {

void assertion_failed(const char* condition, const char* message, const char* file,
                      int line) noexcept {
  std::fprintf(stderr,
               "simcheck: a rule was broken: %s (%s) at %s:%d; if not by the code under test, this "
               "is a bug of simcheck\n",
               message, condition, file, line);
  std::fflush(nullptr);
  std::_Exit(70);
}

}  // namespace simcheck::sim
