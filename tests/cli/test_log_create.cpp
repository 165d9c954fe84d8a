// `simcheck log create`: images that verify, or do not, as asked for; and files that are left
// alone.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

using Strings = std::vector<std::string>;

ProcessResult log(const TempDir& directory, Strings arguments) {
  arguments.insert(arguments.begin(), "log");
  return simcheck(arguments, {.directory = directory.path()});
}

}  // namespace

TEST_CASE("an image verifies, and gives its requests back") {
  const TempDir directory;
  const ProcessResult created =
      log(directory, {"create", "log.img", "--workload", "write 0 4k -P 9 ; zeroes 8k 4k ; flush"});
  CHECK(created.exit_status == 0);
  CHECK(created.out == "log.img: 3 entries by fixed, 20 log sectors of 512 bytes\n");
  CHECK(log(directory, {"verify", "log.img"}).exit_status == 0);
  const auto check = simcheck({"--workload", "log.img", "--json"}, {.directory = directory.path()});
  CHECK(check.out.find("\"write 0 4k -P 9, zeroes 8k 4k, flush\"") != std::string::npos);
}

TEST_CASE("the same options give the same bytes, whatever is in flight together") {
  const TempDir directory;
  for (const char* const name : {"a", "b"})
    CHECK(log(directory, {"create", name, "-q", "--driver=serialized", "--depth=8",
                          "--workload=50*write, 50*zeroes"})
              .out == "");
  CHECK(read_file(directory / "a") == read_file(directory / "b"));
  CHECK(log(directory, {"verify", "a"}).exit_status == 0);
}

TEST_CASE("a clean close flushes, unless there is nothing to flush; a kill does not") {
  const TempDir directory;
  const auto entries = [&](Strings arguments) {
    arguments.insert(arguments.begin(), {"create", "log.img", "--force"});
    const std::string out = log(directory, arguments).out;
    return out.substr(9, out.find(" by ") - 9);
  };
  CHECK(entries({"--workload=write"}) == "2 entries");
  CHECK(entries({"--workload=write ; flush"}) == "2 entries");
  CHECK(entries({"--workload=write", "--killed"}) == "1 entry");
  CHECK(log(directory, {"verify", "log.img"}).out.find("super-missing") != std::string::npos);
  CHECK(entries({"--workload=write ; flush", "--straight"}) == "3 entries");
}

TEST_CASE("a mark stands behind the last entry and is counted") {
  const TempDir directory;
  const auto created = log(directory, {"create", "log.img", "--mark=here"});
  CHECK(created.exit_status == 0);
  CHECK(contains(created.out, "log.img: 5 entries"));
  CHECK(log(directory, {"verify", "log.img", "--strict"}).exit_status == 0);
  // A file has no end that a log could have reached.
  CHECK(contains(log(directory, {"verify", "log.img", "--producer", "kernel"}).out,
                 "still in use, cut off by a crash, or full, if its device was no longer"));
  const std::string dump = log(directory, {"dump", "log.img"}).out;
  CHECK(dump.find("MARK \"here\"") != std::string::npos);
  CHECK(dump.find("5 entries") != std::string::npos);
  const auto longer = log(directory, {"create", "x", "--mark=" + std::string(500, 'x')});
  CHECK(longer.exit_status == 2);
  CHECK(longer.err.find("1 to 479 bytes") != std::string::npos);
}

TEST_CASE("a mark that the log's sectors have no room for is refused") {
  const TempDir directory;
  const std::string none = log(directory, {"create", "x", "--mark=a", "--log-sector-size=32"}).err;
  CHECK(none ==
        "simcheck: --mark: log sectors of 32 bytes have no room for a name; give a larger "
        "--log-sector-size\n");
  // The sectors are those of the log whose requests are used.
  CHECK(log(directory, {"create", "64", "--log-sector-size=64"}).exit_status == 0);
  const auto of_64 = [&](const std::string& mark) {
    return log(directory, {"create", "x", "--workload=./64", "--mark=" + mark});
  };
  const std::string longer = of_64(std::string(32, 'x')).err;
  CHECK(contains(longer, "--mark: a name has 1 to 31 bytes with log sectors of 64 bytes"));
  CHECK(!std::filesystem::exists(directory / "x"));
  CHECK(of_64(std::string(31, 'x')).exit_status == 0);
  CHECK(log(directory, {"verify", "x"}).exit_status == 0);
}

TEST_CASE("requests that fail are no part of an image, so there is none") {
  const TempDir directory;
  for (const char* const workload :
       {"--workload=zeroes 0 1t", "--workload=write ; discard 100 300"}) {
    for (const char* const quiet : {"-q", "--force"}) {
      const auto created = log(directory, {"create", "log.img", workload, quiet});
      CAPTURE(created.err);
      CHECK(created.exit_status == 2);
      CHECK(contains(created.err, "and the image would lack them"));
      CHECK_FALSE(std::filesystem::exists(directory / "log.img"));
    }
  }
}

TEST_CASE("what was not logged makes an empty file, and says so") {
  const TempDir directory;
  const auto created = log(directory, {"create", "log.img", "--workload=flush"});
  CHECK(contains(created.out, "0 entries by fixed, 0 log sectors of 512 bytes: an empty file"));
}

TEST_CASE("a broken driver's image is written, told, and found out by verify") {
  const TempDir directory;
  const auto created =
      log(directory, {"create", "log.img", "--driver=buggy", "--depth=2", "--workload=2*zeroes"});
  CHECK(created.exit_status == 0);
  CHECK(created.out.find("\nbreaks no-overlap: ") != std::string::npos);
  const auto verified = log(directory, {"verify", "log.img"});
  CHECK(verified.exit_status == 1);
  CHECK(verified.out.find("swallowed-header") != std::string::npos);
}

TEST_CASE("what is there is replaced by force only, and bad input leaves nothing behind") {
  const TempDir directory;
  write_file(directory / "log.img", "mine");
  const auto refused = log(directory, {"create", "log.img"});
  CHECK(refused.exit_status == 2);
  CHECK(refused.err == "simcheck: 'log.img' exists; --force replaces it\n");
  CHECK(read_file(directory / "log.img") == "mine");
  CHECK(log(directory, {"create", "."}).err == "simcheck: '.': exists and is no regular file\n");
  CHECK(log(directory, {"create", "log.img", "--force"}).exit_status == 0);
  CHECK(read_file(directory / "log.img") != "mine");
  CHECK(log(directory, {"create", "new", "--workload=wrte"}).exit_status == 2);
  CHECK(log(directory, {"create", "none/new"}).exit_status == 2);
  CHECK_FALSE(std::filesystem::exists(directory / "new"));
}

}  // namespace simcheck::test
