# Sourced by the scripts of bench/: runs commands and tells their time and memory.
# Figures are of the machine and the moment; compare those of one run with each other.
# shellcheck shell=bash disable=SC2034,SC2154

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/setup.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# need COMMAND PACKAGE
need() {
  [[ -n $(type -P "$1") ]] || die "needs $1; on Debian: apt-get install $2"
}

# need_built FILE TARGET: programs are measured as they are, never built here.
need_built() {
  [[ -x $1 ]] || die "no $1; build a release first:
  cmake --preset release && cmake --build --preset release --target $2
or name the directory of one with --build"
}

# usage_error TEXT: the script has said in $usage what is right.
usage_error() {
  printf '%s: %s\n%s\n' "$(basename "$0")" "$1" "$usage" >&2
  exit 2
}

# whole_number OPTION VALUE MIN MAX
whole_number() {
  [[ $2 =~ ^[1-9][0-9]{0,5}$ ]] || usage_error "$1: '$2' is not a whole number"
  (($2 >= $3 && $2 <= $4)) || usage_error "$1: $2 is not from $3 to $4"
}

# measure LIMIT_S COMMAND...: sets seconds, megabytes (peak) and status (124: the limit was hit).
# What the command printed is in $scratch/out.
measure() {
  local limit_s=$1
  shift
  status=0
  "$(type -P time)" -o "$scratch/time" -f '%e %M' timeout "$limit_s" "$@" \
    >"$scratch/out" 2>&1 </dev/null || status=$?
  local kilobytes
  read -r seconds kilobytes < <(tail -n 1 "$scratch/time")
  megabytes=$(((kilobytes + 1023) / 1024))
}

# grouped NUMBER: 1234567 as 1,234,567.
grouped() {
  sed -E ':again; s/^([0-9]+)([0-9]{3})/\1,\2/; t again' <<<"$1"
}

# ratio A B: A / B, or - if B is unknown or too short to tell.
ratio() {
  awk -v a="$1" -v b="${2:-0}" 'BEGIN { if (b >= 0.01) printf "%.2f", a / b; else print "-" }'
}

# row CELL...
row() {
  printf '| %s ' "$@"
  echo '|'
}
