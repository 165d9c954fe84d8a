// The text form of workloads: what it means, that it round-trips, and what is said of bad text.

#include "model/workload_parser.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::model {
namespace {

std::string normal_form(std::string_view text, const ParseOptions& options = {}) {
  const auto parsed = parse_workload(text, options);
  if (const auto* error = std::get_if<WorkloadError>(&parsed)) return "error: " + error->message;
  return to_text(std::get<Workload>(parsed));
}

std::string error_of(std::string_view text) {
  const auto parsed = parse_workload(text);
  const auto* error = std::get_if<WorkloadError>(&parsed);
  return error == nullptr ? "accepted: " + to_text(std::get<Workload>(parsed)) : error->message;
}

rc::Gen<Request> any_request() {
  return rc::gen::exec([] {
    Request request;
    request.kind = *rc::gen::element(sim::IoKind::kWrite, sim::IoKind::kZeroes,
                                     sim::IoKind::kDiscard, sim::IoKind::kFlush);
    if (request.kind == sim::IoKind::kFlush) return request;
    const std::uint64_t unit = *rc::gen::element<std::uint64_t>(1, 512, 4096, 1 << 20);
    request.offset = unit * *rc::gen::inRange<std::uint64_t>(0, 1 << 20);
    request.length = unit * *rc::gen::inRange<std::uint64_t>(1, 1 << 20);
    if (request.kind == sim::IoKind::kDiscard) return request;
    request.fua = *rc::gen::arbitrary<bool>();
    if (request.kind == sim::IoKind::kWrite && *rc::gen::arbitrary<bool>())
      request.pattern = *rc::gen::arbitrary<std::uint8_t>();
    return request;
  });
}

}  // namespace

RC_TEST_CASE("parsing what was printed gives the same workload", [] {
  const auto stages = *rc::gen::nonEmpty(rc::gen::container<std::vector<Stage>>(
      rc::gen::nonEmpty(rc::gen::container<Stage>(any_request()))));
  const Workload workload{stages};
  const auto parsed = parse_workload(to_text(workload));
  RC_ASSERT(std::holds_alternative<Workload>(parsed));
  RC_ASSERT(std::get<Workload>(parsed) == workload);
});

RC_TEST_CASE("any text is accepted or refused in one printable line", [] {
  const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "write", "zeroes", "flush", "discard", "read", "-P", "fua", "-f", "0", "4k", "255", "256",
      "0x10", "3", "*", ",", ";", "#", "\n", "1t", "16777215t", "\x01", "\xff", "-1", "k"));
  std::string text;
  for (const std::string& word : words) text += word + " ";
  const auto parsed = parse_workload(text);
  if (const auto* workload = std::get_if<Workload>(&parsed)) {
    RC_ASSERT(normal_form(to_text(*workload)) == to_text(*workload));
  } else {
    for (const char c : std::get<WorkloadError>(parsed).message) RC_ASSERT(c >= ' ' && c <= '~');
  }
});

TEST_CASE("the separators") {
  CHECK(normal_form("zeroes 0 4k, write 8k 4k ; flush") == "zeroes 0 4k, write 8k 4k ; flush");
  CHECK(normal_form("zeroes 0 4k,write 8k 4k;flush") == "zeroes 0 4k, write 8k 4k ; flush");
  CHECK(normal_form("# a file\nwrite 0 4k, # its first\n  write 8k 4k;\nflush\n# end") ==
        "write 0 4k, write 8k 4k ; flush");
}

TEST_CASE("sizes") {
  CHECK(normal_form("write 0x1000 0X200") == "write 4k 512");
  CHECK(normal_form("write 1K 3m, zeroes 2G 1t") == "write 1k 3m, zeroes 2g 1t");
  CHECK(normal_form("write 1023 1") == "write 1023 1");
  CHECK(normal_form("write 4k") == "write 4k 4k");
}

TEST_CASE("patterns and FUA, before and behind the numbers") {
  CHECK(normal_form("write -P 0 0 4k") == "write 0 4k -P 0");
  CHECK(normal_form("write 0 4k -P 0xff") == "write 0 4k -P 255");
  CHECK(normal_form("write -f 0 4k, zeroes 8k 4k fua") == "write 0 4k fua, zeroes 8k 4k fua");
  CHECK(normal_form("write -P 7") == "write 0 4k -P 7");
}

