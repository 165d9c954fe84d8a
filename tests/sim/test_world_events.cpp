// What a World records and tells: events, their virtual objects, the history, the narration.

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/sim/steps.hpp"

namespace simcheck::test {
namespace {

using sim::EventKind;
using sim::IoMoment;
using sim::World;

constexpr std::uint32_t bit(EventKind kind) { return 1U << static_cast<unsigned>(kind); }

// Every call as one line.
class StoryTeller : public sim::EventSink {
 public:
  Strings story;

  void on_event(const sim::Event& event) override {
    story.push_back(fmt::format("event {} step {}", static_cast<int>(event.kind), event.step));
  }
  void on_io(const sim::IoReport& io) override {
    constexpr std::string_view kMoments[] = {"submits", "takes effect", "completes"};
    story.push_back(fmt::format("{} {} {} {}+{} {} {}", kMoments[static_cast<int>(io.moment)],
                                io.device, to_string(io.kind), io.offset, io.length, io.what,
                                to_string(io.status)));
  }
  void on_change(std::string_view object, std::string_view before,
                 std::string_view after) override {
    story.push_back(fmt::format("{} {} -> {}", object, before, after));
  }
  void on_note(std::string_view text) override { story.emplace_back(text); }
};

}  // namespace

TEST_CASE("an event carries its step, and the request of its fiber") {
  World world;
  const auto first = world.add_request({.kind = sim::IoKind::kFlush, .lane = 3});
  world.spawn("A", [&] {
    world.emit({.kind = EventKind::kSubmitted});
    world.yield();
    CHECK(world.current_request() == sim::kNoRequest);
    world.set_current_request(world.add_request({.kind = sim::IoKind::kWrite}));
    world.emit({.kind = EventKind::kEntryPlaced, .sector = 7, .nr_sectors = 8, .flags = 1});
  });
  world.spawn("B", [&] { world.emit({.kind = EventKind::kAcknowledged}); }, {.request = first});
  run(world, "ABA");
  world.record({.kind = EventKind::kSubmitted, .request = first});

  const sim::History history = world.history();
  REQUIRE(history.requests.size() == 2);
  CHECK(history.requests[0].lane == 3);
  REQUIRE(history.events.size() == 4);
  CHECK(history.events[0].request == sim::kNoRequest);
  CHECK(history.events[0].step == 0);
  CHECK(history.events[1].request == first);
  CHECK(history.events[1].step == 1);
  CHECK(history.events[2].request == sim::RequestId{1});
  CHECK(history.events[2].step == 2);
  CHECK(history.events[2].sector == 7);
  CHECK(history.events[3].request == first);
  CHECK(history.steps == 3);
  CHECK(history.exceptions.empty());
}

TEST_CASE("events are accesses of the objects that observe their kind, and of no others") {
  World world;
  const auto order = world.add_object("order");
  const auto all = world.add_object("all");
  world.observe(order, bit(EventKind::kSubmitted), bit(EventKind::kAcknowledged));
  world.observe(all, 0, bit(EventKind::kSubmitted) | bit(EventKind::kAcknowledged));
  world.spawn("A", [&] {
    world.emit({.kind = EventKind::kSubmitted});
    world.yield();
    world.emit({.kind = EventKind::kAcknowledged});
    world.yield();
    world.emit({.kind = EventKind::kEntryPlaced});
    world.yield();
    world.record({.kind = EventKind::kSubmitted});
    world.yield();
    world.emit({.kind = EventKind::kSubmitted});
    world.emit({.kind = EventKind::kAcknowledged});
  });
  CHECK(footprint_after(world, "A") == Strings{"r order", "a all"});
  CHECK(footprint_after(world, "A") == Strings{"a order", "a all"});
  CHECK(footprint_after(world, "A").empty());
  CHECK(footprint_after(world, "A").empty());
  CHECK(footprint_after(world, "A") == Strings{"w order", "a all"});
}

TEST_CASE("the history shows the devices and the stuck fibers") {
  World world;
  sim::Disk data(world, "data"), log(world, "log");
  sim::WaitQueue queue(world, "queue");
  CHECK(world.history().data == nullptr);
  world.show_devices(&data, &log, 4096);
  world.spawn("A", [&] { queue.wait(); });
  finish(world);
  const sim::History history = world.history();
  CHECK(history.data == &data);
  CHECK(history.log == &log);
  CHECK(history.log_sector_size == 4096);
  const auto stuck = history.stuck_fibers(history.context);
  REQUIRE(stuck.size() == 1);
  CHECK(stuck[0].waits_for == "queue queue");
  world.cancel();
}

TEST_CASE("a sink hears every step in order") {
  World world;
  StoryTeller teller;
  sim::Disk disk(world, "log", 1024);
  sim::Shared<int> x(world, "x", 1);
  sim::WaitQueue queue(world, "queue");
  world.spawn("A", [&] {
    x = 2;
    x = 2;
    queue.wait();
    disk.write(0, sim::Payload::filled(std::byte{1}, 512), {.label = "header"});
    disk.discard(1024, 1);
    world.emit({.kind = EventKind::kAcknowledged});
  });
  world.spawn("B", [&] { queue.wake_one(); });
  CHECK(!world.narrating());
  world.use_sink(&teller);
  CHECK(world.narrating());
  run(world, "AB");
  CHECK(teller.story == Strings{"x 1 -> 2", "x 2 -> 2", "waits in queue", "wakes A"});
  teller.story.clear();
  finish(world);
  CHECK(teller.story ==
        Strings{"submits log write 0+512 header ok", "takes effect log write 0+512 header ok",
                "completes log write 0+512 header ok", "submits log discard 1024+1  ok",
                "event 6 step 5", "takes effect log discard 1024+1  ENOSPC",
                "completes log discard 1024+1  ENOSPC", "event 1 step 6"});
}

TEST_CASE("an exception reaches the sink as an event") {
  World world;
  StoryTeller teller;
  world.use_sink(&teller);
  world.spawn("A", [] { throw 1; });
  run(world, "A");
  CHECK(teller.story == Strings{"event 4 step 0"});
}

}  // namespace simcheck::test
