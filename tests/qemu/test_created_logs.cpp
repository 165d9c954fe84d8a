// Images of `simcheck log create` against those that QEMU writes for the same script: the same
// bytes; and QEMU goes on behind them.
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/qemu/qemu_io.hpp"

namespace simcheck::test {
namespace {

using Strings = std::vector<std::string>;

std::string joined(const Strings& commands) {
  std::string script;
  for (const std::string& command : commands) script += command + "\n";
  return script;
}

// Both images, of the same script.
struct Images {
  std::string qemu, ours;
};

Images make_both(const Strings& script, const std::string& qemu_options, const Strings& options) {
  const TempDir directory;
  Images images;
  images.qemu = read_file(make_log(directory, script, {.driver = qemu_options, .log_bytes = 0}));
  write_file(directory / "script", joined(script));
  Strings arguments = {"log", "create", "ours.img", "--workload", "script"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const ProcessResult created = simcheck(arguments, {.directory = directory.path()});
  CAPTURE(created.err);
  REQUIRE(created.exit_status == 0);
  images.ours = read_file(directory / "ours.img");
  return images;
}

const Strings kAll = {"write -P 7 0 4k",  "flush",           "flush",         "write 8k 8k",
                      "write -z 1M 1M",   "discard 0 64k",   "write -f 0 4k", "flush",
                      "write -P 0 4k 8k", "write -q 32k 64k"};

TEST_CASE("the same bytes as QEMU's, under each sector size and interval") {
  for (const std::string sector : {"32", "512", "4096"}) {
    for (const std::string interval : {"1", "2", "4096"}) {
      CAPTURE(sector);
      CAPTURE(interval);
      const Images images = make_both(
          kAll, "log-sector-size=" + sector + ",log-super-update-interval=" + interval + ",",
          {"--sector-size", sector, "--super-interval", interval});
      CHECK(images.qemu.size() == images.ours.size());
      CHECK(images.qemu == images.ours);
    }
  }
}

TEST_CASE("the same bytes, with detected zeroes and requests that are padded") {
  const Images images = make_both({"write -P 5 100 1000", "write -z 5000 5000", "write -P 0 3 9",
                                   "write -P 0 64k 64k", "write -P 6 511 2"},
                                  "detect-zeroes=on,", {"--detect-zeroes", "on"});
  CHECK(images.qemu == images.ours);
}

TEST_CASE("QEMU appends to our image, and the result verifies") {
  const TempDir directory;
  const auto in = ProcessOptions{.directory = directory.path()};
  REQUIRE(simcheck({"log", "create", "log.img", "--workload", "write ; zeroes ; discard"}, in)
              .exit_status == 0);
  make_sparse(directory / "data.img", 64 << 20);
  run_qemu_io(directory, {"write -P 3 0 4k"}, {.driver = "log-append=on,"});
  const ProcessResult verified = simcheck({"log", "verify", "log.img"}, in);
  CHECK(verified.exit_status == 0);
  CHECK(verified.out.find("6 entries of 6") != std::string::npos);
}

}  // namespace
}  // namespace simcheck::test
