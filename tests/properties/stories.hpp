// Histories that several tests judge.
#pragma once

#include "tests/properties/history_builder.hpp"

namespace simcheck::test {

// A (zeroes 0 4k) and B (write 8k 4k) in flight together, both logged without a mistake.
inline HistoryBuilder two_in_flight() {
  HistoryBuilder h;
  const auto a = h.zeroes(0, 4096), b = h.write(8192, 4096);
  h.submit(a).submit(b).log_properly(a).log_properly(b).acknowledge(b).acknowledge(a);
  return h;
}

// The same two, as the driver of before January 2024 logs them: A reserves its header alone and
// yields, B takes the sector behind, A's zeroes land behind B.
inline HistoryBuilder the_race() {
  HistoryBuilder h;
  const auto a = h.zeroes(0, 4096), b = h.write(8192, 4096);
  h.submit(a).submit(b).place(a, 1).place(b, 2).data(b, 3).data(a, 11);
  h.put_entry(a, 1, 11).put_entry(b, 2).put_data(a).put_data(b);
  h.acknowledge(b).acknowledge(a);
  return h;
}

}  // namespace simcheck::test
