// The table of verdicts as a page: cells, links, and what names from outside cannot do. How it
// behaves is tested in a browser (tests/html).
#include "reports/comparison_html.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/reports/samples.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {
namespace {

reports::ComparedCell broken(const model::Result& result, std::uint64_t interval) {
  return {.verdict = model::Verdict::kViolated,
          .workload = "zeroes, write",
          .super_interval = interval,
          .replay = "simcheck --driver buggy <again>",
          .result = result};
}

reports::Comparison sample() {
  model::Result untold = racy_result();
  untold.counterexamples.clear();
  reports::Comparison comparison{
      .depth = 2, .super_intervals = {4096, 1}, .drivers = {"buggy", "fixed", "other"}};
  comparison.properties = {
      {"no-overlap",
       "",
       {broken(racy_result(), 4096), {.verdict = model::Verdict::kHolds}, broken(untold, 4096)}},
      {"race-free", "--threads 2", {{}, {.verdict = model::Verdict::kHolds}, {}}},
      {"log-parses", "", {broken(racy_result(), 1), {}, {}}}};
  return comparison;
}

}  // namespace

TEST_CASE("a broken cell leads to its counterexample, if there is one") {
  const std::string page = reports::html(sample());
  CHECK(page == reports::html(sample()));
  CHECK(contains(page,
                 "<td class=\"violated\"><a href=\"#1\" aria-label=\"broken: no-overlap, buggy\">"
                 "broken</a><span class=\"detail\">zeroes, write</span></td>"
                 "<td class=\"holds\">holds</td><td class=\"violated\">broken<span"));
  CHECK(contains(page, "<a href=\"#2\" aria-label=\"broken: log-parses, buggy\">"));
  CHECK(contains(page, "<span class=\"detail\">k = 1</span>"));
  CHECK(contains(page, "<td class=\"open\">not exercised</td>"));
  CHECK(contains(page, "<dt>race-free</dt><dd><code>--threads 2</code></dd>"));
  CHECK(contains(page, "simcheck --driver buggy &lt;again&gt;\n"));
  CHECK(!contains(page, "{{"));
}

TEST_CASE("an interrupted comparison says so, and what is not finished") {
  reports::Comparison comparison = sample();
  CHECK(!contains(reports::html(comparison), "Interrupted:"));
  comparison.properties.back().cells.back().verdict = model::Verdict::kInterrupted;
  const std::string page = reports::html(comparison);
  CHECK(contains(page, "Interrupted: 8 of 9 cells are finished."));
  CHECK(contains(page, "<td class=\"open\">not finished</td>"));
}

TEST_CASE("the stories are in the order of the links, and say whose they are") {
  const std::string page = reports::html(sample());
  const std::string head = "id=\"result\">";
  const std::size_t begin = page.find(head) + head.size();
  const auto document =
      nlohmann::json::parse(page.substr(begin, page.find("</script>", begin) - begin));
  REQUIRE(document["counterexamples"].size() == 2);
  CHECK(document["counterexamples"][0]["driver"] == racy_result().driver);
  CHECK(document["counterexamples"][0]["threads"] == 1);
}

TEST_CASE("names from outside stay in their places") {
  reports::Comparison hostile = sample();
  hostile.drivers[0] = hostile.properties[0].name = "</script><b>\"";
  hostile.properties[0].cells[0].result.driver = "</script><b>\"";
  const std::string page = reports::html(hostile);
  CHECK(!contains(page, "<b>\""));
  CHECK(contains(page, "<th scope=\"col\">&lt;/script&gt;&lt;b&gt;&quot;</th>"));
}

}  // namespace simcheck::test
