#include "model/result.hpp"

namespace simcheck::model {

Counts& Counts::operator+=(const Counts& other) {
  executions += other.executions;
  deadlocked += other.deadlocked;
  blocked += other.blocked;
  transitions += other.transitions;
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
