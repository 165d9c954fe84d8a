// Binary traces as blkparse reads and writes them: what the kernel's own reader takes for a request
// is one for ours.
#include <doctest/doctest.h>

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"
#include "tests/traces/texts.hpp"
#include "traces/blktrace.hpp"

namespace simcheck::test {
namespace {

constexpr std::uint32_t kQueue = 1, kIssue = 7, kComplete = 8;
constexpr std::uint32_t kRead = 1U << 16, kWrite = 1U << 17, kFlush = 1U << 18, kNotify = 1U << 26,
                        kDiscard = 1U << 29, kFua = 1U << 31;

void put(std::string& bytes, std::uint64_t value, unsigned width) {
  for (unsigned i = 0; i < width; ++i) bytes.push_back(static_cast<char>(value >> (8 * i)));
}

std::string event(std::uint32_t action, std::uint64_t sector, std::uint32_t length,
                  std::uint64_t time, const std::string& data = "") {
  std::string bytes;
  put(bytes, 0x65617407, 4);
  put(bytes, time, 4);
  put(bytes, time, 8);
  put(bytes, sector, 8);
  put(bytes, length, 4);
  put(bytes, action, 4);
  put(bytes, 77, 4);
  put(bytes, 8 << 20, 4);
  put(bytes, 0, 4);
  put(bytes, 0, 2);
  put(bytes, data.size(), 2);
  return bytes + data;
}

const std::string kTrace =
    event(kNotify, 0, 0, 0, std::string("program\0", 8)) + event(kQueue | kWrite, 8, 4096, 10) +
    event(kIssue | kWrite, 8, 4096, 11) + event(kQueue | kRead, 16, 4096, 12) +
    event(kComplete | kWrite, 8, 4096, 20) + event(kQueue | kWrite | kFlush, 0, 0, 21) +
    event(kQueue | kWrite | kFlush | kFua, 24, 512, 22) +
    event(kQueue | kWrite | kFua, 32, 512, 23) +
    event(kQueue | kWrite | kDiscard, 2048, 1 << 20, 24);

traces::Result read(const std::string& bytes) {
  return traces::read_blktrace(std::as_bytes(std::span(bytes)));
}

// "FW", as in blkparse's column RWBS: a preflush, the kind, FUA behind it.
std::string request_of(const std::string& rwbs, const std::string& place) {
  std::string text;
  if (rwbs.front() == 'F') text = "flush";
  const std::string rest = rwbs.front() == 'F' ? rwbs.substr(1) : rwbs;
  if (place == "0 0") return text;
  std::istringstream in(place);
  std::uint64_t sector = 0, bytes = 0;
  in >> sector >> bytes;
  model::Request request{.kind = rest[0] == 'D' ? sim::IoKind::kDiscard : sim::IoKind::kWrite,
                         .offset = sector * 512,
                         .length = bytes,
                         .fua = rest.ends_with('F')};
  return text + (text.empty() ? "" : ", ") + model::to_text(request);
}

}  // namespace

TEST_CASE("blkparse names the same requests, and what it puts together reads as the same") {
  const TempDir dir;
  write_file(dir / "sda.blktrace.0", kTrace);
  const ProcessResult parsed =
      run_process({"blkparse", "-q", "-i", "sda", "-d", "together", "-f", "%a %d %S %N\n"},
                  {.input = {}, .directory = dir.path(), .extra_env = {}});
  INFO(parsed.err);
  REQUIRE(parsed.exit_status == 0);
  std::string requests;
  std::istringstream lines(parsed.out);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string action, rwbs, place;
    words >> action >> rwbs >> std::ws;
    std::getline(words, place);
    if (action != "Q" || rwbs == "R") continue;
    requests += (requests.empty() ? "" : ", ") + request_of(rwbs, place);
  }
  CHECK(text_of(read(kTrace)) == requests);
  CHECK(requests ==
        "write 4k 4k, flush, flush, write 12k 512 fua, write 16k 512 fua, discard 1m 1m");
  CHECK(text_of(read(read_file(dir / "together"))) == requests);
}

}  // namespace simcheck::test
