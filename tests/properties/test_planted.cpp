// For each of the properties on request, a mistake in serialized that it alone finds, of all the
// properties that the driver without the mistake keeps.

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "drivers/crash_safe.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/properties/planted.hpp"

namespace simcheck::test {
namespace {

using Strings = std::vector<std::string>;

Strings broken(const std::string& text, const model::MakeDevice& make_device,
               std::uint64_t interval = 4096, const model::MakeFilter& filter = {},
               std::optional<model::PowerCut> power_cut = {}) {
  model::CheckOptions options = options_for("serialized", text);
  options.make_device = make_device;
  options.make_filter = filter;
  options.properties = every_property();
  options.super_interval = interval;
  options.power_cut = power_cut;
  Strings names;
  for (const model::PropertyResult& property : model::check(options).properties) {
    if (property.verdict == model::Verdict::kViolated) names.push_back(property.name);
  }
  return names;
}

// What the mistake breaks, and the driver without it does not.
Strings found(const std::string& text, const model::MakeDevice& mistaken,
              const model::MakeDevice& sound, std::uint64_t interval = 4096) {
  const Strings known = broken(text, sound, interval);
  Strings names = broken(text, mistaken, interval);
  std::erase_if(names, [&](const std::string& name) {
    return std::ranges::find(known, name) != known.end();
  });
  return names;
}

}  // namespace

TEST_CASE("planted: an update counts up to its own entry") {
  CHECK(found("3*flush", with_mistake(Mistake::kOwnCount), device("serialized")) ==
        Strings{"super-monotone"});
}

TEST_CASE("planted: the superblock is written before the entry") {
  CHECK(found("flush", with_mistake(Mistake::kSuperFirst), device("serialized")) ==
        Strings{"super-covers-complete"});
}

TEST_CASE("planted: an update is left to an earlier one in progress") {
  const drivers::LogWritesOptions every{.super_update_interval = 1};
  CHECK(found("2*write", with_mistake(Mistake::kLeavesItToAny, every), device("serialized", every),
              1) == Strings{"super-interval"});
}

TEST_CASE("planted: the log is not flushed behind a superblock") {
  CHECK(found("flush", with_mistake(Mistake::kNoFlush), device("serialized")) ==
        Strings{"flush-durable"});
}

TEST_CASE("planted: a superblock is written before what it counts is durable") {
  const auto crash_safe_without = [](std::uint32_t parts) -> model::MakeDevice {
    return [parts](sim::World& world, sim::BlockDevice& data,
                   sim::BlockDevice& log) -> sim::BlockDevice& {
      return drivers::make_crash_safe_without(parts, world, data, log, {});
    };
  };
  const auto barrier = bit_of(drivers::CrashSafePart::kBarrier);
  for (const std::string text : {"flush", "write ; flush"}) {
    CHECK(broken(text, crash_safe_without(0), 4096, {}, model::PowerCut()).empty());
    CHECK(broken(text, crash_safe_without(barrier)).empty());  // only a cut shows it
    CHECK(broken(text, crash_safe_without(barrier), 4096, {}, model::PowerCut()) ==
          Strings{"crash-parses"});
  }
}

TEST_CASE("planted: the data device is flushed before what is in flight was waited for") {
  CHECK(broken("write, flush", draining(false)).empty());
  CHECK(broken("write, flush", draining(true)) == Strings{"flush-covers-issued-only"});
}

TEST_CASE("planted: FUA flushes before the write instead of behind it") {
  CHECK(broken("write fua", device("serialized"), 4096, flushing_fua(false)).empty());
  CHECK(broken("write fua", device("serialized"), 4096, flushing_fua(true)) ==
        Strings{"fua-recorded"});
}

}  // namespace simcheck::test
