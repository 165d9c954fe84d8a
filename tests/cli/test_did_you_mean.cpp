// Suggestions for misspelt names.

#include "cli/did_you_mean.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::cli {

TEST_CASE("edit distance counts insertions, deletions, replacements and swaps") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("fixed", "fixed") == 0);
  CHECK(edit_distance("fixd", "fixed") == 1);
  CHECK(edit_distance("dpro", "dpor") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

RC_TEST_CASE("edit distance is symmetric and bounded by the lengths", [] {
  const auto word = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c'));
  const std::string from = *word;
  const std::string to = *word;
  const std::size_t distance = edit_distance(from, to);
  RC_ASSERT(distance == edit_distance(to, from));
  RC_ASSERT(distance <= std::max(from.size(), to.size()));
  RC_ASSERT((distance == 0) == (from == to));
});

TEST_CASE("only near names are suggested") {
  const std::vector<std::string> names = {"buggy", "fixed", "mutex-v1", "mutex-v2", "serialized"};
  CHECK(nearest("fixd", names) == "fixed");
  CHECK(nearest("bugyg", names) == "buggy");
  CHECK(nearest("serialised", names) == "serialized");
  CHECK(nearest("mutex", names) == "mutex-v1");
  CHECK(nearest("FIXED", names) == "fixed");
  CHECK(nearest("Mutex-V2", names) == "mutex-v2");
  CHECK(nearest("banana", names) == "");
  CHECK(nearest("", names) == "");
  CHECK(nearest("x", names) == "");
  CHECK(did_you_mean("fixd", names) == "; did you mean 'fixed'?");
  CHECK(did_you_mean("banana", names) == "");
}

TEST_CASE("quoted text can neither break the line nor flood it") {
  CHECK(in_quotes("a\nb\x7f") == "'a\\x0ab\\x7f'");
  CHECK(in_quotes(std::string(1000, 'x')).size() < 200);
}

}  // namespace simcheck::cli
