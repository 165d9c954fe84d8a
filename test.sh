#!/usr/bin/env bash
# ./test.sh [CTEST_ARGS]: sets up what is missing and passes every test in a release by g++, and those
# not of text alone under AddressSanitizer and UBSan by clang++, so that both compilers stay free of
# warnings.
# Formatting and include rules are tests as well (style.*).
set -euo pipefail
# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/scripts/setup.sh"

install_missing "${test_packages[@]}"
cd "$root"
# One more than there are processors, since some tests wait for time to pass.
parallel=$(($(nproc) + 1))
for preset in release asan; do
  configure "$preset"
  build "$preset" all
  echo "Testing build/$preset"
  ctest --preset "$preset" --parallel "$parallel" "$@"
done
