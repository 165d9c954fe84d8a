// super-monotone: the superblock's count never goes back.
//
// Without it entries that a reader could see, and that a flush may have promised to keep, are
// beyond the log's end again: whoever opens the log next overwrites them.
#include <fmt/format.h>

#include "properties/all.hpp"
#include "properties/superblocks.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

Judgement went_back(const sim::History& history, const sim::DiskWrite& before,
                    std::uint64_t count_before, const sim::DiskWrite& after, std::uint64_t count) {
  return Judgement::violated(
      fmt::format("the superblock of {} counts {}, and takes effect after that of {}, which "
                  "counted {}",
                  describe(history, after.request), entry_count(count),
                  describe(history, before.request), count_before),
      after.took_effect);
}

class SuperMonotone final : public Property {
 public:
  std::string_view name() const override { return "super-monotone"; }
  std::string_view summary() const override { return "the superblock's count never goes back"; }
  bool is_symmetric() const override { return true; }
  Observes observes() const override { return {.record = true, .overwritten = true}; }

  Judgement judge(const Evidence& history) const override {
    if (!has_log_record(history)) return Judgement::not_exercised();
    const sim::DiskWrite* highest = nullptr;
    std::uint64_t highest_count = 0;
    Judgement judgement = Judgement::not_exercised();
    for_each_superblock(history, [&](const sim::DiskWrite& write, std::uint64_t count) {
      if (highest != nullptr) {
        judgement = count < highest_count
                        ? went_back(history, *highest, highest_count, write, count)
                        : Judgement::holds();
      }
      highest = &write;
      highest_count = count;
      return !judgement.violation;
    });
    return judgement;
  }
};

}  // namespace

std::unique_ptr<Property> make_super_monotone() { return std::make_unique<SuperMonotone>(); }

}  // namespace simcheck::properties
