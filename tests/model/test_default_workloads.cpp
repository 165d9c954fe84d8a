// The default set is what its description says, in that order.

#include "model/default_workloads.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

namespace simcheck::model {
namespace {

std::vector<std::string> texts_of_default(std::uint32_t depth, std::uint64_t extent = 4096) {
  std::vector<std::string> texts;
  for (const Workload& workload : default_workloads(depth, extent))
    texts.push_back(to_text(workload));
  return texts;
}

}  // namespace

TEST_CASE("depth 1: single requests, then pairs one after the other") {
  const std::vector<std::string> texts = texts_of_default(1);
  REQUIRE(texts.size() == 4 + 16);
  CHECK(texts[0] == "write 0 4k");
  CHECK(texts[1] == "zeroes 0 4k");
  CHECK(texts[2] == "discard 0 4k");
  CHECK(texts[3] == "flush");
  CHECK(texts[4] == "write 0 4k ; write 8k 4k");
  CHECK(texts[7] == "write 0 4k ; flush");
  CHECK(texts[19] == "flush ; flush");
}

TEST_CASE("smaller workloads come first, bursts before splits, then by kinds") {
  const std::vector<std::string> texts = texts_of_default(6);
  const std::size_t pairs = 4;
  CHECK(texts[pairs] == "write 0 4k, write 8k 4k");
  CHECK(texts[pairs + 1] == "write 0 4k, zeroes 8k 4k");
  CHECK(texts[pairs + 9] == "flush, flush");
  CHECK(texts[pairs + 10] == "write 0 4k ; write 8k 4k");
  const std::size_t triples = pairs + 10 + 16;
  CHECK(texts[triples] == "write 0 4k, write 8k 4k, write 16k 4k");
  CHECK(texts[triples + 20] == "write 0 4k, write 8k 4k ; write 16k 4k");
  CHECK(texts[triples + 60] == "write 0 4k ; write 8k 4k, write 16k 4k");
  CHECK(texts.back() == "flush, flush, flush, flush, flush, flush");
}

TEST_CASE("its size: bursts are multisets, splits are pairs of them") {
  const std::size_t splits = 16 + 40 + 40;
  CHECK(texts_of_default(2).size() == 4 + 10 + splits);
  CHECK(texts_of_default(3).size() == 4 + 10 + 20 + splits);
  CHECK(texts_of_default(6).size() == 4 + 10 + 20 + 35 + 56 + 84 + splits);
}

TEST_CASE("no workload comes twice, no stage is larger than the depth") {
  for (const std::uint32_t depth : {1, 2, 4}) {
    const std::vector<std::string> texts = texts_of_default(depth);
    CHECK(std::set(texts.begin(), texts.end()).size() == texts.size());
    for (const Workload& workload : default_workloads(depth))
      for (const Stage& stage : workload.stages) CHECK(stage.size() <= depth);
  }
}

TEST_CASE("extents can be larger, for logs with large sectors") {
  CHECK(texts_of_default(2, 65536)[4] == "write 0 64k, write 128k 64k");
}

}  // namespace simcheck::model
