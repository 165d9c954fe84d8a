// What two reasons of one kind have in common, and what tells kinds apart.
#include "model/reason_kind.hpp"

#include <doctest/doctest.h>

namespace simcheck::test {
namespace {

using model::kind_of_reason;

TEST_CASE("reasons are compared without names, numbers, requests and particulars") {
  CHECK(kind_of_reason("entry of request B (zeroes 8k 4k) at log sectors 1..9 is torn") ==
        "entry of request at log sectors is torn");
  CHECK(kind_of_reason("entry of request R26 (write 0 512) at log sectors 12..13 is torn") ==
        "entry of request at log sectors is torn");
  CHECK(kind_of_reason("request A is missing") != kind_of_reason("request A is torn"));
  CHECK(kind_of_reason("nothing can ever run again: A waits for B") ==
        "nothing can ever run again");
}

TEST_CASE("the kind of a kind is the same, as is that of one whose numbers were signs") {
  const std::string kind = kind_of_reason("entry of request B (zeroes 8k 4k) at log sectors 1..9");
  CHECK(kind_of_reason(kind) == kind);
  CHECK(kind_of_reason("entry of request B (zeroes #k #k) at log sectors #..#") == kind);
}

}  // namespace
}  // namespace simcheck::test
