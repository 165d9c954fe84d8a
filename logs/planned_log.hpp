// The new log that a salvage makes, as it is put together: what is kept of the old one, what is
// changed, and what is lost, in words. Which of these, salvage_plan.cpp decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "logs/holes.hpp"
#include "logs/salvage_plan.hpp"

namespace simcheck::logs {

class PlannedLog {
 public:
  // Its superblock, which counts nothing yet.
  void begin(Superblock super) {
    super.nr_entries = 0;
    plan_.super = super;
  }
  // Entries that fill the sectors [begin, end), as they are.
  void keep(std::uint64_t begin, std::uint64_t end, std::uint64_t entries);
  // An entry of which one field is damaged, up to `end`.
  void repair(const Entry& entry, const Repair& damage, std::uint64_t end);
  // An entry whose zeroes lie elsewhere, since they came late.
  void put_zeroes_behind(std::uint64_t index, const PlacedEntry& entry);
  void lose_hole(const Hole& hole);
  void lose_rest(const HoleReading& reading);
  // Something else is lost, or changed.
  void lose(std::optional<std::uint64_t> entry, std::uint64_t sector, std::string message) {
    plan_.changes.push_back({true, entry, sector, std::move(message)});
  }
  void change(std::optional<std::uint64_t> entry, std::optional<std::uint64_t> sector,
              std::string message) {
    plan_.changes.push_back({false, entry, sector, std::move(message)});
  }
  // All of the old log behind another superblock, to be planned anew by what is read in it then.
  void copy_all(const Superblock& super, std::uint64_t sectors) {
    plan_.super = super;
    plan_.stretches = {{kFirstEntrySector, sectors - kFirstEntrySector, super.nr_entries}};
    plan_.is_first_step = true;
  }

  std::uint64_t entries() const { return plan_.super.nr_entries; }
  SalvagePlan take() { return std::move(plan_); }

 private:
  void lose_damaged(const Entry& entry, const Repair& damage, std::uint64_t end);

  SalvagePlan plan_;
};

}  // namespace simcheck::logs
