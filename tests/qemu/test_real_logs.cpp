// Logs that QEMU writes are accepted, damaged copies are rejected, and they yield the requests that
// were issued.
#include <algorithm>
#include <fstream>
#include <functional>

#include "logs/requests.hpp"
#include "tests/logs/judged.hpp"
#include "tests/qemu/qemu_io.hpp"

namespace simcheck::test {
namespace {

namespace fs = std::filesystem;
using logs::LoggedRequest;
using logs::RequestKind;

std::vector<LoggedRequest> requests_in(const fs::path& path) {
  const auto opened = logs::FileSource::open(path);
  auto result = logs::requests_of(*std::get<0>(opened));
  if (const auto* error = std::get_if<logs::Error>(&result)) FAIL(error->message);
  return std::get<0>(result);
}

// Which of two concurrent requests comes first is the driver's choice.
std::vector<std::string> in_order_of_offset(const std::vector<LoggedRequest>& requests) {
  const char* const names[] = {"write", "zeroes", "discard", "flush"};
  std::vector<LoggedRequest> sorted = requests;
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return a.offset_bytes + a.length_bytes < b.offset_bytes + b.length_bytes;
  });
  std::vector<std::string> lines;
  for (const LoggedRequest& request : sorted) {
    std::string line = names[static_cast<int>(request.kind)];
    if (request.kind != RequestKind::kFlush) {
      line +=
          " " + std::to_string(request.offset_bytes) + "+" + std::to_string(request.length_bytes);
    }
    if (request.fill) line += " of " + std::to_string(*request.fill);
    lines.push_back(line);
  }
  return lines;
}

const std::vector<std::string> kMixed = {
    "aio_write -z 0 8k",      "aio_write -P 1 16k 8k", "aio_write -P 0 32k 8k",
    "aio_write -q -z 48k 8k", "aio_write -P 3 64k 8k", "aio_flush",
    "discard 1M 64k",         "write -P 4 80k 8k",     "flush"};

const std::vector<std::string> kMixedRequests = {"flush",
                                                 "zeroes 0+8192",
                                                 "write 16384+8192 of 1",
                                                 "zeroes 32768+8192",
                                                 "zeroes 49152+8192",
                                                 "write 65536+8192 of 3",
                                                 "write 81920+8192 of 4",
                                                 "discard 1048576+65536"};

TEST_CASE("concurrent requests under each sector size and detect-zeroes") {
  for (const std::string size : {"32", "512", "1024", "4096", "8192"}) {
    for (const std::string detect : {"off", "on", "unmap,discard=unmap"}) {
      for (const std::uint64_t log_bytes : {std::uint64_t{0}, std::uint64_t{64} << 20}) {
        CAPTURE(size);
        CAPTURE(detect);
        CAPTURE(log_bytes);
        const TempDir dir;
        const fs::path log =
            make_log(dir, kMixed,
                     {.driver = "log-sector-size=" + size + ",detect-zeroes=" + detect + ",",
                      .cache = "writeback",
                      .log_bytes = log_bytes});
        const logs::Verdict verdict = judged_file(log);
        CHECK(verdict.findings.empty());
        CHECK(verdict.entries == kMixedRequests.size());
        CHECK(in_order_of_offset(requests_in(log)) == kMixedRequests);
      }
    }
  }
}

TEST_CASE("many in flight, several updates of the superblock") {
  std::vector<std::string> commands;
  for (int i = 0; i < 200; ++i) {
    const std::string at = std::to_string(i * 16) + "k ";
    commands.push_back(i % 3 == 0 ? "aio_write -q -z " + at + "16k"
                                  : "aio_write -q -P 7 " + at + "12k");
    if (i % 40 == 39) commands.push_back("aio_flush");
  }
  const TempDir dir;
  const fs::path log = make_log(dir, commands, {.driver = "log-super-update-interval=3,"});
  const logs::Verdict verdict = judged_file(log);
  CHECK(verdict.findings.empty());
  CHECK(verdict.entries == 201);  // and the flush that closes the log
}

