// The requests behind a log's entries.
#include "logs/requests.hpp"

#include "tests/logs/judged.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::logs {
namespace {

using Requests = std::vector<LoggedRequest>;

Result<Requests> requests(const ImageWriter& image, const RequestOptions& options = {}) {
  const std::vector<std::byte> bytes = image.bytes();
  return requests_of(MemorySource(bytes), options);
}

ImageWriter one_of_each() {
  ImageWriter image;
  image.append_write(16, test::pattern(1024, 0x5a));
  image.append_mark("here");
  image.append_zeroes(8, 8);
  image.append_discard(4, 2);
  image.append_flush();
  std::vector<std::byte> mixed = test::pattern(512, 1);
  mixed.back() = std::byte{2};
  image.append_write(1, mixed, kFlagFua);
  return image;
}

TEST_CASE("each kind of entry becomes its request, marks none") {
  const auto result = requests(one_of_each());
  const Requests expected = {{RequestKind::kWrite, 0, 8192, 1024, false, 0x5a},
                             {RequestKind::kZeroes, 2, 4096, 4096, false, {}},
                             {RequestKind::kDiscard, 3, 2048, 1024, false, {}},
                             {RequestKind::kFlush, 4, 0, 0, false, {}},
                             {RequestKind::kWrite, 5, 512, 512, true, {}}};
  CHECK(std::get<Requests>(result) == expected);
  const auto tail = requests(one_of_each(), {.first_entry = 4, .entries_max = 2});
  CHECK(std::get<Requests>(tail).size() == 2);
}

TEST_CASE("a flush with data is a flush, then the write") {
  ImageWriter image;
  image.append_write(8, std::vector<std::byte>(512, std::byte{7}), kFlagFlush | kFlagFua);
  const auto result = requests(image);
  const Requests expected = {{RequestKind::kFlush, 0, 0, 0, false, {}},
                             {RequestKind::kWrite, 0, 4096, 512, true, 7}};
  CHECK(std::get<Requests>(result) == expected);
}

TEST_CASE("a log that does not verify is no workload") {
  ImageWriter image = one_of_each();
  image.super().nr_entries = 9;
  const auto result = requests(image);
  CHECK(
      test::contains(std::get<Error>(result).message, "the log does not verify (bounds): entry 6"));
}

TEST_CASE("too many entries are an error, not a cut") {
  const auto result = requests(one_of_each(), {.first_entry = 1, .entries_max = 3});
  CHECK(std::get<Error>(result).message ==
        "the log has 5 entries from entry 1 on, at most 3 can be a workload");
}

}  // namespace
}  // namespace simcheck::logs
