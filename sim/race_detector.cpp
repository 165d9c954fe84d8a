#include "sim/race_detector.hpp"

#include <algorithm>
#include <cstddef>

#include "sim/grown_at.hpp"

namespace simcheck::sim {
namespace {

void join(RaceDetector::Clock& into, const RaceDetector::Clock& other) {
  if (into.size() < other.size()) into.resize(other.size());
  for (std::size_t t = 0; t < other.size(); ++t) into[t] = std::max(into[t], other[t]);
}

bool knows(const RaceDetector::Clock& clock, std::size_t thread, std::uint32_t time) {
  return time == 0 || (thread < clock.size() && clock[thread] >= time);
}

}  // namespace

std::optional<DataRace> RaceDetector::access(const Subject& subject) {
  Object& past = object(subject.object);
  Clock& now = clock(subject.thread);
  const bool is_atomic = subject.atomicity != Atomicity::kPlain;
  const bool reads = !subject.access.is_write || subject.atomicity == Atomicity::kUpdate;
  if (is_atomic && reads) join(now, past.sync);
  std::optional<DataRace> race;
  const auto compare_with = [&](const std::vector<PastOfThread>& others) {
    for (std::size_t t = 0; t < others.size() && !race; ++t) {
      const auto& [plain, atomic] = others[t];
      const Past* const other = !is_atomic && !knows(now, t, atomic.time) ? &atomic : &plain;
      if (!knows(now, t, other->time))
        race = DataRace{subject.object, other->access, subject.access};
    }
  };
  if (!past.reported) {
    compare_with(past.writes);
    if (subject.access.is_write) compare_with(past.reads);
    past.reported = race.has_value();
  }
  const std::size_t thread = index_of(subject.thread);
  PastOfThread& own = grown_at(subject.access.is_write ? past.writes : past.reads, thread);
  if (!is_atomic) own = {};
  (is_atomic ? own.atomic : own.plain) = {now[thread], subject.access};
  if (is_atomic && subject.access.is_write) {
    if (!reads) past.sync.clear();  // whoever reads this learns nothing of earlier writers
    release(past.sync, subject.thread);
  }
  return race;
}

void RaceDetector::release(Clock& carrier, ThreadId thread) {
  Clock& now = clock(thread);
  join(carrier, now);
  ++now[index_of(thread)];
}

void RaceDetector::acquire(const Clock& carrier, ThreadId thread) { join(clock(thread), carrier); }

void RaceDetector::add_state(Hash128& hash, std::span<const Clock* const> carriers) const {
  for (const Object& past : objects_) {
    mix(hash, past.reported ? 1 : 0);
    for (const std::vector<PastOfThread>* list : {&past.reads, &past.writes}) {
      for (std::size_t t = 0; t < list->size(); ++t) {
        for (const Past* access : {&(*list)[t].plain, &(*list)[t].atomic}) {
          mix(hash, access->time == 0 ? 0 : 1);
          if (access->time != 0) add_known_by(hash, t, access->time, carriers);
        }
      }
      mix(hash, UINT64_MAX);
    }
  }
}

void RaceDetector::add_known_by(Hash128& hash, std::size_t thread, std::uint32_t time,
                                std::span<const Clock* const> carriers) const {
  const auto add = [&](const Clock& clock) { mix(hash, knows(clock, thread, time) ? 1 : 0); };
  for (const Clock& clock : clocks_) add(clock);
  mix(hash, UINT64_MAX);
  for (const Object& object : objects_) add(object.sync);
  mix(hash, UINT64_MAX);
  for (const Clock* carrier : carriers) add(*carrier);
}

RaceDetector::Object& RaceDetector::object(ObjectId id) { return grown_at(objects_, index_of(id)); }

// A thread's time starts at 1, so that an access at time 0 means none.
RaceDetector::Clock& RaceDetector::clock(ThreadId thread) {
  Clock& clock = grown_at(clocks_, index_of(thread));
  if (std::uint32_t& own = grown_at(clock, index_of(thread)); own == 0) own = 1;
  return clock;
}

}  // namespace simcheck::sim
