# Sourced by run.sh and test.sh: the Debian packages, and quiet steps that set up and build.
# Everything said here goes to stderr; the full output of each step is in build/*.log.
# shellcheck shell=bash disable=SC2034

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

build_packages=(
  g++ cmake ninja-build
  libboost-context-dev libfmt-dev libcli11-dev nlohmann-json3-dev libpugixml-dev
)
test_packages=(
  "${build_packages[@]}"
  clang libclang-rt-14-dev clang-format
  doctest-dev librapidcheck-dev libbenchmark-dev fio qemu-utils blktrace spin time
  chromium chromium-driver python3-selenium
  graphviz libxml2-utils mandoc bsdextrautils zsh fish gdb
)

die() {
  echo "$(basename "$0"): $*" >&2
  exit 69 # unavailable; none of simcheck's own
}

# quietly LOG COMMAND...: only a failure is shown.
quietly() {
  local log=$root/build/$1.log
  shift
  mkdir -p "$root/build"
  "$@" >"$log" 2>&1 </dev/null && return
  cat "$log" >&2
  return 1
}

as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi
}

apt_install() {
  as_root apt-get -q update &&
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get -q -y -o DPkg::Lock::Timeout=120 install --no-install-recommends "$@"
}

# install_missing PACKAGE...: needs root only if something is missing.
install_missing() {
  command -v dpkg-query >/dev/null || return 0 # not Debian: cmake will say what it misses
  local installed missing=() package
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  for package; do
    grep -qxF "installed $package" <<<"$installed" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  [[ $(id -u) == 0 ]] || command -v sudo >/dev/null ||
    die "cannot install without root or sudo; as root: apt-get install ${missing[*]}"
  echo "Installing ${missing[*]}" >&2
  quietly install apt_install "${missing[@]}" || die "apt-get could not install ${missing[*]}"
}

# build PRESET TARGET...: says so when there is really something to compile.
build() {
  local preset=$1
  shift
  local log=$root/build/$preset.log
  cmake --build "$root/build/$preset" --target "$@" 2>&1 </dev/null | tee "$log" |
    while read -r line; do
      [[ $line == *' Building CXX '* ]] || continue
      echo "Building build/$preset" >&2
      cat >/dev/null
    done && return
  grep -v '^\[' "$log" >&2 # not the steps that went well
  die "could not build build/$preset"
}

# configure PRESET OPTION...
configure() {
  local preset=$1
  (cd "$root" && quietly "configure-$preset" cmake --preset "$@") || die "cmake failed"
}
