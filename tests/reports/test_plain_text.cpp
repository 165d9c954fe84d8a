// Numbers, widths, wrapping, and characters that a terminal must not get.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "reports/plain_text.hpp"

namespace simcheck::test {

using namespace simcheck::reports;
using Lines = std::vector<std::string>;

TEST_CASE("numbers for people") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(18446744073709551615U) == "18,446,744,073,709,551,615");
  CHECK(counted(1, "step") == "1 step");
  CHECK(counted(0, "step") == "0 steps");
}

TEST_CASE("what is no printable UTF-8 is spelled out") {
  CHECK(printable("plain, h\xc3\xa9llo, \xe2\x82\xac, \xf0\x9f\x90\xa7") ==
        "plain, h\xc3\xa9llo, \xe2\x82\xac, \xf0\x9f\x90\xa7");
  CHECK(printable("a\nb\x7f") ==
        "a\\x0a"
        "b\\x7f");
  CHECK(printable("\xc2\x9b") == "\\xc2\\x9b");           // a control character above ASCII
  CHECK(printable("\xc0\xaf") == "\\xc0\\xaf");           // overlong
  CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");  // half of a surrogate pair
  CHECK(printable("\xe2\x82") == "\\xe2\\x82");           // cut short
}

TEST_CASE("text cannot turn the direction of what follows") {
  CHECK(printable("a\xe2\x80\xae") == "a\\xe2\\x80\\xae");  // an override
  CHECK(printable("\xe2\x81\xa6") == "\\xe2\\x81\\xa6");    // an isolate
  CHECK(printable("\xe2\x80\xa6") == "\xe2\x80\xa6");
  CHECK(printable("\xd7\x90") == "\xd7\x90");  // Hebrew
}

TEST_CASE("columns are code points") {
  CHECK(columns("h\xc3\xa9") == 2);
  CHECK(padded("h\xc3\xa9", 4) == "h\xc3\xa9  ");
  CHECK(right_aligned("7", 3) == "  7");
  CHECK(clipped("abcdef", 6) == "abcdef");
  CHECK(clipped("abcdefg", 6) == "abcd..");
  CHECK(clipped("abc", 1) == ".");
}

TEST_CASE("wrapping") {
  CHECK(wrapped("", 10) == Lines{""});
  CHECK(wrapped("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrapped("one two three", 7, 2) == Lines{"one two", "  three"});
  CHECK(wrapped("a\nb", 10) == Lines{"a", "b"});
  CHECK(wrapped("abcdefgh", 3) == Lines{"abc", "def", "gh"});
  CHECK(wrapped("x " + firm("a b"), 4) == Lines{"x", "a b"});
  CHECK(wrapped(firm("abc def"), 5) == Lines{"abc", "def"});
}

}  // namespace simcheck::test
