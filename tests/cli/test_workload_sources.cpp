// Where workloads come from: text, files, pipes, log images; and the windows of long ones.

#include <doctest/doctest.h>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "logs/writer.hpp"
#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

using Strings = std::vector<std::string>;

Strings workloads_of(Strings arguments, const std::filesystem::path& directory = {}) {
  arguments.push_back("--json");
  const ProcessResult result = simcheck(arguments, {.directory = directory});
  CAPTURE(result.err);
  REQUIRE(result.exit_status != 2);
  Strings texts;
  const auto document = nlohmann::json::parse(result.out);
  for (const auto& part : document["workloads"]) texts.push_back(part["workload"]);
  return texts;
}

std::vector<std::byte> sectors_of(unsigned char fill, std::size_t count, std::size_t size) {
  return std::vector<std::byte>(count * size, std::byte{fill});
}

}  // namespace

TEST_CASE("texts") {
  CHECK(workloads_of({"--workload", "zeroes, write -f ; flush"}) ==
        Strings{"zeroes 0 4k, write 8k 4k fua ; flush"});
  CHECK(workloads_of({"--depth", "1", "--workload", "default"}) == workloads_of({"--depth", "1"}));
}

TEST_CASE("requests without a length are whole sectors of the log") {
  CHECK(workloads_of({"--workload", "2*zeroes", "--log-sector-size", "64k"}) ==
        Strings{"zeroes 0 64k, zeroes 128k 64k"});
  CHECK(workloads_of({"--depth", "1", "--log-sector-size", "8k"}).front() == "write 0 8k");
}

TEST_CASE("a replay has room for what --save-log and a power cut add") {
  const TempDir directory;
  const auto replay = [&](const char* requests, const Strings& more) {
    const Strings all = {"-q", "--replay", "s1:0", "--workload", requests};
    return simcheck(with(all, more), {.directory = directory.path()});
  };
  CHECK(replay("64*write", {}).exit_status == 3);
  CHECK(replay("63*write", {"--faults", "cut"}).exit_status == 3);
  CHECK(replay("62*write", {"--faults", "cut", "--save-log", "log"}).exit_status == 3);
  const auto refused = [&](const char* requests, const Strings& more) {
    const ProcessResult result = replay(requests, more);
    CHECK(result.exit_status == 2);
    return result.err;
  };
  const std::string error = "simcheck: --replay: the workload has ";
  CHECK(refused("64*write", {"--faults", "cut"}) ==
        error + "64 requests, at most 63 can run with --faults cut\n");
  CHECK(refused("64*write", {"--save-log", "log"}) ==
        error + "64 requests, at most 63 can run with --save-log\n");
  CHECK(refused("64*write", {"--save-data", "data"}) ==
        error + "64 requests, at most 63 can run with --save-data\n");
  CHECK(refused("63*write", {"--faults", "cut", "--save-log", "log"}) ==
        error + "63 requests, at most 62 can run with --save-log and --faults cut\n");
}

TEST_CASE("many requests that were given in short are told so") {
  const std::string many = simcheck({"--workload", "500*write", "--max-executions", "1"}).out;
  CHECK(many.find("\nworkloads  500*write (") != std::string::npos);
  const std::string few = simcheck({"--workload", "3*write"}).out;
  CHECK(few.find("\nworkloads  write 0 4k, write 8k 4k, write 16k 4k (1 workload)\n") !=
        std::string::npos);
  CHECK(simcheck({"simulate", "--workload", "500*write"}).out.find("at once: 500*write\n") !=
        std::string::npos);
}

TEST_CASE("files and pipes of text") {
  const TempDir directory;
  write_file(directory / "list", "# two\nwrite 0 4k;\nflush # last\n");
  CHECK(workloads_of({"--workload", "list"}, directory.path()) == Strings{"write 0 4k ; flush"});
  CHECK(shell("echo 'flush' | \"$simcheck\" -q --workload /dev/stdin").out == "holds (complete)\n");
}

TEST_CASE("a file whose name is a workload needs a path") {
  const TempDir directory;
  write_file(directory / "flush", "discard");
  CHECK(workloads_of({"--workload", "flush"}, directory.path()) == Strings{"flush"});
  CHECK(workloads_of({"--workload", "./flush"}, directory.path()) == Strings{"discard 0 4k"});
}

TEST_CASE("lists longer than the depth are cut into windows, and the verdict says so") {
  const ProcessResult result =
      simcheck({"--depth", "2", "--workload", "write ; zeroes, discard", "-q"});
  CHECK(result.out == "holds (bounded: windows of 2)\n");
  CHECK(workloads_of({"--depth", "2", "--workload", "write ; zeroes, discard"}) ==
        Strings{"write 0 4k ; zeroes 8k 4k", "zeroes 8k 4k, discard 16k 4k"});
}

