// JUnit XML: its schema, and which test cases fail, pass and are skipped.
#include "reports/junit.hpp"

#include <doctest/doctest.h>

#include <pugixml.hpp>
#include <sstream>
#include <string>

#include "tests/reports/samples.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {
namespace {

std::string xml_of(const model::Result& result) {
  std::ostringstream out;
  reports::write_junit(out, result);
  return out.str();
}

// What xmllint finds wrong.
std::string schema_complaints(const std::string& xml) {
  const auto schema = source_dir() / "tests/reports/junit.xsd";
  const ProcessResult result =
      run_process({"xmllint", "--noout", "--schema", schema, "-"}, {.input = xml});
  return result.exit_status == 0 ? "" : result.err;
}

class Document {
 public:
  explicit Document(const model::Result& result) {
    REQUIRE(document_.load_string(xml_of(result).c_str()));
  }

  pugi::xml_node suite() const { return document_.child("testsuites").child("testsuite"); }

  // "" passed, "failure: why", "skipped: why", or "no case".
  std::string fate(const std::string& workload, const std::string& property) const {
    for (const pugi::xml_node test : suite().children("testcase")) {
      if (test.attribute("classname").value() != workload) continue;
      if (test.attribute("name").value() != property) continue;
      const pugi::xml_node part = test.first_child();
      if (part.empty()) return "";
      return std::string(part.name()) + ": " + part.attribute("message").value();
    }
    return "no case";
  }

 private:
  pugi::xml_document document_;
};

constexpr const char* kRace = "simcheck.buggy.zeroes 0 4k, write 8k 4k";

}  // namespace

TEST_CASE("every kind of result keeps to the schema") {
  for (const auto& result : {passing_result(), racy_result(), deadlocked_result(), {}})
    CHECK(schema_complaints(xml_of(result)) == "");
  CHECK(schema_complaints("<testsuites/>") != "");
}

TEST_CASE("a case for each workload and property, counted") {
  const Document passing(passing_result());
  CHECK(passing.suite().attribute("tests").as_int() == 2 * 2 + 1);
  CHECK(passing.suite().attribute("failures").as_int() == 0);
  CHECK(passing.fate("simcheck.fixed.write 0 4k", "no-overlap") == "");
  CHECK(passing.fate("simcheck.fixed.write 0 4k", "acked-order").starts_with("skipped: not ex"));
  CHECK(passing.fate("simcheck.fixed", "every interleaving explored") == "");
}

TEST_CASE("a violation fails with its story, and what was not decided is no success") {
  const Document racy(racy_result());
  CHECK(racy.suite().attribute("failures").as_int() == 2);
  CHECK(racy.fate(kRace, "no-overlap") == "failure: A's entry covers B's header");
  CHECK(racy.fate(kRace, "terminates").starts_with("skipped: not decided"));
  CHECK(racy.fate("simcheck.buggy", "every interleaving explored").starts_with("skipped: up to"));
  const std::string story = racy.suite().child("testcase").child("failure").text().get();
  CHECK(story.find("See it again with\n  simcheck --driver buggy") != std::string::npos);
}

TEST_CASE("a workload whose counterexample is not kept refers to the first") {
  model::Result result = racy_result();
  result.workloads.push_back(result.workloads.front());
  result.workloads.back().workload = "zeroes, 2*write";
  result.coverage.stopped_at_violation = false;
  const Document document(result);
  CHECK(document.fate("simcheck.buggy.zeroes, 2*write", "no-overlap").starts_with("failure: "));
  CHECK(xml_of(result).find("The first workload that breaks it shows how") != std::string::npos);
}

TEST_CASE("an expected violation passes and tells how, its absence fails") {
  model::Result racy = racy_result();
  racy.violation_expected = true;
  const Document found(racy);
  CHECK(schema_complaints(xml_of(racy)) == "");
  CHECK(found.suite().attribute("failures").as_int() == 0);
  CHECK(found.fate("simcheck.buggy", "a violation, as expected") == "");
  const std::string story = found.suite().child("testcase").child("system-out").text().get();
  CHECK(story.starts_with("violated, as expected: A's entry covers B's header\n"));
  CHECK(story.find("See it again with\n  simcheck --driver buggy") != std::string::npos);
  model::Result passing = passing_result();
  passing.violation_expected = true;
  CHECK(Document(passing).fate("simcheck.fixed", "a violation, as expected") ==
        "failure: a violation was expected, and there is none");
  passing.coverage.bounds = {"max-executions 5"};
  CHECK(Document(passing).fate("simcheck.fixed", "a violation, as expected") ==
        "skipped: a violation was expected, and none was found: holds (bounded: max-executions 5)");
}

TEST_CASE("what is known is skipped") {
  model::Result result = racy_result();
  result.workloads.front().broken.front().known = true;
  CHECK(Document(result).fate(kRace, "no-overlap") ==
        "skipped: known: A's entry covers B's header");
}

TEST_CASE("a search that was cut short in a workload does not pass it") {
  model::Result result = passing_result();
  result.coverage.bounds = {"max-time 5 s"};
  result.workloads_done = 0;
  for (model::WorkloadResult& workload : result.workloads) workload.cut_short = true;
  const Document document(result);  // by two workers
  CHECK(
      document.fate("simcheck.fixed.write 0 4k", "no-overlap").starts_with("skipped: not decided"));
  CHECK(document.fate("simcheck.fixed.write 0 4k, write 8k 4k", "no-overlap")
            .starts_with("skipped: not decided"));
}

TEST_CASE("any bytes give XML") {
  model::Result result = racy_result();
  result.driver = "a\"b<c>&\n\x01\x1b\xff]]>";
  result.counterexamples.front().workload = "]]>\x02<![CDATA[";
  result.workloads.front().broken.front().reason = "\x03 <&\">";
  CHECK(schema_complaints(xml_of(result)) == "");
}

}  // namespace simcheck::test
