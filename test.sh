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
for preset in release asan; do
  configure "$preset"
  build "$preset" all
  echo "Testing build/$preset"
  ctest --preset "$preset" --parallel "$(nproc)" "$@"
done
