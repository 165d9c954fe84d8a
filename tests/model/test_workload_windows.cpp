// Windows of long workloads.

#include "model/workload_windows.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "model/workload_parser.hpp"

namespace simcheck::model {
namespace {

std::vector<std::string> windows_of(std::string_view text, std::uint32_t size) {
  std::vector<std::string> texts;
  for (const Workload& window : windows(std::get<Workload>(parse_workload(text)), size))
    texts.push_back(to_text(window));
  return texts;
}

}  // namespace

TEST_CASE("a workload that fits is its own only window") {
  CHECK(windows_of("write, zeroes ; flush", 3) ==
        std::vector<std::string>{"write 0 4k, zeroes 8k 4k ; flush"});
}

TEST_CASE("every run of consecutive requests is a window and keeps its stages") {
  CHECK(windows_of("write 0 4k, zeroes 8k 4k ; flush ; discard 0 4k, write 4k 4k", 3) ==
        std::vector<std::string>{"write 0 4k, zeroes 8k 4k ; flush",
                                 "zeroes 8k 4k ; flush ; discard 0 4k",
                                 "flush ; discard 0 4k, write 4k 4k"});
  CHECK(windows_of("3*flush", 1) == std::vector<std::string>{"flush", "flush", "flush"});
}

}  // namespace simcheck::model