TEST_CASE("the entries of a log image become requests, in sectors of its size") {
  const TempDir directory;
  logs::ImageWriter log(1024);
  log.append_write(4, sectors_of(7, 2, 1024));
  log.append_zeroes(8, 1);
  log.append_discard(16, 4);
  log.append_mark("ready");
  log.append_flush();
  REQUIRE(!log.save(directory / "log.img"));
  CHECK(workloads_of({"--workload", "log.img"}, directory.path()) ==
        Strings{"write 4k 2k -P 7, zeroes 8k 1k, discard 16k 4k, flush"});
  CHECK(workloads_of({"--workload", "log.img", "--depth", "3"}, directory.path()) ==
        Strings{"write 4k 2k -P 7, zeroes 8k 1k, discard 16k 4k",
                "zeroes 8k 1k, discard 16k 4k, flush"});
  const ProcessResult found =
      simcheck({"--driver", "buggy", "--workload", "log.img"}, {.directory = directory.path()});
  CHECK(found.exit_status == 1);
  CHECK(found.out.find("--log-sector-size 1024") != std::string::npos);
}

TEST_CASE("log images that are no workload") {
  const TempDir directory;
  REQUIRE(!logs::ImageWriter().save(directory / "none.img"));
  logs::ImageWriter broken;
  broken.append_flush();
  broken.super().nr_entries = UINT64_MAX;
  REQUIRE(!broken.save(directory / "broken.img"));
  for (const char* image : {"none.img", "broken.img"}) {
    const ProcessResult result = simcheck({"--workload", image}, {.directory = directory.path()});
    CHECK(result.exit_status == 2);
    CHECK(result.out == "");
    CHECK(result.err.starts_with("simcheck: --workload: '" + std::string(image) + "': the log "));
  }
}

TEST_CASE("fio logs, qemu-io scripts and blktrace records are known by their content") {
  const TempDir directory;
  write_file(directory / "fio", "fio version 3 iolog\n1 f write 0 4096\n2 f read 0 512\n");
  write_file(directory / "script", "aio_write -z 0 4k\nwrite -P 1 8k 4k\ndiscard 16k 4k\n");
  write_file(directory / "broken", "write 0 4k\nwrit 0 4k\n");
  write_file(directory / "cut", std::string("\x07tae\0\0", 6));
  CHECK(workloads_of({"--workload", "fio"}, directory.path()) == Strings{"write 0 4k"});
  CHECK(workloads_of({"--workload", "script"}, directory.path()) ==
        Strings{"zeroes 0 4k, write 8k 4k -P 1 > discard 16k 4k"});
  const auto error = [&](const char* file) {
    return simcheck({"--workload", file}, {.directory = directory.path()}).err;
  };
  CHECK(error("broken") ==
        "simcheck: --workload: 'broken': line 2: 'writ' is no command of qemu-io\n");
  write_file(directory / "lines", "write 0 4k fua\nflush\n");
  CHECK(contains(error("lines"),
                 "'fua' is no offset or length, such as 4096, 64k or 0x1000 (read as"));
  CHECK(error("cut") == "simcheck: --workload: 'cut': byte 0: the trace ends within an event\n");
  CHECK(error("fio") ==
        "simcheck: note: --workload: 1 x read left out: it changes nothing and is not logged\n");
  write_file(directory / "reasons", "write -b 0 4k\nwrite -c 0 4k\nflush\n");
  CHECK(error("reasons") ==
        "simcheck: note: --workload: 1 x write left out: it writes to the VM state, not to the "
        "disk\nsimcheck: note: --workload: 1 x write left out: it writes compressed data\n");
}

TEST_CASE("lists too long to explore are simulated whole") {
  const TempDir directory;
  std::string log = "fio version 2 iolog\n";
  for (int i = 0; i < 70'000; ++i) log += "f write " + std::to_string(i % 100 * 4096) + " 4096\n";
  write_file(directory / "long", log);
  const auto explored = simcheck({"--workload", "long"}, {.directory = directory.path()});
  CHECK(explored.exit_status == 2);
  CHECK(explored.err.find("'simcheck simulate' runs them all") != std::string::npos);
  const auto simulated =
      simcheck({"simulate", "--workload", "long"}, {.directory = directory.path()});
  CHECK(simulated.exit_status == 0);
  CHECK(simulated.out.find("70,000 requests") != std::string::npos);
}

}  // namespace simcheck::test
