#!/usr/bin/env bash
# bench/growth.sh [OPTION]...: how a check grows with the number of requests in flight, for every
# driver that `simcheck list` names. Prints a Markdown table. What it measures: docs/performance.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=bench/measure.sh
source "$here/measure.sh"

usage="usage: bench/growth.sh [--driver NAME] [--kind KIND] [--symmetry on|off] [-n N]
                       [--limit-s S] [--build DIR]
  --driver NAME       this driver; may be repeated (default: all)
  --kind KIND         requests of this kind, such as write; may be repeated
                      (default: zeroes and flush)
  --symmetry on|off   as for simcheck (default: on)
  -n N                up to N requests, 1 to 16 (default: 8)
  --limit-s S         search each cell for S seconds at most (default: 2)
  --build DIR         a release build of simcheck (default: build/release)"

drivers=() kinds=() symmetry=on size_max=8 limit_s=2 build_dir=$root/build/release
while (($#)); do
  [[ $1 != -h && $1 != --help ]] || { echo "$usage" && exit; }
  (($# > 1)) || usage_error "$1 needs a value, or is no option"
  case $1 in
  --driver) drivers+=("$2") ;;
  --kind) kinds+=("$2") ;;
  --symmetry) symmetry=$2 ;;
  -n) size_max=$2 ;;
  --limit-s) limit_s=$2 ;;
  --build) build_dir=$2 ;;
  *) usage_error "unknown option '$1'" ;;
  esac
  shift 2
done
whole_number -n "$size_max" 1 16
whole_number --limit-s "$limit_s" 1 86400
need time time
need_built "$build_dir/simcheck" simcheck
((${#drivers[@]})) ||
  mapfile -t drivers < <("$build_dir/simcheck" list |
    sed -n '/^Drivers/,/^$/ s/^  \([^ ]*\) .*/\1/p')
((${#kinds[@]})) || kinds=(zeroes flush)

# json KEY: its first value in what simcheck printed.
json() {
  sed -nE "s/^ *\"$1\": \"?([^\",]*)\"?,?$/\1/p" "$scratch/out" | head -n 1
}

# cell DRIVER KIND N: prints a row; fails if a bound cut the search short. Violations do not end it.
cell() {
  measure $((limit_s * 4 + 10)) "$build_dir/simcheck" --driver "$1" --depth "$3" \
    --workload "$3*$2" --symmetry "$symmetry" --keep-going --max-time "${limit_s}s" --json
  ((status == 0 || status == 1 || status == 3)) ||
    die "simcheck ended with status $status:"$'\n'"$(<"$scratch/out")"
  local verdict sign=
  verdict=$(json verdict)
  [[ $(json complete) == true ]] || { verdict+=", bounded: $limit_s s" && sign='> '; }
  row "$1" "$2" "$3" "$verdict" "$sign$(grouped "$(json executions)")" \
    "$sign$(grouped "$(json transitions)")" "$sign$seconds" "$megabytes"
  [[ -z $sign ]]
}

row driver requests n verdict executions transitions seconds "peak MB"
row --- --- ---: --- ---: ---: ---: ---:
for driver in "${drivers[@]}"; do
  for kind in "${kinds[@]}"; do
    # A larger one would be bounded too.
    for ((n = 1; n <= size_max; n++)); do cell "$driver" "$kind" "$n" || break; done
  done
done
