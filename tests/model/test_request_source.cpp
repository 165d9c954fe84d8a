// Where a simulated guest gets its requests from.
#include "model/request_source.hpp"

#include <doctest/doctest.h>

#include <array>

#include "model/workload_parser.hpp"

namespace simcheck::test {

using model::GuestRequest;

TEST_CASE("random requests keep to their mix, their blocks and their range") {
  const model::RequestMix mix{.weights = {6, 0, 3, 1, 0}, .block_bytes = 512, .range_bytes = 5'000};
  const model::RequestSource source = model::random_requests(mix, 7, 10'000);
  std::array<int, 5> counts{};
  while (const auto next = source()) {
    const model::Request& request = next->request;
    ++counts[static_cast<std::size_t>(request.kind)];
    CHECK_FALSE(next->after_all);
    if (request.kind == sim::IoKind::kFlush) continue;
    CHECK(request.length == 512);
    CHECK(request.offset % 512 == 0);
    CHECK(request.offset + 512 <= 5'000);
  }
  CHECK(counts[0] == doctest::Approx(6'000).epsilon(0.05));
  CHECK(counts[1] == 0);
  CHECK(counts[2] == doctest::Approx(3'000).epsilon(0.05));
  CHECK(counts[3] == doctest::Approx(1'000).epsilon(0.1));
}

TEST_CASE("a workload is given once, or again and again up to a count") {
  const auto workload =
      std::get<model::Workload>(model::parse_workload("write 0 4k, zeroes 8k 4k ; flush"));
  const auto texts = [&](std::uint64_t count) {
    const model::RequestSource source = model::requests_of(workload, count);
    std::string all;
    while (const auto next = source()) {
      all += next->after_all ? "; " : ", ";
      all += sim::to_string(next->request.kind);
    }
    return all;
  };
  CHECK(texts(0) == "; write, zeroes; flush");
  CHECK(texts(2) == "; write, zeroes");
  CHECK(texts(5) == "; write, zeroes; flush; write, zeroes");
  CHECK_FALSE(model::requests_of(model::Workload{}, 3)().has_value());
}

}  // namespace simcheck::test
