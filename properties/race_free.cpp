// race-free: where several threads run the driver, locks or the like order what they do to what
// they share.
//
// Unordered accesses are undefined behaviour in C and C++: compilers and processors may tear,
// repeat or reorder them, so nothing is promised any more, not even what every interleaving keeps.
#include <fmt/format.h>

#include "properties/all.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

std::string object_name(const sim::History& history, sim::ObjectId object) {
  if (history.object_name == nullptr) return "a shared variable";
  return std::string(history.object_name(history.context, object));
}

// A fiber of a simulation carries out many requests, so it is theirs that it is named by.
std::string access(const sim::History& history, const sim::RaceAccess& access) {
  const std::string who = access.request != sim::kNoRequest ? request_name(history, access.request)
                                                            : lane_name(access.fiber);
  return fmt::format("{} {}", who, access.is_write ? "writes" : "reads");
}

// The first race in words; what else is raced for has the same cause more often than not.
std::string reason(const sim::History& history) {
  const sim::DataRace& race = history.races.front();
  std::string words =
      fmt::format("{} {} at step {}, and {} it in another thread: no lock orders the two",
                  access(history, race.earlier), object_name(history, race.object),
                  race.earlier.step + 1, access(history, race.later));
  for (std::size_t i = 1; i < history.races.size(); ++i) {
    words += i == 1 ? "; likewise " : ", ";
    words += object_name(history, history.races[i].object);
  }
  return words;
}

class RaceFree final : public Property {
 public:
  std::string_view name() const override { return "race-free"; }
  std::string_view summary() const override {
    return "locks order the threads' use of shared state";
  }
  bool is_symmetric() const override { return true; }

  Judgement judge(const Evidence& history) const override {
    if (history.threads < 2) return Judgement::not_exercised();
    if (history.races.empty()) return Judgement::holds();
    return Judgement::violated(reason(history), history.races.front().later.step);
  }
};

}  // namespace

std::unique_ptr<Property> make_race_free() { return std::make_unique<RaceFree>(); }

}  // namespace simcheck::properties
