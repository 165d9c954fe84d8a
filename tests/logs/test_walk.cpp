// Walks over sound logs, blank headers and bytes that are no log.
#include "logs/walk.hpp"

#include "tests/logs/judged.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::logs {
namespace {

HeaderFault fault_of_header(const EntryHeader& header, std::uint32_t sector_size = 512) {
  ImageWriter image(sector_size);
  image.append_header(header);
  image.grow_to(100 * sector_size);
  const std::vector<std::byte> bytes = image.bytes();
  const MemorySource source(bytes);
  SectorReader reader(source, sector_size);
  return fault_of(reader, {0, 1, reader.header_at(1)});
}

TEST_CASE("what can be a header") {
  CHECK(fault_of_header({0, 0, 0, 0}) == HeaderFault::kNone);
  CHECK(fault_of_header({5, 98, 31 & ~kFlagMark, 0}) == HeaderFault::kNone);
  CHECK(fault_of_header({5, 99, 0, 0}) == HeaderFault::kBounds);
  CHECK(fault_of_header({5, 1ULL << 40, kFlagDiscard, 0}) == HeaderFault::kNone);
  CHECK(fault_of_header({0, 0, 32, 0}) == HeaderFault::kFlags);
  CHECK(fault_of_header({0, 1ULL << 55, 0, 0}) == HeaderFault::kOverflow);
  CHECK(fault_of_header({1ULL << 55, 1, 0, 0}) == HeaderFault::kOverflow);
  CHECK(fault_of_header({0, UINT64_MAX, 0, 0}) == HeaderFault::kOverflow);
  CHECK(fault_of_header({UINT64_MAX, 2, kFlagDiscard, 0}) == HeaderFault::kOverflow);
  CHECK(fault_of_header({0, 1, kFlagMark, 0}) == HeaderFault::kMark);
  CHECK(fault_of_header({0, 0, kFlagMark, 480}) == HeaderFault::kMark);
  CHECK(fault_of_header({0, 0, kFlagMark, 3}) == HeaderFault::kMark);  // NULs where text should be
  CHECK(fault_of_header({0, 0, kFlagMark, 1}, 32) == HeaderFault::kMark);
  CHECK(fault_of_header({0, 0, kFlagMark, UINT64_MAX}) == HeaderFault::kMark);
  CHECK(fault_of_header({0, 1, 0, 512}) == HeaderFault::kNone);  // old kernels' DAX writes
  CHECK(fault_of_header({0, 1, 0, 513}) == HeaderFault::kDataLength);
}

TEST_CASE("a walk follows the headers") {
  ImageWriter image;
  image.append_write(16, test::pattern(1024, 9));
  image.append_mark("hello");
  image.append_header({});
  image.append_header({});
  image.append_discard(0, 1000);
  const std::vector<std::byte> bytes = image.bytes();
  const MemorySource source(bytes);
  SectorReader reader(source, 512);
  Walk walk(reader, kFirstEntrySector, 0, 5);
  CHECK(walk.step() == Walk::Step::kEntry);
  CHECK(walk.entry().header == EntryHeader{16, 2, 0, 0});
  CHECK(walk.step() == Walk::Step::kEntry);
  CHECK(reader.mark_text(walk.entry()) == "hello");
  CHECK(walk.step() == Walk::Step::kBlanks);
  CHECK(walk.blanks() == 2);
  CHECK(walk.step() == Walk::Step::kEntry);
  CHECK(walk.entry().index == 4);
  CHECK(walk.entry().log_sector == 7);
  CHECK(walk.step() == Walk::Step::kEnd);
  CHECK(walk.next_sector() == 8);
}

TEST_CASE("the strict form of a header") {
  ImageWriter image;
  image.append_header({3, 0, 0, 0});
  image.append_header({3, 0, kFlagFlush, 4});
  image.append_flush();
  image.put_bytes(3 * 512 + 500, test::pattern(1, 1));
  image.append_mark("end");
  const std::vector<std::byte> bytes = image.bytes();
  const MemorySource source(bytes);
  SectorReader reader(source, 512);
  CHECK_FALSE(parses_as_header(reader, 0));
  CHECK(parses_as_header(reader, 1));
  CHECK_FALSE(parses_as_header(reader, 2));
  CHECK_FALSE(parses_as_header(reader, 3));
  CHECK(parses_as_header(reader, 4));
  CHECK_FALSE(parses_as_header(reader, 5));
  CHECK_FALSE(parses_as_header(reader, UINT64_MAX));
}

RC_TEST_CASE(
    "any header in any place is judged without overflow",
    [] {
      const auto edge = [] {
        return *rc::gen::oneOf(
            rc::gen::inRange<std::uint64_t>(0, 100), rc::gen::arbitrary<std::uint64_t>(),
            rc::gen::map(rc::gen::inRange<std::uint64_t>(0, 600),
                         [](std::uint64_t n) { return UINT64_MAX - n; }),
            rc::gen::map(rc::gen::inRange(0, 64), [](int n) { return std::uint64_t{1} << n; }));
      };
      const EntryHeader header{edge(), edge(), *rc::gen::inRange<std::uint64_t>(0, 40), edge()};
      const auto size = *rc::gen::element(32U, 512U, 4096U);
      if (fault_of_header(header, size) != HeaderFault::kNone) return;
      RC_ASSERT(PlacedEntry({1, header.nr_sectors, header.flags}).end() <= 100);
    },
    {.max_success = 1000})

}  // namespace
}  // namespace simcheck::logs
