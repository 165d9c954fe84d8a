#include "model/rerun.hpp"

#include <utility>

#include "model/counterexample.hpp"
#include "model/guided.hpp"
#include "sim/event_sink.hpp"

namespace simcheck::model {
namespace {

// Calls a function at the first thing that it is told.
class StopSink final : public sim::EventSink {
 public:
  explicit StopSink(const std::function<void()>& stop) : stop_(stop) {}

  void on_event(const sim::Event&) override { stop(); }
  void on_io(const sim::IoReport&) override { stop(); }
  void on_change(std::string_view, std::string_view, std::string_view) override { stop(); }
  void on_note(std::string_view) override { stop(); }
  bool has_stopped() const { return has_stopped_; }

 private:
  void stop() {
    if (!std::exchange(has_stopped_, true)) stop_();
  }

  const std::function<void()>& stop_;
  bool has_stopped_ = false;
};

}  // namespace

Counterexample rerun(const CheckOptions& options, const Workload& workload,
                     const Schedule& schedule) {
  const BlockScenario scenario = scenario_to_follow(options, workload, options.fault_plan);
  Explorer explorer = explorer_of(options, scenario);
  explorer.run_next(*make_guided(schedule));
  return describe(options, scenario, explorer);
}

bool run_to_step(const CheckOptions& options, const Workload& workload, const Schedule& schedule,
                 std::size_t step, const std::function<void()>& stop) {
  sim::Testbed testbed(
      world_of(options, scenario_to_follow(options, workload, options.fault_plan)));
  sim::World& world = testbed.world();
  StopSink sink(stop);
  const auto guided = make_guided(schedule);
  for (std::size_t i = 0; world.enabled() != 0; ++i) {
    if (i == step) world.use_sink(&sink);
    world.run(*guided->choose(world.enabled()));
    if (i == step) break;
  }
  world.use_sink(nullptr);
  return sink.has_stopped();
}

}  // namespace simcheck::model
