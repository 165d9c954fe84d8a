// The table of rules in docs/log-format.md is the one in the program.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "logs/rules.hpp"
#include "tests/logs/judged.hpp"
#include "tests/support/files.hpp"
#include "tests/support/paths.hpp"

namespace simcheck::test {
namespace {

TEST_CASE("the page lists every rule as it is, in order") {
  std::string table = "| rule | severity | what must hold |\n|---|---|---|\n";
  for (const logs::Rule& rule : logs::all_rules()) {
    table += fmt::format("| `{}` | {} | {} |\n", rule.id, name(rule.severity), rule.summary);
  }
  CHECK(contains(read_file(source_dir() / "docs/log-format.md"), table + "\n"));
}

}  // namespace
}  // namespace simcheck::test
