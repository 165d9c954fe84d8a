#!/usr/bin/env bash
# bench/log_verify.sh [--mib N] [--build DIR]: how fast `simcheck log verify` judges logs full of
# data, beside `cat` of the same file; both from the page cache, the best of five. A ratio of 2 means
# half the time of `cat`. Then the time for a sparse log of 96 GiB. See docs/log-format.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=bench/measure.sh
source "$here/measure.sh"

usage="usage: bench/log_verify.sh [--mib N] [--build DIR]
  --mib N      size of each log, 1 to 65536 (default: 1024)
  --build DIR  a release build of simcheck (default: build/release)"

mib=1024 build_dir=$root/build/release
while (($#)); do
  [[ $1 != -h && $1 != --help ]] || { echo "$usage" && exit; }
  (($# > 1)) || usage_error "$1 needs a value, or is no option"
  case $1 in
  --mib) mib=$2 ;;
  --build) build_dir=$2 ;;
  *) usage_error "unknown option '$1'" ;;
  esac
  shift 2
done
whole_number --mib "$mib" 1 65536
simcheck=$build_dir/simcheck
need_built "$simcheck" simcheck
dir=$scratch

# u64 NUMBER...: little-endian.
u64() {
  local number i text=
  for number; do
    for ((i = 0; i < 8; ++i)); do text+=$(printf '\\x%02x' $(((number >> (8 * i)) & 255))); done
  done
  printf '%b' "$text"
}

# sector BYTES: standard input, filled up with zeroes.
sector() {
  local file=$dir/sector
  cat >"$file"
  truncate -s "$1" "$file"
  cat "$file"
}

superblock() { { u64 $((0x6a736677736872)) 1 "$1" && u64 512 | head -c 4; } | sector 512; }

# log_of BYTES FILE: writes of BYTES, doubled until the file is large enough.
log_of() {
  local bytes=$1 file=$2 entries=1
  { u64 0 $((bytes / 512)) 0 0 | sector 512 && head -c "$bytes" /dev/urandom; } >"$dir/entries"
  while (($(stat -c %s "$dir/entries") < mib << 19)); do
    cat "$dir/entries" "$dir/entries" >"$dir/twice"
    mv "$dir/twice" "$dir/entries"
    entries=$((2 * entries))
  done
  { superblock $((2 * entries)) && cat "$dir/entries" "$dir/entries"; } >"$file"
}

# best COMMAND...: seconds.
best() {
  local i
  for i in 1 2 3 4 5; do
    { /usr/bin/time -f %e "$@" >/dev/null; } 2>&1 | tail -n 1
  done | sort -n | head -n 1
}

for bytes in 512 4096 65536; do
  log_of "$bytes" "$dir/log"
  "$simcheck" log verify "$dir/log" >/dev/null
  read_once=$(best cat "$dir/log")
  judged=$(best "$simcheck" log verify "$dir/log")
  LC_ALL=C awk -v bytes="$bytes" -v c="$read_once" -v v="$judged" -v size="$(stat -c %s "$dir/log")" 'BEGIN {
    printf "writes of %5d bytes, %4d MiB: cat %.2f s, verify %.2f s, ratio %.2f\n",
           bytes, size / 1048576, c, v, c / (v > 0 ? v : 0.01) }'
done

# Zeroes of 96 GiB, then a flush.
sectors=$((96 << 21))
{ superblock 2 && u64 0 "$sectors" 0 0 | sector 512; } >"$dir/sparse"
truncate -s $(((sectors + 2) * 512)) "$dir/sparse"
u64 0 0 1 0 | sector 512 >>"$dir/sparse"
echo "sparse log of 96 GiB: $(best "$simcheck" log verify "$dir/sparse") s"
