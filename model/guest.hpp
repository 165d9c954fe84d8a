// The guest of a scenario: a fiber for each request of a workload, which starts when the requests
// that it waits for have been acknowledged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/block_scenario.hpp"
#include "sim/shared.hpp"
#include "sim/sync.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

/// Belongs to the world (World::make). With a filter, what is submitted and acknowledged is told by
/// the tap below it.
class Guest {
 public:
  /// Requests go to `device`.
  Guest(sim::World& world, sim::BlockDevice& device, const BlockScenario& scenario);

  /// Spawns the requests of the workload's next stage; the first has that lane.
  void add_stage(const Stage& stage, std::size_t first_lane);
  /// Tells of those that are submitted when the stage begins; of none if there is no such stage.
  void submit_stage(std::size_t stage);

 private:
  // Requests that are submitted together: when the latch of the stage before theirs opens, or that
  // of the request before them in their stage that waits.
  struct Group {
    std::vector<sim::RequestId> requests;
    std::size_t stage = 0;
  };
  // The requests of a stage beyond those that may be in flight together: the next of them starts
  // whenever one of the stage is acknowledged.
  struct Window {
    struct Later {
      sim::RequestId request;
      sim::Latch* begin;
    };

    Window(sim::World& world, std::size_t stage);

    sim::Shared<std::uint32_t> next;
    std::vector<Later> later;
  };
  // Where a request stands in its stage, and what its end lets begin.
  struct Place {
    std::size_t stage = 0, group = 0;
    sim::Latch* opens_next = nullptr;  // the next group of its stage, if the request waits
    Window* window = nullptr;          // if not all of its stage may be in flight
  };

  bool slides_through(const Stage& stage) const;
  sim::Latch& make_latch(std::size_t count);
  sim::RequestId spawn(const sim::RequestInfo& info, const sim::Latch* begin, const Place& place);
  void submit_amid(sim::RequestId request);
  void go_on(Window& window);
  void run(const sim::RequestInfo& request, const Place& place);

  sim::World& world_;
  sim::BlockDevice& device_;
  bool tapped_;
  std::uint32_t threads_;
  std::uint32_t in_flight_max_;
  std::vector<std::uint32_t> classes_;  // by lane
  std::vector<sim::Latch*> done_;       // by stage: opens when all its requests are acknowledged
  std::vector<Group> groups_;           // in order
};

}  // namespace simcheck::model
