// --save-log and --save-data: what they write, and that they write all or nothing.

#include <doctest/doctest.h>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "cli/atomic_file.hpp"
#include "cli/usage_error.hpp"
#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

std::vector<std::byte> bytes_of(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

int verify(const std::filesystem::path& image) {
  return simcheck({"log", "verify", image.string()}).exit_status;
}

}  // namespace

TEST_CASE("the log of a counterexample is rejected, that of a sound driver accepted") {
  const TempDir directory;
  const std::string image = directory / "log.img";
  for (const char* sector_size : {"32", "512", "4k", "64k"}) {
    CAPTURE(sector_size);
    const std::vector<std::string> rest = {"--workload", "write, zeroes, write", "--save-log",
                                           image,        "--log-sector-size",    sector_size};
    std::vector<std::string> arguments = {"--driver", "buggy"};
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    CHECK(simcheck(arguments).exit_status == 1);
    CHECK(verify(image) == 1);
    arguments[1] = "fixed";
    CHECK(simcheck(arguments).exit_status == 0);
    CHECK(verify(image) == 0);
  }
}

TEST_CASE("a power cut saves the image that breaks the promise, and a replay of it the same") {
  const TempDir directory;
  const std::string image = directory / "log.img", again = directory / "again.img";
  const std::vector<std::string> cut = {"--driver",   "serialized", "--faults",   "cut",
                                        "--workload", "flush",      "--save-log", image};
  const ProcessResult found = simcheck(cut);
  CHECK(found.exit_status == 1);
  // The header of the one entry that is counted was lost.
  const std::string verdict = simcheck({"log", "verify", image}).out;
  CHECK(contains(verdict, "blank-header"));
  CHECK(contains(verdict, "or the end of what a power cut left"));
  CHECK(simcheck({"log", "verify", image, "--strict"}).exit_status == 1);
  CHECK(contains(found.out, "--replay 's1:0*6.1'"));
  std::vector<std::string> repeat = cut;
  repeat.back() = again;
  repeat.insert(repeat.end(), {"--replay", "s1:0*6.1"});
  CHECK(simcheck(repeat).exit_status == 1);
  CHECK(read_file(again) == read_file(image));
}

TEST_CASE("a replay saves the log of its schedule") {
  const TempDir directory;
  const std::string image = directory / "log.img";
  const std::vector<std::string> sequential = {
      "--driver", "buggy",      "--workload", "zeroes 0 4k, write 8k 4k",
      "--replay", "s1:0*7.1*5", "--save-log", image};
  CHECK(simcheck(sequential).exit_status == 3);
  CHECK(verify(image) == 0);
}

TEST_CASE("--save-data is what the same execution leaves: the log of it verifies against it") {
  const TempDir directory;
  const std::string log = directory / "log.img", data = directory / "data.img";
  const std::vector<std::string> both = {"--save-log", log, "--save-data", data};
  for (const char* const workload :
       {"write, zeroes, write", "write 64k 4k -P 7 ; discard 64k 4k"}) {
    CAPTURE(workload);
    std::vector<std::string> arguments = {"--driver", "fixed", "--workload", workload};
    arguments.insert(arguments.end(), both.begin(), both.end());
    CHECK(simcheck(arguments).exit_status == 0);
    CHECK(simcheck({"log", "verify", log, "--data", data}).exit_status == 0);
  }
  std::vector<std::string> race = {"--driver", "buggy", "--workload", "zeroes, write", "-q"};
  race.insert(race.end(), both.begin(), both.end());
  CHECK(simcheck(race).exit_status == 1);
  CHECK(read_file(data).substr(0, 4096) == std::string(4096, '\0'));
  CHECK(read_file(data).substr(8192, 4096) != std::string(4096, '\0'));
}

TEST_CASE("of a power cut, --save-data is what the same cut leaves on the data device") {
  const TempDir directory;
  const std::string data = directory / "data.img";
  const ProcessResult found = simcheck({"--driver", "serialized", "--faults", "cut", "--workload",
                                        "write 900g 4k, flush", "--save-data", data});
  CHECK(found.exit_status == 1);
  CHECK(std::filesystem::file_size(data) % 4096 == 0);  // and not after an hour
}

TEST_CASE("a write far out costs --save-data nothing") {
  const TempDir directory;
  const std::string data = directory / "data.img";
  CHECK(simcheck({"--driver", "fixed", "--workload", "write 900g 4k", "--save-data", data})
            .exit_status == 0);
  struct stat status {};
  REQUIRE(stat(data.c_str(), &status) == 0);
  CHECK(status.st_size == (900LL << 30) + 4096);
  CHECK(status.st_blocks * 512 < 1 << 20);
}

TEST_CASE("what lies at the path is replaced as a whole, and links are followed") {
  const TempDir directory;
  write_file(directory / "old", std::string(100000, 'x'));
  std::filesystem::create_symlink("old", directory / "link");
  cli::AtomicFile file(directory / "link");
  file.write(bytes_of("new"));
  CHECK(read_file(directory / "old").size() == 100000);
  file.commit();
  CHECK(read_file(directory / "old") == "new");
  CHECK(std::filesystem::is_symlink(directory / "link"));
}

TEST_CASE("who could not read what was there cannot read what replaces it") {
  const TempDir directory;
  const std::string path = directory / "secret";
  write_file(path, "old");
  REQUIRE(chmod(path.c_str(), 0600) == 0);
  cli::AtomicFile file(path);
  file.write(bytes_of("new"));
  file.commit();
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);
}

TEST_CASE("a name may be as long as the file system allows") {
  const TempDir directory;
  const std::string name(255, 'n');
  for (const char* const content : {"old", "new"}) {
    cli::AtomicFile file(directory / name);
    file.write(bytes_of(content));
    file.commit();
    CHECK(read_file(directory / name) == content);
  }
  CHECK(simcheck({"--depth", "1", "-q", "--html", directory / name}).exit_status == 0);
  CHECK(read_file(directory / name).size() > 3);
}

TEST_CASE("two files that take their places at once do not meet") {
  const TempDir directory;
  const auto write = [&](const char* name) {
    for (int i = 0; i < 200; ++i) {
      cli::AtomicFile file(directory / name);
      file.write(bytes_of(name));
      file.commit();
    }
  };
  {
    const std::jthread other(write, "a");
    write("b");
  }
  CHECK(read_file(directory / "a") + read_file(directory / "b") == "ab");
}

TEST_CASE("a file that has the temporary name stays") {
  const TempDir directory;
  const std::string taken = directory / fmt::format(".simcheck-{}-0", getpid());
  write_file(taken, "mine");
  cli::AtomicFile file(directory / "file");
  file.write(bytes_of("new"));
  file.commit();
  CHECK(read_file(taken) == "mine");
  CHECK(read_file(directory / "file") == "new");
}

TEST_CASE("without commit nothing is left") {
  const TempDir directory;
  { cli::AtomicFile(directory / "file").write(bytes_of("abc")); }
  CHECK(std::filesystem::is_empty(directory.path()));
}

TEST_CASE("zeroes become holes, and the end is kept") {
  const TempDir directory;
  const std::string path = directory / "file";
  cli::AtomicFile file(path);
  const std::vector<std::byte> zeroes(1 << 20);
  for (int i = 0; i < 64; ++i) file.write(zeroes);
  file.commit();
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  CHECK(status.st_size == 64 << 20);
  CHECK(status.st_blocks * 512 < 1 << 20);
}

}  // namespace simcheck::test
