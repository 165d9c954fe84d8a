// --property: names and groups, what they check, and how a replay line repeats them.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"

namespace simcheck::test {
namespace {

using Strings = std::vector<std::string>;

nlohmann::json checked(Strings arguments) {
  arguments.insert(arguments.end(), {"--workload", "flush, write", "--json"});
  return nlohmann::json::parse(simcheck(arguments).out);
}

Strings names(const nlohmann::json& result) {
  Strings names;
  for (const auto& property : result["properties"]) names.push_back(property["name"]);
  return names;
}

std::string replay_of(const Strings& arguments) {
  const nlohmann::json result = checked(arguments);
  REQUIRE(!result["counterexamples"].empty());
  return result["counterexamples"][0]["replay"];
}

const Strings kDefault = {"no-overlap",  "contiguous",    "log-parses", "replay-matches",
                          "acked-order", "deadlock-free", "terminates", "no-exception"};

}  // namespace

TEST_CASE("the default set is what it was, and a group") {
  CHECK(names(checked({})) == kDefault);
  CHECK(names(checked({"--property", "default"})) == kDefault);
}

TEST_CASE("all are all there are") {
  const auto listed = nlohmann::json::parse(simcheck({"list", "properties", "--json"}).out);
  CHECK(names(checked({"--property", "all"})) == names(listed));
}

TEST_CASE("names add to a group, each once, in the order of the catalog") {
  Strings expected = kDefault;
  expected.emplace_back("super-monotone");
  CHECK(names(checked({"--property", "super-monotone", "--property", "no-overlap", "--property",
                       "default", "--property", "super-monotone"})) == expected);
}

TEST_CASE("a replay line asks for the same properties in the same words") {
  CHECK(replay_of({"--property", "all"}).find(" --property all --workload") != std::string::npos);
  CHECK(replay_of({"--property", "super-covers-complete", "--property", "default"})
            .find(" --property default --property super-covers-complete --workload") !=
        std::string::npos);
}

TEST_CASE("the update interval is part of the result and of the replay line, by either name") {
  for (const char* const option : {"--super-interval", "--log-super-update-interval"}) {
    const Strings arguments = {"--property", "super-covers-complete", option, "7"};
    CHECK(checked(arguments)["super_interval"] == 7);
    CHECK(replay_of(arguments).find(" --super-interval 7 ") != std::string::npos);
  }
  CHECK(checked({})["super_interval"] == 4096);
}

}  // namespace simcheck::test