TEST_CASE("append continues a log, without it stale entries lie behind the new ones") {
  const TempDir dir;
  const fs::path log = make_log(dir, kMixed);
  run_qemu_io(dir, kMixed, {.driver = "log-append=on,"});
  CHECK(judged_file(log).findings.empty());
  CHECK(judged_file(log).entries == 2 * kMixedRequests.size());

  run_qemu_io(dir, {"write -q -z 0 512", "flush"});
  const logs::Verdict reused = judged_file(log);
  CHECK(reused.ok());
  CHECK(reused.entries == 2);
}

TEST_CASE("writes that leave unusual entries") {
  const TempDir dir;
  const fs::path log =
      make_log(dir, {"write 0 0", "aio_write -q 8k 0", "aio_flush", "write -q -f 0 1k",
                     "write -q -u -z 4k 4k", "write -q 100 17", "flush", "flush"});
  CHECK(judged_file(log).ok());
}

TEST_CASE("cache=unsafe leaves no superblock") {
  const TempDir dir;
  const fs::path log = make_log(dir, {"write -q 0 4k"}, {.driver = "", .cache = "unsafe"});
  CHECK(errors(judged_file(log)) == "super-missing");
}

class Damaged {
 public:
  Damaged()
      : log_(make_log(dir_,
                      {"write -q -P 1 0 4k", "write -q -z 8k 4k", "write -q -P 2 16k 1k", "flush"},
                      {.driver = "", .cache = "writeback", .log_bytes = 0})) {}

  // Writes `value` into a field of a copy and returns the errors.
  logs::Verdict with(std::uint64_t offset, std::uint64_t value, int bytes = 8) {
    std::string image = read_file(log_);
    for (int i = 0; i < bytes; ++i)
      image.at(offset + i) = static_cast<char>(i < 8 ? value >> (8 * i) : 0);
    return rewritten(image);
  }
  logs::Verdict cut_to(std::size_t bytes) { return rewritten(read_file(log_).substr(0, bytes)); }
  logs::Verdict rewritten(const std::string& image) {
    write_file(dir_ / "copy.img", image);
    return judged_file(dir_ / "copy.img");
  }
  std::string image() const { return read_file(log_); }

 private:
  TempDir dir_;
  fs::path log_;
};

// Sectors: 1 write of 8, 10 zeroes of 8, 19 write of 2, 22 flush.
TEST_CASE("damaged copies of a real log are rejected in the right words") {
  Damaged log;
  REQUIRE(log.image().size() == 23 * 512);
  CHECK(contains(message(log.with(0, 7), "magic"), "magic number is 0x7"));
  CHECK(contains(message(log.with(8, 2), "version"), "format version 2"));
  CHECK(contains(message(log.with(24, 500, 4), "sector-size"), "sector size is 500"));
  CHECK(contains(message(log.with(512 + 16, 64), "flags"), "entry 0 of 4: the header at sector 1"));
  CHECK(
      contains(message(log.with(16, 5), "bounds"), "entry 4 of 5: the header at sector 23 would"));
  CHECK(contains(message(log.with(16, UINT64_MAX), "bounds"), "would lie past the end"));
  CHECK(contains(message(log.with(19 * 512 + 8, 4), "bounds"), "4 data sectors, up to sector 23"));
  CHECK(contains(message(log.with(512 + 8, 1ULL << 55), "overflow"), "overflows 64 bits"));
  CHECK(contains(message(log.cut_to(21 * 512), "bounds"), "entry 2 of 4"));
  CHECK(contains(message(log.with(512 + 8, 3), "length"), "the length should be 8"));
  CHECK(contains(message(log.with(10 * 512, 0, 16), "hole"), "entry 1 was never written"));
}

TEST_CASE("the header that the old driver would have swallowed") {
  // The same four requests with write 2 begun while the zeroes' header was being written.
  Damaged log;
  const std::string sound = log.image();
  const std::string raced = sound.substr(0, 11 * 512) + sound.substr(19 * 512, 3 * 512) +
                            std::string(8 * 512, '\0') + sound.substr(22 * 512);
  const logs::Verdict verdict = log.rewritten(raced);
  CHECK(errors(verdict) == "swallowed-header");
  CHECK(contains(message(verdict, "swallowed-header"),
                 "the header of entry 2 lies inside the data of entry 1"));
}

}  // namespace
}  // namespace simcheck::test
