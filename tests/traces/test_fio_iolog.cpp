// fio's I/O logs: both versions, the quirks of fio 3.33, logs that fio writes here and now, and
// what is wrong with a text.
#include "traces/fio_iolog.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"
#include "tests/support/rapidcheck.hpp"
#include "tests/traces/texts.hpp"

namespace simcheck::test {
namespace {

const std::string kTwo = "fio version 2 iolog\n";
const std::string kThree = "fio version 3 iolog\n";

std::string iolog(const std::string& text) { return text_of(traces::read_fio_iolog(text)); }

}  // namespace

TEST_CASE("version 2") {
  const auto result = traces::read_fio_iolog(
      kTwo + "f add\nf open\nf write 0 4096\nf trim 8192 512\nf read 0 512\nf sync 0 0\nf close\n");
  CHECK(text_of(result) == "write 0 4k, discard 8k 512, flush");
  CHECK(omissions_of(result) == "1 read");
}

TEST_CASE("version 3 has a time in front, and fio 3.33 gives syncs an offset") {
  CHECK(iolog(kThree + "18 f add\n236 f open\n241 f write 4096 4096\n838 f sync 880640 0\n"
                       "840 f datasync 4096 0\n841 f syncfs 0 0\n3088 f close\n") ==
        "write 4k 4k, flush, flush, flush");
}

TEST_CASE("what is no request that writes is left out and counted") {
  const auto result = traces::read_fio_iolog(
      kTwo +
      "f read 0 1\nf write 0 512\nf wait 100 0\nf sync_file_range 0 512\nf read 0 1\n"
      "f write 512 0\n");
  CHECK(text_of(result) == "write 0 512");
  CHECK(omissions_of(result) == "2 read, 1 wait, 1 sync_file_range, 1 empty write");
}

TEST_CASE("several files lie one behind the other, and names may hold blanks") {
  const auto result = traces::read_fio_iolog(kThree +
                                             "1 my file write 0 4096\n2 b write 0 512\n"
                                             "3 my file write 1048576 512\n4 c d write 512 512\n");
  CHECK(text_of(result) == "write 0 4k, write 2m 512, write 1m 512, write 3146240 512");
  CHECK(std::get<traces::Trace>(result).remarks.size() == 1);
}

TEST_CASE("appended logs run one after the other, of whatever version") {
  const auto result = traces::read_fio_iolog(kTwo + "f write 0 512\nf write 512 512\n" + kThree +
                                             "1 f write 0 512\n");
  CHECK(text_of(result) == "write 0 512, write 512 512 ; write 0 512");
  CHECK(std::get<traces::Trace>(result).format == "fio iolog, version 3");
}

TEST_CASE("errors name the line") {
  CHECK(
      iolog("fio version 1 iolog\n") ==
      "error: line 1: 'fio version 1 iolog' is of a version that is not known; fio 3 writes 2 and "
      "3");
  CHECK(iolog(kTwo + "f wrte 0 512\n").starts_with("error: line 2: 'f wrte 0 512' is neither "));
  CHECK(iolog(kThree + "f write 0 512\n") ==
        "error: line 2: 'f write 0 512' has no time in front, as lines of version 3 have");
  CHECK(iolog(kTwo + "f write 0 99999999999999999999\n").starts_with("error: line 2: "));
  CHECK(iolog(kTwo + "f write 9223372036854775807 512\n").ends_with("ends past 2^62"));
  CHECK(iolog(kTwo + "f read 0 512\n") == "error: the log holds no requests that write");
  CHECK(iolog(kTwo) == "error: the log holds no requests that write");
  CHECK(
      iolog("f write 0 512\n" + kTwo) ==
      "error: line 1: 'f write 0 512' stands before the header, which says 'fio version 3 iolog'");
}

RC_TEST_CASE("any text gives a workload or an error", [](const std::string& text) {
  for (const std::string& header : {std::string(), kTwo, kThree, kTwo + kThree})
    iolog(header + text);
});

TEST_CASE("logs that fio writes: every request that writes is there") {
  const TempDir directory;
  const ProcessResult fio = run_process(
      {"fio", "--name=a", "--filename=f", "--size=1m", "--bs=4k", "--rw=randrw", "--fsync=5",
       "--ioengine=psync", "--number_ios=100", "--write_iolog=log", "--randseed=3"},
      {.directory = directory.path()});
  REQUIRE(fio.exit_status == 0);
  const std::string log = read_file(directory / "log");
  const auto result = traces::read_fio_iolog(log);
  const auto count = [&](const std::string& word) {
    std::size_t found = 0;
    for (std::size_t at = log.find(word); at != log.npos; at = log.find(word, at + 1)) ++found;
    return found;
  };
  REQUIRE(std::holds_alternative<traces::Trace>(result));
  const auto& trace = std::get<traces::Trace>(result);
  CHECK(trace.workload.size() == count(" write ") + count(" sync "));
  CHECK(omissions_of(result) == std::to_string(count(" read ")) + " read");
}

}  // namespace simcheck::test
