// Binary traces of the kernel's blktrace, made by hand: a container has no block devices to trace.
#include "traces/blktrace.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "tests/support/rapidcheck.hpp"
#include "tests/traces/texts.hpp"

namespace simcheck::test {
namespace {

constexpr std::uint32_t kQueue = 1, kIssue = 7, kComplete = 8;
constexpr std::uint32_t kRead = 1U << 16, kWrite = 1U << 17, kFlush = 1U << 18, kNotify = 1U << 26,
                        kDiscard = 1U << 29, kFua = 1U << 31;

struct Event {
  std::uint32_t action = 0;
  std::uint64_t sector = 0;
  std::uint32_t bytes = 0;
  std::uint64_t time = 0;
  std::uint32_t device = 8 << 20;
  std::uint16_t data = 0;  // bytes behind the event
};

class Writer {
 public:
  explicit Writer(bool is_big_endian = false) : is_big_endian_(is_big_endian) {}

  Writer& add(const Event& event, std::uint32_t version = 7) {
    put(0x65617400 | version, 4);
    put(1, 4);
    put(event.time, 8);
    put(event.sector, 8);
    put(event.bytes, 4);
    put(event.action, 4);
    put(77, 4);
    put(event.device, 4);
    put(0, 4);
    put(0, 2);
    put(event.data, 2);
    bytes_.insert(bytes_.end(), event.data, std::byte{0x65});
    return *this;
  }
  traces::Result read() const { return traces::read_blktrace(bytes_); }
  std::vector<std::byte>& bytes() { return bytes_; }

 private:
  void put(std::uint64_t value, unsigned width) {
    for (unsigned i = 0; i < width; ++i) {
      const unsigned shift = 8 * (is_big_endian_ ? width - 1 - i : i);
      bytes_.push_back(static_cast<std::byte>(value >> shift));
    }
  }

  bool is_big_endian_;
  std::vector<std::byte> bytes_;
};

Writer sample(bool is_big_endian) {
  return Writer(is_big_endian)
      .add({kNotify | 0, 0, 0, 0, 0, 13})
      .add({kQueue | kWrite, 8, 4096, 10})
      .add({kIssue | kWrite, 8, 4096, 11})
      .add({kQueue | kRead, 16, 4096, 12})
      .add({kComplete | kWrite, 8, 4096, 20, 8 << 20, 5})
      .add({kQueue | kWrite | kFlush, 0, 0, 21})
      .add({kQueue | kWrite | kFlush | kFua, 24, 512, 22})
      .add({kQueue | kWrite | kDiscard, 2048, 1 << 20, 23});
}

}  // namespace

TEST_CASE("requests as they were queued; a flush with data is a flush, then the write") {
  for (const bool is_big_endian : {false, true}) {
    const auto result = sample(is_big_endian).read();
    CHECK(text_of(result) == "write 4k 4k, flush, flush, write 12k 512 fua, discard 1m 1m");
    CHECK(omissions_of(result) == "1 read");
  }
}

TEST_CASE("events of several processors are put in order of their times") {
  const auto result = Writer()
                          .add({kQueue | kWrite, 2, 512, 30})
                          .add({kQueue | kWrite, 1, 512, 20})
                          .add({kQueue | kWrite, 3, 512, 30})
                          .read();
  CHECK(text_of(result) == "write 512 512, write 1k 512, write 1536 512");
}

TEST_CASE("a trace without queueing gives what was issued, and says so") {
  const auto result = Writer().add({kIssue | kWrite, 1, 512}).read();
  CHECK(text_of(result) == "write 512 512");
  CHECK(std::get<traces::Trace>(result).remarks.size() == 1);
}

TEST_CASE("of several devices the first one's requests") {
  const auto result = Writer()
                          .add({kQueue | kWrite, 1, 512})
                          .add({kQueue | kWrite, 2, 512, 1, 253 << 20 | 3})
                          .read();
  CHECK(text_of(result) == "write 512 512");
  CHECK(omissions_of(result) == "1 request of device 253:3");
}

TEST_CASE("errors name the byte") {
  Writer cut = sample(false);
  cut.bytes().pop_back();
  CHECK(text_of(cut.read()) == "error: byte 354: the trace ends within an event");
  Writer garbled = sample(false);
  garbled.bytes()[48 + 13 + 1] = std::byte{0};
  CHECK(text_of(garbled.read()) == "error: byte 61: no event begins where one should");
  CHECK(text_of(Writer().read()) == "error: byte 0: no event begins where one should");
  CHECK(text_of(Writer().add({}, 8).read()) ==
        "error: byte 0: the event is of version 8; 7 is known");
  CHECK(text_of(Writer().add({kComplete | kWrite, 1, 512}).read()) ==
        "error: the trace holds no requests that write");
  CHECK(text_of(Writer().add({kQueue | kWrite, UINT64_MAX, 512}).read()) ==
        "error: byte 0: the request lies past 2^61");
}

RC_TEST_CASE("any bytes behind a sound trace give a workload or an error",
             [](const std::vector<std::uint8_t>& more) {
               Writer writer = sample(false);
               for (const std::uint8_t byte : more) writer.bytes().push_back(std::byte{byte});
               writer.read();
             });

}  // namespace simcheck::test
