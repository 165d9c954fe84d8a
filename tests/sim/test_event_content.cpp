// Questions about content, against the plain bytes, on views that cut their runs anywhere.

#include "sim/event_content.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using Bytes = std::vector<std::byte>;

// Its runs end at multiples of `run_length`; a run of equal bytes comes as a repeated byte.
class CutView : public sim::ContentView {
 public:
  CutView(Bytes bytes, std::uint64_t run_length)
      : bytes_(std::move(bytes)), run_length_(run_length) {}

  sim::Chunk run_at(std::uint64_t offset, std::uint64_t length_max) const override {
    const std::uint64_t length = std::min(length_max, run_length_ - offset % run_length_);
    const std::byte* const begin = bytes_.data() + offset;
    if (std::count(begin, begin + length, *begin) == static_cast<std::ptrdiff_t>(length))
      return {nullptr, length, *begin};
    return {begin, length, std::byte{0}};
  }
  std::uint64_t size() const override { return bytes_.size(); }

 private:
  Bytes bytes_;
  std::uint64_t run_length_;
};

// Mostly runs of equal bytes; multiples of 12 long, so that runs of 1 to 4 and 6 fit.
Bytes some_bytes() {
  const auto values = *rc::gen::container<std::vector<int>>(12, rc::gen::inRange(0, 3));
  Bytes bytes;
  for (const int value : values) bytes.insert(bytes.end(), 2, static_cast<std::byte>(value));
  return bytes;
}

std::uint64_t some_run_length() { return *rc::gen::element<std::uint64_t>(1, 2, 3, 4, 6, 24); }

}  // namespace

RC_TEST_CASE("read_content copies the bytes, and zeroes past the end", [] {
  const Bytes bytes = some_bytes();
  const CutView view(bytes, some_run_length());
  const auto offset = *rc::gen::inRange<std::size_t>(0, 30);
  Bytes expected(20, std::byte{0}), read(20, std::byte{9});
  for (std::size_t i = 0; i < expected.size() && offset + i < bytes.size(); ++i) {
    expected[i] = bytes[offset + i];
  }
  sim::read_content(view, offset, read);
  RC_ASSERT(read == expected);
});

RC_TEST_CASE("same_content compares bytes, however they are cut", [] {
  const Bytes a = some_bytes();
  Bytes b = *rc::gen::element(a, some_bytes());
  const CutView a_view(a, some_run_length()), b_view(b, some_run_length());
  const auto a_offset = *rc::gen::inRange<std::size_t>(0, 12);
  const auto b_offset = *rc::gen::element(a_offset, *rc::gen::inRange<std::size_t>(0, 12));
  const auto length = *rc::gen::inRange<std::size_t>(0, 12);
  const bool same = std::equal(a.begin() + static_cast<std::ptrdiff_t>(a_offset),
                               a.begin() + static_cast<std::ptrdiff_t>(a_offset + length),
                               b.begin() + static_cast<std::ptrdiff_t>(b_offset));
  RC_ASSERT(sim::same_content(a_view, a_offset, b_view, b_offset, length) == same);
  const bool same_sums =
      sim::checksum_of(a_view, a_offset, length) == sim::checksum_of(b_view, b_offset, length);
  RC_ASSERT(same_sums == same);
});

RC_TEST_CASE("is_filled looks at every byte", [] {
  const Bytes bytes = some_bytes();
  const CutView view(bytes, some_run_length());
  const auto offset = *rc::gen::inRange<std::size_t>(0, 20);
  const auto length = *rc::gen::inRange<std::size_t>(0, 5);
  const bool filled = std::count(bytes.begin() + static_cast<std::ptrdiff_t>(offset),
                                 bytes.begin() + static_cast<std::ptrdiff_t>(offset + length),
                                 std::byte{1}) == static_cast<std::ptrdiff_t>(length);
  RC_ASSERT(sim::is_filled(view, offset, length, std::byte{1}) == filled);
});

TEST_CASE("the checksum is FNV-1a") {
  const Bytes foobar{std::byte{'f'}, std::byte{'o'}, std::byte{'o'},
                     std::byte{'b'}, std::byte{'a'}, std::byte{'r'}};
  CHECK(sim::checksum_of(sim::Payload::of(foobar)) == 0x85944171f73967e8);
  CHECK(sim::checksum_of(sim::Payload()) == 0xcbf29ce484222325);
}

}  // namespace simcheck::test
