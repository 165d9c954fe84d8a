// One state may leave more images of its disks than can be read: the run can be ended among them,
// and goes on from there.

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tests/model/drivers_under_check.hpp"
#include "tests/support/json_text.hpp"

namespace simcheck::test {
namespace {

using properties::Judgement;

// Reads the beginning of the log in each image, and raises a flag after so many.
class ReadsImages final : public properties::Property {
 public:
  explicit ReadsImages(std::uint64_t images) : left_(images) {}

  std::string_view name() const override { return "reads-images"; }
  std::string_view summary() const override { return "holds"; }
  properties::Observes observes() const override {
    return {.record = true, .overwritten = true, .cut = sim::all_moments(sim::DeviceRole::kLog)};
  }
  Judgement judge(const properties::Evidence&) const override { return Judgement::not_exercised(); }
  Judgement judge_crash(const sim::History& left) const override {
    checksum_of(*left.log, 0, 64 * 1024);
    if (left_.fetch_sub(1) == 1) raised_ = true;
    return Judgement::holds();
  }
  const std::atomic<bool>& raised() const { return raised_; }

 private:
  mutable std::atomic<std::uint64_t> left_;
  mutable std::atomic<bool> raised_ = false;
};

model::CheckOptions power_is_cut(const char* text) {
  model::CheckOptions options = options_for("fixed", text);
  options.power_cut.emplace();
  options.workers = 1;
  return options;
}

model::Result judge_images(model::CheckOptions options, std::uint64_t images, std::string& state) {
  const auto property = std::make_shared<ReadsImages>(images);
  options.properties = {property};
  options.interrupt = &property->raised();
  options.checkpoint.resume_from = state;
  options.checkpoint.save = [&state](const std::string& saved, bool) { state = saved; };
  return model::check(options);
}

}  // namespace

TEST_CASE("stopped among the images of a state, it judges that state again") {
  for (const auto strategy : {model::StrategyKind::kDpor, model::StrategyKind::kDfs}) {
    model::CheckOptions options = power_is_cut("write 0 1k, write 4k 1k");
    options.strategy = strategy;
    std::string none, state;
    const std::string whole = json_text(judge_images(options, UINT64_MAX, none));
    int runs = 0;
    for (std::uint64_t images = 40;; images += images / 16 + 1, ++runs) {
      const model::Result result = judge_images(options, images, state);
      if (result.coverage.interrupted) continue;
      CHECK(json_text(result) == whole);
      break;
    }
    CHECK(runs >= 3);
  }
}

TEST_CASE("a limit of time counts among the images of the very first execution") {
  model::CheckOptions options = power_is_cut("write 0 32k");  // 2^64 images
  options.limits.seconds_max = 0.05;
  std::string state;
  const model::Result result = judge_images(options, UINT64_MAX, state);
  REQUIRE(result.coverage.bounds.size() == 1);
  CHECK(result.coverage.bounds.front().starts_with("max-time"));
  CHECK(result.workloads.front().cut_short);
  CHECK(result.crashes->recoveries > 0);  // what was read is told
}

}  // namespace simcheck::test
