// A program's own drivers and properties are refused where they would be checked wrongly.
#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "cli/check_extensions.hpp"
#include "cli/command.hpp"
#include "cli/usage_error.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::cli {
namespace {

using test::contains;

struct Passing : properties::Property {
  std::string_view name() const override { return "passing"; }
  std::string_view summary() const override { return "holds always"; }
  properties::Judgement judge(const properties::Evidence&) const override {
    return properties::Judgement::holds();
  }
};

sim::BlockDevice& pass(sim::World&, sim::BlockDevice& data, sim::BlockDevice&,
                       const drivers::LogWritesOptions&) {
  return data;
}

std::unique_ptr<properties::Property> make_nothing() { return nullptr; }

drivers::DriverInfo driver_called(std::string_view name) { return {name, "hands on", pass}; }

Extensions sound() {
  return {.drivers = {driver_called("own"), driver_called("own-2")},
          .properties = {property<Passing>()},
          .default_properties = {"passing", "deadlock-free"}};
}

// What is said of the sound ones, once they were changed.
std::string complaint(const std::function<void(Extensions&)>& change) {
  Extensions own = sound();
  change(own);
  try {
    check_extensions(own);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("sound extensions, and none, are accepted") {
  CHECK(complaint([](Extensions&) {}) == "");
  CHECK(complaint([](Extensions& own) { own = {}; }) == "");
}

TEST_CASE("a misspelt default property is refused: it would not be checked") {
  CHECK(complaint([](Extensions& own) { own.default_properties[0] = "pasing"; }) ==
        "Extensions::default_properties: unknown property 'pasing'; did you mean 'passing'?");
  CHECK(contains(complaint([](Extensions& own) { own.default_properties[1] = "deadlock-fre"; }),
                 "did you mean 'deadlock-free'?"));
}

TEST_CASE("names that two entries have, or a built-in one, are refused") {
  CHECK(complaint([](Extensions& own) { own.drivers[1].name = "own"; }) ==
        "two drivers of this program are called 'own'; rename one");
  CHECK(complaint([](Extensions& own) { own.drivers[1].name = "fixed"; }) ==
        "a driver of this program is called 'fixed', as a built-in one; give it another name");
  CHECK(complaint([](Extensions& own) { own.properties.push_back(property<Passing>()); }) ==
        "two properties of this program are called 'passing'; rename one");
  CHECK(contains(complaint([](Extensions& own) {
                   own.recoveries = {{"truncate", "another", {}}};
                 }),
                 "a recovery of this program is called 'truncate', as a built-in one"));
}

TEST_CASE("names that a replay line cannot hold are refused, with the rule") {
  for (const char* name : {"", "my driver", "it's", "Own", "own_2", "-own", "own.2"}) {
    const std::string said = complaint([&](Extensions& own) { own.drivers[1].name = name; });
    CHECK_MESSAGE(contains(said, "a name is lower case letters, digits and hyphens"), name, said);
  }
}

TEST_CASE("the names of groups are no names of properties") {
  struct All final : Passing {
    std::string_view name() const override { return "all"; }
  };
  CHECK(contains(complaint([](Extensions& own) { own.properties.push_back(property<All>()); }),
                 "a property of this program is called 'all', as a group of --property"));
}

TEST_CASE("summaries are one line of 1 to 60 characters") {
  const std::string longest(60, 's'), too_long(61, 's');
  CHECK(complaint([&](Extensions& own) { own.drivers[0].summary = longest; }) == "");
  CHECK(complaint([&](Extensions& own) { own.drivers[0].summary = too_long; }) ==
        "the summary of the driver 'own' has 61 characters; it is one line of 1 to 60 characters");
  CHECK(contains(complaint([](Extensions& own) { own.properties[0].summary = ""; }),
                 "'passing' has 0 characters; it is one line"));
  CHECK(contains(complaint([](Extensions& own) { own.properties[0].summary = "a\nb"; }),
                 "'passing' has several lines; it is one line"));
}

TEST_CASE("entries that make nothing are refused, and properties of two names") {
  CHECK(complaint([](Extensions& own) { own.drivers[0].make = nullptr; }) ==
        "the driver 'own' makes nothing; its entry needs a function that does");
  CHECK(contains(complaint([](Extensions& own) { own.properties[0].make = nullptr; }),
                 "the property 'passing' makes nothing"));
  CHECK(contains(complaint([](Extensions& own) { own.properties[0].make = make_nothing; }),
                 "the property 'passing' makes nothing"));
  CHECK(complaint([](Extensions& own) {
          own.properties[0].name = "passes";
          own.default_properties.clear();
        }) ==
        "the property 'passes' calls itself 'passing'; its entry and its name() must say the "
        "same");
}

TEST_CASE("the command ends with the status of a usage error") {
  Extensions own = sound();
  own.default_properties = {"pasing"};
  char program[] = "own";
  char* arguments[] = {program, nullptr};
  CHECK(run_command(1, arguments, own) == 2);
}

}  // namespace simcheck::cli
