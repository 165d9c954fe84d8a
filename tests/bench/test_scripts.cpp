// The scripts of bench/ run, and their tables hold what can be known beforehand: the counts.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {
namespace {
namespace fs = std::filesystem;

ProcessResult run_script(const std::string& name, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"/bin/bash", source_dir() / "bench" / name});
  return run_process(arguments);
}

}  // namespace

TEST_CASE("compare_spin.sh puts both tools into one table") {
  const ProcessResult result =
      run_script("compare_spin.sh", {"-n", "2", "--build", build_dir().string()});
  CHECK(result.exit_status == 0);
  CHECK(result.err == "");
  CHECK(result.out.starts_with("| tool | program | n | result | seconds | peak MB |"));
  CHECK(contains(result.out, "| simcheck | W(2) | 2 | 6 executions, 36 transitions |"));
  CHECK(contains(result.out, "| simcheck | fixed, zeroes | 2 | 4 executions, 56 transitions |"));
  CHECK(contains(result.out, "| SPIN, states merged, no reduction | W(2) | 2 | 16 states, "));
}

TEST_CASE("compare_spin.sh without SPIN says what to install") {
  const TempDir bin;
  for (const char* tool : {"basename", "dirname", "mktemp", "rm"})
    fs::create_symlink(fs::path("/usr/bin") / tool, bin / tool);
  const ProcessResult result = run_process(
      {"env", "PATH=" + bin.path().string(), "/bin/bash", source_dir() / "bench/compare_spin.sh"});
  CHECK(result.exit_status == 69);
  CHECK(result.err == "compare_spin.sh: needs spin; on Debian: apt-get install spin\n");
}

TEST_CASE("growth.sh goes through all drivers, and names the bound of a search that was cut") {
  const std::string build = build_dir();
  const ProcessResult all = run_script("growth.sh", {"-n", "2", "--build", build});
  CHECK(all.exit_status == 0);
  CHECK(all.err == "");
  CHECK(contains(all.out, "| buggy | zeroes | 2 | violated | 4 | 56 |"));
  CHECK(contains(all.out, "| fixed | zeroes | 2 | holds | 2 | 28 |"));
  CHECK(contains(all.out, "| serialized | flush | 2 | holds | "));

  const ProcessResult cut =
      run_script("growth.sh", {"--driver", "serialized", "--kind", "flush", "--symmetry", "off",
                               "--limit-s", "1", "--build", build});
  CHECK(cut.exit_status == 0);
  CAPTURE(cut.out);
  // A machine that is busy enough is cut before anything was exercised.
  CHECK(contains(cut.out, ", bounded: 1 s | > "));
}

TEST_CASE("options that make no sense are refused with the usage") {
  for (const std::string script : {"compare_spin.sh", "growth.sh"}) {
    CHECK(run_script(script, {"--help"}).out.starts_with("usage: bench/" + script));
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"-n", "0"}, {"-n", "x"}, {"-n"}, {"--nope", "1"}}) {
      const ProcessResult result = run_script(script, arguments);
      CHECK(result.exit_status == 2);
      CHECK(result.err.starts_with(script + ": "));
      CHECK(contains(result.err, "usage: bench/" + script));
    }
  }
}

TEST_CASE("log_verify.sh measures logs of several kinds") {
  const ProcessResult result =
      run_script("log_verify.sh", {"--mib", "2", "--build", build_dir().string()});
  CHECK(result.exit_status == 0);
  CHECK(result.err == "");
  CHECK(contains(result.out, "writes of  4096 bytes,    2 MiB: cat "));
  CHECK(contains(result.out, "sparse log of 96 GiB: "));
}

}  // namespace simcheck::test