TEST_CASE("requests without an offset get free extents of their own") {
  CHECK(normal_form("zeroes, write ; flush, discard") ==
        "zeroes 0 4k, write 8k 4k ; flush, discard 16k 4k");
  CHECK(normal_form("2*write, zeroes 4k 16k, write") ==
        "write 24k 4k, write 32k 4k, zeroes 4k 16k, write 40k 4k");
  CHECK(normal_form("write, zeroes 8k 1t, write") ==
        "write 0 4k, zeroes 8k 1t, write 1073741832k 4k");
  CHECK(normal_form("2*write", {.extent_bytes = 65536}) == "write 0 64k, write 128k 64k");
}

TEST_CASE("counts") {
  CHECK(normal_form("3*zeroes") == "zeroes 0 4k, zeroes 8k 4k, zeroes 16k 4k");
  CHECK(normal_form("2 * write 0 4k fua") == "write 0 4k fua, write 0 4k fua");
  CHECK(normal_form("2*flush") == "flush, flush");
  CHECK(error_of("65536*flush").starts_with("accepted"));
}

TEST_CASE("bad text is refused with what, where and what would be right") {
  struct Case {
    std::string_view text, error;
  };
  const std::string rest =
      " is not understood here; a request is KIND [OFFSET [LENGTH]] [-P PATTERN] [fua], and ',', "
      "'>' or ';' stands before the next";
  const std::string flush_rest = "column 12: 'flush'" + rest;
  const std::string line_rest = "line 2, column 1: 'flush'" + rest;
  const std::string negative = "column 7: '-5'" + rest;
  const std::string star = "column 7: '*'" + rest;
  for (const Case& bad : {
           Case{"",
                "column 1: the end of the text stands where a request should: write, zeroes, "
                "discard, flush or read"},
           Case{"write 0 4k,",
                "column 12: the end of the text stands where a request should: "
                "write, zeroes, discard, flush or read"},
           Case{"write;;flush",
                "column 7: ';' stands where a request should: write, zeroes, discard, flush or "
                "read"},
           Case{"wrte 0 4k",
                "column 1: 'wrte' is no request; allowed: write, zeroes, discard, flush, read"},
           Case{"a\x01\xff",
                "column 1: 'a\\x01\\xff' is no request; allowed: write, zeroes, "
                "discard, flush, read"},
           Case{"read -P 1 0 4k", "column 6: only a write takes a pattern, not a read"},
           Case{"read 0 4k fua", "column 11: only a write or zeroes can be fua, not a read"},
           Case{"write 0 4k flush", flush_rest},
           Case{"write 0 4k\nflush", line_rest},
           Case{"write -5 4k", negative},
           Case{"write * 3", star},
           Case{"write 0 4k 7", "column 12: '7' is one number too many after write OFFSET LENGTH"},
           Case{"write 4x 1",
                "column 7: '4x' is no size; sizes are like 4096, 4k, 1m or 0x1000, "
                "below 2^64"},
           Case{"write 99999999999999999999 1",
                "column 7: '99999999999999999999' is no size; sizes are like 4096, 4k, 1m or "
                "0x1000, below 2^64"},
           Case{"write 8388607t 2t",
                "column 7: write 9223370937343148032 2199023255552 ends past 2^63, where no disk "
                "reaches"},
           Case{"zeroes 0 0", "column 10: a zeroes needs at least one byte"},
           Case{"flush 0 4k", "column 7: a flush takes no offset and no length"},
           Case{"flush fua", "column 7: only a write or zeroes can be fua, not a flush"},
           Case{"zeroes -P 1", "column 8: only a write takes a pattern, not a zeroes"},
           Case{"write -P",
                "column 9: -P takes the byte to write, 0 to 255, not the end of the "
                "text"},
           Case{"write -P 256", "column 10: -P takes the byte to write, 0 to 255, not '256'"},
           Case{"write -P 1 -P 2", "column 12: the pattern is given twice"},
           Case{"0*write", "column 1: the count '0' is not one of 1 to 65536"},
           Case{"99999999999999999999*write",
                "column 1: the count '99999999999999999999' is not one of 1 to 65536"},
           Case{"65536*write, write", "column 14: a workload has at most 65536 requests"},
           Case{"3 write",
                "column 1: '3' stands where a request should begin; a count is followed "
                "by *, as in '3*write'"},
           Case{"write 0 8388608t, write",
                "column 1: no room is left for the requests without an offset; give them offsets"},
       }) {
    CAPTURE(bad.text);
    CHECK(error_of(bad.text) == bad.error);
  }
}

TEST_CASE("long words are cut in messages") {
  CHECK(error_of(std::string(100000, 'x')) ==
        "column 1: '" + std::string(32, 'x') +
            "...' is no request; allowed: write, zeroes, discard, flush, read");
}

}  // namespace simcheck::model
