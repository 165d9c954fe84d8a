#!/usr/bin/env bash
# ./run.sh ARGS: sets up what is missing, builds a release, and runs `simcheck ARGS`.
set -euo pipefail
# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/scripts/setup.sh"

(($#)) || set -- --driver fixed --depth 6

install_missing "${build_packages[@]}"
[[ -e $root/build/release/build.ninja ]] ||
  configure release -DSIMCHECK_BUILD_TESTS=OFF -DSIMCHECK_BUILD_BENCH=OFF
build release simcheck
exec "$root/build/release/simcheck" "$@"
