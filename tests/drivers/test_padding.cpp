// Where the blocks of an unaligned request lie, and what of them is read.

#include <doctest/doctest.h>

#include "drivers/padding.hpp"
#include "tests/drivers/rig.hpp"

namespace simcheck::test {

using drivers::Padding;

TEST_CASE("padding: head, tail and blocks of every kind of unaligned request") {
  struct Case {
    std::uint64_t offset, length, begin, end, head, tail, buffer;
    bool has_all;
  };
  const Case cases[] = {
      {100, 10, 0, 512, 100, 402, 512, true},         // inside one block
      {0, 10, 0, 512, 0, 502, 512, true},             // its beginning
      {100, 412, 0, 512, 100, 0, 512, true},          // its end
      {500, 24, 0, 1024, 500, 500, 1024, true},       // across two
      {500, 524, 0, 1024, 500, 0, 512, false},        // two, only the first in part
      {512, 600, 512, 1536, 0, 424, 512, false},      // two, only the last in part
      {700, 1600, 512, 2560, 188, 260, 1024, false},  // whole blocks between
  };
  for (const Case& c : cases) {
    CAPTURE(c.offset);
    CAPTURE(c.length);
    const Padding padding(c.offset, c.length, 512);
    CHECK(padding.begin() == c.begin);
    CHECK(padding.end() == c.end);
    CHECK(padding.head().size() == c.head);
    CHECK(padding.tail().size() == c.tail);
    CHECK(padding.bytes().size() == c.buffer);
    CHECK(padding.has_all() == c.has_all);
  }
}

TEST_CASE("padding: neighbouring blocks are read at once, others one by one, and only if needed") {
  Rig rig("fixed");
  const auto read_for = [&rig](std::uint64_t offset, std::uint64_t length) {
    rig.request(
        [=](sim::BlockDevice& device) { return Padding(offset, length, 512).read(device); });
  };
  read_for(500, 24);
  read_for(700, 1600);
  read_for(512, 600);
  using Strings = std::vector<std::string>;
  CHECK(rig.footprints("AAA") == Strings{"-", "r data 0+2", "-"});
  CHECK(rig.footprints("BBBBB") == Strings{"-", "r data 1+1", "-", "r data 4+1", "-"});
  CHECK(rig.footprints("CCC") == Strings{"-", "r data 2+1", "-"});
}

TEST_CASE("padding: the middle is the request's own bytes") {
  Padding padding(510, 4, 512);
  padding.zero_middle();
  CHECK(padding.bytes()[510] == std::byte{0});
  CHECK(padding.head().size() + 4 + padding.tail().size() == padding.bytes().size());
}

}  // namespace simcheck::test
