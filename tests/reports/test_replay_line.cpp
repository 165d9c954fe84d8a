// The replay line survives the shell.
#include <doctest/doctest.h>

#include <string>

#include "reports/replay_line.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {

using reports::replay_line;
using reports::shell_quoted;

TEST_CASE("words are quoted where they must be") {
  CHECK(shell_quoted("s1:0.1-2,x") == "s1:0.1-2,x");
  CHECK(shell_quoted("") == "''");
  CHECK(shell_quoted("a b") == "'a b'");
  CHECK(shell_quoted("it's") == "'it'\\''s'");
  CHECK(shell_quoted("~") == "'~'");
  CHECK(shell_quoted("a\nb'\\") == "$'a\\012b\\'\\\\'");
}

TEST_CASE("a shell reads back what was quoted") {
  for (const std::string word :
       {"plain", "two words", "$HOME `id` \"!*?[x]\" & ; | <>", "it's", "tab\tnewline\n1",
        "back\\slash\x01"
        "7",
        "h\xc3\xa9"}) {
    CAPTURE(word);
    CHECK(run_process({"bash", "-c", "printf %s " + shell_quoted(word)}).out == word);
  }
}

TEST_CASE("the line repeats all that the run needs") {
  model::Result result = racy_result();
  CHECK(replay_line(result, result.counterexamples.front()) ==
        "simcheck --driver buggy --workload 'zeroes 0 4k, write 8k 4k' --replay 's1:0.1.0.1*4'");
  result.replay_options = "--log-super-update-interval 1";
  CHECK(replay_line(result, result.counterexamples.front()) ==
        "simcheck --driver buggy --log-super-update-interval 1 --workload 'zeroes 0 4k, write 8k "
        "4k' --replay 's1:0.1.0.1*4'");
}

}  // namespace simcheck::test
