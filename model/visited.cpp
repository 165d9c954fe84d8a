#include "model/visited.hpp"

namespace simcheck::model {

Visited& Visited::operator+=(const Visited& other) {
  states += other.states;
  revisits += other.revisits;
  full = full || other.full;
  return *this;
}

// n states are fewer than n^2 / 2 pairs, each of which collides with a chance of 1 in 2^128.
int missed_exponent(const Visited& visited) {
  const auto states = static_cast<double>(visited.states);
  if (visited.states == 0) return 0;
  int exponent = 0;
  for (double odds = 0x1p129 / states / states; odds > 10; odds /= 10) ++exponent;
  return exponent;
}

}  // namespace simcheck::model
