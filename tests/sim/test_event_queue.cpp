// Events come out by time, and in the order they came in where times are equal.

#include "sim/event_queue.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {

using sim::EventQueue;
using sim::VirtualTime;

TEST_CASE("the earliest event comes first, whatever the order of the pushes") {
  EventQueue<char> queue;
  queue.push({30}, 'c');
  queue.push({10}, 'a');
  queue.push({20}, 'b');
  CHECK(queue.size() == 3);
  CHECK(queue.earliest().event == 'a');
  CHECK(queue.pop().due == VirtualTime{10});
  CHECK(queue.pop().event == 'b');
  CHECK(queue.pop().event == 'c');
  CHECK(queue.empty());
}

TEST_CASE("of events at one moment the first pushed comes first") {
  EventQueue<int> queue;
  for (int i = 0; i < 100; ++i) queue.push({7}, i);
  for (int i = 0; i < 100; ++i) CHECK(queue.pop().event == i);
}

RC_TEST_CASE("a queue is a stable sort by due time", [](const std::vector<std::uint8_t>& times) {
  EventQueue<std::size_t> queue;
  std::vector<std::pair<std::uint64_t, std::size_t>> expected;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const std::uint64_t ns = times[i] % 16;  // few moments, many equals
    queue.push({ns}, i);
    expected.emplace_back(ns, i);
  }
  std::ranges::stable_sort(expected, {}, &std::pair<std::uint64_t, std::size_t>::first);
  for (const auto& [ns, event] : expected) {
    RC_ASSERT(queue.earliest().due.ns == ns);
    RC_ASSERT(queue.pop().event == event);
  }
  RC_ASSERT(queue.empty());
});

RC_TEST_CASE("pushes and pops mixed: nothing earlier is left behind",
             [](const std::vector<std::uint8_t>& latencies) {
               EventQueue<int> queue;
               VirtualTime now;
               queue.push(now, 0);
               for (const std::uint8_t latency : latencies) {
                 const VirtualTime due = queue.pop().due;
                 RC_ASSERT(due >= now);
                 now = due;
                 queue.push(sim::after(now, latency), 0);
                 queue.push(sim::after(now, latency / 2U), 0);
               }
             });

TEST_CASE("moments add up") {
  CHECK(sim::after({5}, 10) == VirtualTime{15});
  CHECK(VirtualTime{5} < VirtualTime{6});
  CHECK(sim::after({UINT64_MAX - 1}, 1).ns == UINT64_MAX);
}

}  // namespace simcheck::test
