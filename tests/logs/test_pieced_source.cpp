// A source of pieces reads as its pieces do, wherever a read begins and ends.
#include "logs/pieced_source.hpp"

#include "tests/support/rapidcheck.hpp"

namespace simcheck::logs {
namespace {

RC_TEST_CASE("pieces read as one",
             [] {
               std::vector<std::byte> base(100), whole;
               for (std::size_t i = 0; i < base.size(); ++i) base[i] = static_cast<std::byte>(i);
               const MemorySource memory(base);
               PiecedSource pieced(memory);
               for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
                 const auto from = *rc::gen::inRange<std::uint64_t>(0, 100);
                 const auto bytes = *rc::gen::inRange<std::uint64_t>(0, 100 - from + 1);
                 const auto part = std::span(base).subspan(from, bytes);
                 switch (*rc::gen::inRange(0, 3)) {
                   case 0:
                     pieced.append_bytes(part);
                     whole.insert(whole.end(), part.begin(), part.end());
                     break;
                   case 1:
                     pieced.append_stretch(from, bytes);
                     whole.insert(whole.end(), part.begin(), part.end());
                     break;
                   default:
                     pieced.append_zeroes(bytes);
                     whole.resize(whole.size() + bytes);
                 }
               }
               RC_ASSERT(pieced.size() == whole.size());
               const auto at = *rc::gen::inRange<std::size_t>(0, whole.size() + 1);
               const auto bytes = *rc::gen::inRange<std::size_t>(0, whole.size() - at + 1);
               std::vector<std::byte> read(bytes);
               RC_ASSERT(pieced.read(at, read));
               RC_ASSERT(std::equal(read.begin(), read.end(),
                                    whole.begin() + static_cast<std::ptrdiff_t>(at)));
               const std::uint64_t data = pieced.next_data(at);
               RC_ASSERT(data >= at);
               RC_ASSERT(data <= whole.size());
               for (std::size_t i = at; i < data; ++i) RC_ASSERT(whole[i] == std::byte{0});
             },
             {.max_success = 500})

}  // namespace
}  // namespace simcheck::logs
