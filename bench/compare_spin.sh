#!/usr/bin/env bash
# bench/compare_spin.sh [OPTION]...: simcheck and SPIN, both exhaustive, side by side in one run.
# Prints a Markdown table. What it measures, and what not: docs/performance.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=bench/measure.sh
source "$here/measure.sh"

usage="usage: bench/compare_spin.sh [-n N] [--build DIR] [--limit-s S] [--limit-mb MB]
  -n N            requests in flight, 1 to 8 (default: 6); may be repeated
  --build DIR     a release build of simcheck (default: build/release)
  --limit-s S     stop a program after S seconds (default: 120)
  --limit-mb MB   memory SPIN may take (default: 4000)"

sizes=() build_dir=$root/build/release limit_s=120 limit_mb=4000
while (($#)); do
  [[ $1 != -h && $1 != --help ]] || { echo "$usage" && exit; }
  (($# > 1)) || usage_error "$1 needs a value, or is no option"
  case $1 in
  -n) sizes+=("$2") ;;
  --build) build_dir=$2 ;;
  --limit-s) limit_s=$2 ;;
  --limit-mb) limit_mb=$2 ;;
  *) usage_error "unknown option '$1'" ;;
  esac
  shift 2
done
((${#sizes[@]})) || sizes=(6)
for n in "${sizes[@]}"; do whole_number -n "$n" 1 8; done
whole_number --limit-s "$limit_s" 1 86400
whole_number --limit-mb "$limit_mb" 1 999999

need spin spin
need gcc gcc
need time time
need_built "$build_dir/simcheck" simcheck
need_built "$build_dir/examples/shared_counter" example_shared_counter

# found WORDS: the first number that stands before these words in what was printed. SPIN writes
# large ones with an exponent and eight digits.
found() {
  local number
  number=$(grep -oE "[0-9][0-9,.]*(e\+[0-9]+)? +$1" "$scratch/out" | head -n 1)
  number=${number%% *}
  grouped "$(LC_ALL=C printf %.0f "${number//,/}")"
}

# print_row TOOL PROGRAM N RESULT: measured against simcheck without symmetry.
print_row() {
  row "$1" "$2" "$3" "$4" "$seconds" "$megabytes" "$(ratio "$seconds" "$reference")"
}

# stopped_row TOOL PROGRAM N WHY: no ratio, since the search was not finished.
stopped_row() {
  row "$1" "$2" "$3" "stopped: $4" "> $seconds" "$megabytes" -
}

# simcheck TOOL PROGRAM N COMMAND...
simcheck() {
  local tool=$1 program=$2 n=$3
  shift 3
  measure "$limit_s" "$@"
  ((status != 124)) || { stopped_row "$tool" "$program" "$n" "$limit_s s" && return; }
  ((status == 0)) || die "$* failed:"$'\n'"$(<"$scratch/out")"
  : "${reference:=$seconds}"
  print_row "$tool" "$program" "$n" \
    "$(found "executions?") executions, $(found transitions) transitions"
}

# spin_search MODEL PROGRAM N TOOL SPIN_OPTION CC_OPTION: generating and compiling is not measured.
spin_search() {
  local model=$here/spin/$1.pml program=$2 n=$3 tool=$4
  (cd "$scratch" && spin -a "-DN=$n" ${5:+"$5"} "$model" >spin.log 2>&1 &&
    gcc -O2 -w -DSAFETY "-DMEMLIM=$limit_mb" ${6:+"$6"} -o pan pan.c >>spin.log 2>&1) ||
    die "spin could not compile $model:"$'\n'"$(<"$scratch/spin.log")"
  measure "$limit_s" env -C "$scratch" ./pan
  ((status != 124)) || { stopped_row "$tool" "$program" "$n" "$limit_s s" && return; }
  ! grep -q 'MEMLIM' "$scratch/out" || { stopped_row "$tool" "$program" "$n" "$limit_mb MB" && return; }
  grep -q 'errors: 0$' "$scratch/out" || die "SPIN found an error:"$'\n'"$(<"$scratch/out")"
  print_row "$tool" "$program" "$n" \
    "$(found 'states, stored') states, $(found transitions) transitions"
}

# spin_searches MODEL PROGRAM N
spin_searches() {
  spin_search "$@" "SPIN, traces told apart" -DHISTORY ""
  spin_search "$@" "SPIN, states merged" "" ""
  spin_search "$@" "SPIN, states merged, no reduction" "" -DNOREDUCE
}

row tool program n result seconds "peak MB" "time / simcheck's"
row --- --- ---: --- ---: ---: ---:
for n in "${sizes[@]}"; do
  reference=
  simcheck simcheck "W($n)" "$n" "$build_dir/examples/shared_counter" "$n"
  spin_searches shared_counter "W($n)" "$n"
  reference=
  check=("$build_dir/simcheck" --driver fixed --depth "$n" --workload "$n*zeroes")
  simcheck simcheck "fixed, zeroes" "$n" "${check[@]}" --symmetry off
  : "${reference:=0}" # if it was stopped
  simcheck "simcheck, symmetry" "fixed, zeroes" "$n" "${check[@]}"
  spin_searches fixed "fixed, zeroes" "$n"
done
