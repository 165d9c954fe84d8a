#include "sim/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace simcheck::sim {
namespace {

void (*tell_more)() = nullptr;

}  // namespace

void tell_more_of_assertions(void (*tell)()) noexcept { tell_more = tell; }

void assertion_failed(const char* condition, const char* message, const char* file,
                      int line) noexcept {
  std::fprintf(stderr,
               "simcheck: a rule was broken: %s (%s) at %s:%d; if not by the code under test, this "
               "is a bug of simcheck\n",
               message, condition, file, line);
  std::fflush(nullptr);
  if (tell_more != nullptr) tell_more();
  std::_Exit(70);
}

}  // namespace simcheck::sim
