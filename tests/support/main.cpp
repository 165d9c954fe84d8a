// The main function of every test program. Nothing is random between two runs: test order and
// RapidCheck cases come from one fixed seed, printed first, and changed with --rand-seed and
// RC_PARAMS=seed=N.

#if defined(__SANITIZE_ADDRESS__)
#define DOCTEST_CONFIG_NO_POSIX_SIGNALS  // so that AddressSanitizer reports crashes itself
#endif
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "tests/support/rapidcheck.hpp"

int main(int argc, char** argv) {
  constexpr int kSeed = 20;
  simcheck::test::seed_rapidcheck(kSeed);
  doctest::Context context;
  context.setOption("order-by", "rand");
  context.setOption("rand-seed", kSeed);
  context.applyCommandLine(argc, argv);
  return context.run();
}
