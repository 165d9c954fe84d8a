#include "model/result.hpp"

namespace simcheck::model {

Counts& Counts::operator+=(const Counts& other) {
  executions += other.executions;
  deadlocked += other.deadlocked;
  too_long += other.too_long;
  blocked += other.blocked;
  transitions += other.transitions;
  return *this;
}

namespace {

std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) {
  return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

std::uint64_t saturating_multiply(std::uint64_t a, std::uint64_t b) {
  return a != 0 && b > UINT64_MAX / a ? UINT64_MAX : a * b;
}

}  // namespace

void CrashCounts::add_images(std::uint64_t data, std::uint64_t log) {
  images = saturating_add(images, saturating_multiply(data, log));
}

CrashCounts& CrashCounts::operator+=(const CrashCounts& other) {
  states += other.states;
  recoveries += other.recoveries;
  recoveries_cut += other.recoveries_cut;
  images = saturating_add(images, other.images);
  return *this;
}

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kHolds:
      return "holds";
    case Verdict::kViolated:
      return "violated";
    case Verdict::kNotExercised:
      return "not exercised";
    case Verdict::kInterrupted:
      return "interrupted";
  }
  return "";
}

}  // namespace simcheck::model
