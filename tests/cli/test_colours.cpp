// Colours: on a terminal that has some, nowhere else, and never the only sign of anything.

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/cli/race.hpp"
#include "tests/support/build.hpp"
#include "tests/support/files.hpp"
#include "tests/support/terminal.hpp"

namespace simcheck::test {
namespace {

std::string on_terminal(Arguments arguments, const TerminalOptions& options = {}) {
  arguments.insert(arguments.begin(), simcheck_command());
  return run_on_terminal(arguments, options).out;
}

bool is_coloured(const std::string& text) { return text.find("\x1b[") != std::string::npos; }

// What `note` and the line of progress say on the terminal's last line is not the result.
std::string result_in(const std::string& text) {
  const std::size_t cost = text.find("\r\x1b[Ksimcheck: note: ");
  return text.substr(0, cost);
}

std::size_t widest(const std::string& text) {
  std::size_t width = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.find(" --replay ") == std::string::npos) width = std::max(width, line.size());
  return width;
}

}  // namespace

TEST_CASE("on a terminal there are colours, and without them it is the plain text") {
  const Arguments deadlock = {"--driver", "mutex-v2", "--depth", "3", "--super-interval", "1"};
  for (const Arguments& arguments : {race_with({}), race_with({"-v"}), deadlock}) {
    const std::string shown = result_in(on_terminal(arguments));
    CHECK(is_coloured(shown));
    const ProcessResult plain = simcheck(arguments);
    CHECK(without_colours(shown) == plain.out);
    CHECK(!is_coloured(plain.out));
    Arguments always = arguments;
    always.insert(always.end(), {"--color", "always"});
    CHECK(simcheck(always).out == shown);
  }
}

TEST_CASE("requests have their colours, red is for what is wrong, the race is reversed") {
  const std::string shown = simcheck(race_with({"--color", "always"})).out;
  const auto shows = [&](const std::string& text) { return shown.find(text) != std::string::npos; };
  CHECK(shown.starts_with("\x1b[1;31mviolated: no-overlap"));
  CHECK(shows("\x1b[36mA: zeroes 0 4k\x1b[0m"));
  CHECK(shows("\x1b[33mB: write 8k 4k\x1b[0m"));
  CHECK(shows("\x1b[1;31m^\x1b[0m"));  // the overlap
  CHECK(shows("\n\x1b[1;31mviolated: no-overlap, at step"));
  CHECK(shows("\x1b[1;7mThe race:\x1b[0m had step"));
  CHECK(shows("\x1b[1;31m!\x1b[0m \x1b[1;7;31m"));  // a violating step of the race
  CHECK(shows("\x1b[1;31mno-overlap"));
  CHECK(simcheck({"--depth", "2", "-q", "--color", "always"}).out ==
        "\x1b[1;32mholds (complete)\x1b[0m\n");
}

TEST_CASE("NO_COLOR, dumb terminals and --color") {
  const auto coloured = [](const Arguments& more, std::vector<std::string> environment) {
    return is_coloured(
        result_in(on_terminal(race_with(more), {.environment = std::move(environment)})));
  };
  CHECK(coloured({}, {"TERM=xterm"}));
  CHECK(coloured({}, {"TERM=xterm", "NO_COLOR="}));
  CHECK(!coloured({}, {"TERM=xterm", "NO_COLOR=1"}));
  CHECK(!coloured({}, {"TERM=dumb"}));
  CHECK(!coloured({}, {}));
  CHECK(!coloured({"--color", "never"}, {"TERM=xterm"}));
  CHECK(coloured({"--color", "always"}, {"TERM=dumb", "NO_COLOR=1"}));
  CHECK(!coloured({"--format", "github"}, {"TERM=xterm"}));
  CHECK(simcheck(race_with({"--color", "green"})).err ==
        "simcheck: --color: 'green' is not one of auto, always, never\n");
}

constexpr const char* kDepth = by_build("5", "4");

TEST_CASE("a dumb terminal gets no line that is written over, but the cost") {
  for (const char* const terminal : {"TERM=dumb", "TERM="}) {
    const std::string shown = on_terminal({"--depth", kDepth}, {.environment = {terminal}});
    CHECK(shown.find_first_of("\r\x1b") == std::string::npos);
    CHECK(shown.find("\nsimcheck: note: ") != std::string::npos);
  }
  CHECK(on_terminal({"--depth", kDepth}).find("\r\x1b[K") != std::string::npos);
}

TEST_CASE("a file of --output has no colours") {
  const TempDir temp;
  simcheck(race_with({"--color", "always", "--output", temp / "r.txt"}));
  CHECK(read_file(temp / "r.txt") == simcheck(race_with({})).out);
}

TEST_CASE("nothing is wider than the terminal, of which COLUMNS may know better") {
  for (const unsigned short columns : {48, 57, 80}) {
    CAPTURE(columns);
    const std::string shown = without_colours(on_terminal(race_with({}), {.columns = columns}));
    CHECK(widest(result_in(shown)) <= columns);
    CHECK(widest(result_in(shown)) > columns - 12U);
  }
  const std::string narrow =
      without_colours(on_terminal(race_with({}), {.environment = {"TERM=xterm", "COLUMNS=60"}}));
  CHECK(widest(result_in(narrow)) <= 60);
  const std::string odd =
      without_colours(on_terminal(race_with({}), {.environment = {"TERM=xterm", "COLUMNS=many"}}));
  CHECK(widest(result_in(odd)) > 80);
}

TEST_CASE("a replayed trace is coloured alike") {
  const TempDir temp;
  simcheck(race_with({"--trace", temp / "t"}));
  const Arguments replay = {"replay", temp / "t"};
  const std::string shown = on_terminal(replay);
  CHECK(is_coloured(shown));
  CHECK(without_colours(shown) == simcheck(replay).out);
  CHECK(!is_coloured(on_terminal({"replay", temp / "t", "--color", "never"})));
}

}  // namespace simcheck::test
