#!/usr/bin/env bash
# bench/log_verify.sh [MIB]: how fast `simcheck log verify` judges a log full of data, beside `cat`
# of the same file; both from the page cache, the best of five. The ratio should be at least 0.5.
# Then the same of a sparse log of 96 GiB.
set -euo pipefail
export LC_ALL=C
simcheck=${SIMCHECK:-$(dirname "${BASH_SOURCE[0]}")/../build/release/simcheck}
mib=${1:-1024}
dir=$(mktemp -d "${TMPDIR:-/var/tmp}/log_verify.XXXXXX")
trap 'rm -rf "$dir"' EXIT

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
  awk -v bytes="$bytes" -v c="$read_once" -v v="$judged" -v size="$(stat -c %s "$dir/log")" 'BEGIN {
    printf "writes of %5d bytes, %4d MiB: cat %.2f s, verify %.2f s, ratio %.2f\n",
           bytes, size / 1048576, c, v, c / (v > 0 ? v : 0.01) }'
done

# Zeroes of 96 GiB, then a flush.
sectors=$((96 << 21))
{ superblock 2 && u64 0 "$sectors" 0 0 | sector 512; } >"$dir/sparse"
truncate -s $(((sectors + 2) * 512)) "$dir/sparse"
u64 0 0 1 0 | sector 512 >>"$dir/sparse"
echo "sparse log of 96 GiB: $(best "$simcheck" log verify "$dir/sparse") s"
