// Scripts of qemu-io: what runs together, what waits, and what is wrong with a line.
#include "traces/qemu_io.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "tests/support/rapidcheck.hpp"
#include "tests/traces/texts.hpp"

namespace simcheck::test {
namespace {

std::string script(const std::string& text) { return text_of(traces::read_qemu_io_script(text)); }

}  // namespace

TEST_CASE("synchronous commands run one after the other") {
  CHECK(script("write 0 4k\nwrite -z 8k 4k\nflush\n") ==
        "write 0 4k -P 205 ; zeroes 8k 4k ; flush");
}

TEST_CASE("asynchronous ones run together, up to aio_flush") {
  CHECK(script("aio_write -z 0 4k\naio_write -P 1 8k 4k\naio_flush\nflush") ==
        "zeroes 0 4k, write 8k 4k -P 1 ; flush");
}

TEST_CASE("a synchronous one among them waits for itself alone") {
  CHECK(script("aio_write -P1 0 4k\nwrite -P 2 8k 4k\naio_write -P 3 16k 4k\ndiscard 32k 4k\n"
               "aio_flush\nflush\n") ==
        "write 0 4k -P 1, write 8k 4k -P 2 > write 16k 4k -P 3, discard 32k 4k ; flush");
  CHECK(script("aio_write -P 1 0 4k\nflush\nflush\n") == "write 0 4k -P 1, flush > flush");
}

TEST_CASE("flags, sizes and several lengths") {
  CHECK(script("aio_write -qzuf 0x1000 4K") == "zeroes 4k 4k fua");
  CHECK(script("aio_write -qP 0xff 0 1k 1k 2k") == "write 0 4k -P 255");
  CHECK(script("write -f -s pattern 1M 512") == "write 1m 512 fua");
  CHECK(script("w -P 7 0 1G") == "write 0 1g -P 7");
}

TEST_CASE("what is no request that writes is left out and counted") {
  const auto result = traces::read_qemu_io_script(
      "# a comment\n\nopen -o driver=x f\nread 0 4k\naio_read 0 4k\nwrite 0 512\nwrite -b 0 512\n"
      "sleep 5\nread -v 0 512\nquit\nwrite 4k 4k\n");
  CHECK(text_of(result) == "write 0 512 -P 205");
  CHECK(omissions_of(result) == "1 open, 2 read, 1 aio_read, 1 write, 1 sleep");
}

TEST_CASE("what is left out for several reasons is counted apart") {
  const auto result =
      traces::read_qemu_io_script("write -b 0 4k\nwrite -c 0 4k\nwrite -b 4k 4k\nwrite 0 512\n");
  CHECK(omissions_of(result) == "2 write, 1 write");
  const auto& omissions = std::get<traces::Trace>(result).omissions;
  CHECK(omissions.at(0).why == "it writes to the VM state, not to the disk");
  CHECK(omissions.at(1).why == "it writes compressed data");
}

TEST_CASE("errors name the line") {
  CHECK(script("flush\nwrit 0 4k\n") == "error: line 2: 'writ' is no command of qemu-io");
  CHECK(script("write 0\n") == "error: line 1: write needs an offset and a length");
  CHECK(script("write -P 256 0 1\n") == "error: line 1: -P takes a byte, 0 to 255, not '256'");
  CHECK(script("write -k 0 1\n") == "error: line 1: -k is no flag of write");
  CHECK(script("write -P\n") == "error: line 1: -P needs a value");
  CHECK(script("write 0 x\n") ==
        "error: line 1: 'x' is no offset or length, such as 4096, 64k or 0x1000");
  CHECK(script("read 0 1\n") == "error: the script holds no requests that write");
}

RC_TEST_CASE("any text gives a workload or an error", [](const std::string& text) {
  for (const char* const start : {"", "write ", "aio_write -P ", "discard 0 "})
    script(start + text);
});

}  // namespace simcheck::test
