#!/usr/bin/env bash
# tests/fuzz/run.sh [KIND...]: builds the harnesses with libFuzzer and lets each try inputs for
# SIMCHECK_FUZZ_SECONDS (60), as many at a time as there are processors. A finding ends with 1 and
# names the input; build/fuzz/tests/fuzz/fuzz_KIND FILE shows it again. What was found interesting
# stays in build/fuzz/corpus, and the next run goes on from there. ./test.sh runs the same harnesses
# for 60 s each, from the seeds, as tests of build/asan.
# shellcheck disable=SC2154 # what setup.sh defines
set -euo pipefail
# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/setup.sh"

seconds=${SIMCHECK_FUZZ_SECONDS:-60}
fuzz=$root/build/fuzz

install_missing "${test_packages[@]}"
configure fuzz
build fuzz fuzz
"$fuzz/tests/fuzz/fuzz_make_seeds" "$fuzz/seeds"

# Logs of the real driver beside our own.
real_log() {
  local dir=$1 size=$2
  mkdir -p "$dir"
  truncate -s 4M "$dir/data.img" && : >"$dir/real-$size"
  qemu-io -d unmap -t writeback --image-opts "driver=blklogwrites,log-sector-size=$size,$(:
  )file.driver=file,file.discard=unmap,file.filename=$dir/data.img,$(:
  )log.driver=file,log.filename=$dir/real-$size" \
    -c 'aio_write -q -P 1 0 1k' -c 'aio_write -q -z 4k 1k' -c 'aio_flush' -c 'discard -q 8k 4k' \
    -c 'flush' >/dev/null
}
for size in 32 512; do
  real_log "$fuzz/real" "$size"
  for kind in log_reports log_images workload; do
    cp "$fuzz/real/real-$size" "$fuzz/seeds/$kind/"
  done
done

# run KIND: quiet unless something is found.
run() {
  local kind=$1 log=$fuzz/$1.log
  mkdir -p "$fuzz/corpus/$kind" "$fuzz/findings"
  if "$fuzz/tests/fuzz/fuzz_$kind" -max_total_time="$seconds" -timeout=20 -max_len=16384 \
    -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$fuzz/findings/$kind-" \
    "$fuzz/corpus/$kind" "$fuzz/seeds/$kind" >"$log" 2>&1; then
    printf '%-18s %s inputs\n' "$kind" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
  else
    tail -n 40 "$log" >&2
    echo "run.sh: $kind: see build/fuzz/findings" >&2
    return 1
  fi
}

kinds=("$@")
if ((${#kinds[@]} == 0)); then
  for source in "$root"/tests/fuzz/fuzz_*.cpp; do
    kind=$(basename "$source" .cpp)
    [[ $kind == fuzz_main ]] || kinds+=("${kind#fuzz_}")
  done
fi

echo "Fuzzing ${#kinds[@]} kinds of input for $seconds s each, $(nproc) at a time" >&2
failed=0
for kind in "${kinds[@]}"; do
  while (($(jobs -rp | wc -l) >= $(nproc))); do
    wait -n || failed=1
  done
  run "$kind" &
done
while (($(jobs -p | wc -l) > 0)); do
  wait -n || failed=1
done
exit "$failed"
