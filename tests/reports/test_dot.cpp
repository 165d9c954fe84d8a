// Happens-before graphs: what they hold, and that Graphviz draws them.
#include "reports/dot.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>

#include "tests/reports/samples.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {
namespace {

std::string dot_of(const model::Result& result) {
  std::ostringstream out;
  reports::write_dot(out, result);
  return out.str();
}

// The picture; a REQUIRE fails if dot refuses or complains.
std::string drawn(const std::string& graph) {
  const ProcessResult result = run_process({"dot", "-Tsvg"}, {.input = graph});
  REQUIRE_MESSAGE(result.exit_status == 0, result.err);
  CHECK(result.err == "");
  return result.out;
}

}  // namespace

TEST_CASE("lanes are clusters, steps nodes, and dependence of other lanes has its edges") {
  const std::string graph = dot_of(racy_result());
  CHECK(graph.starts_with("digraph counterexample_1 {\n"));
  CHECK(contains(graph, "label=\"A: zeroes 0 4k\""));
  CHECK(contains(graph, "s1 -> s3 -> s5 -> s7 -> s8 -> s10 -> s12;"));
  CHECK(contains(graph, "s5 -> s6 [style=\"bold,dashed\""));
  CHECK(contains(graph, "s6 -> s8 [style=\"bold,dashed\""));
  CHECK(contains(graph, "! breaks no-overlap\\l\", peripheries=2"));
}

TEST_CASE("dot draws every kind of result") {
  const std::string picture = drawn(dot_of(racy_result()));
  CHECK(contains(picture, ">A: zeroes 0 4k<"));
  CHECK(contains(picture, "<title>s5&#45;&gt;s6</title>"));
  CHECK(contains(drawn(dot_of(deadlocked_result())), "deadlock&#45;free"));
  CHECK(contains(drawn(dot_of(passing_result())), "fixed: holds"));
  drawn(dot_of({}));
}

TEST_CASE("the race is an edge with a word, once, be it a dependence or not") {
  model::Result result = racy_result();
  CHECK(!contains(dot_of(result), "label=race"));
  result.counterexamples.front().race = model::RacePair{4, 5};
  CHECK(contains(dot_of(result), "s5 -> s6 [style=\"bold,dashed\", label=race, color=red3"));
  CHECK(!contains(dot_of(result), "constraint=false"));
  result.counterexamples.front().race = model::RacePair{2, 8};
  CHECK(contains(dot_of(result), "s3 -> s9 [style=dashed, constraint=false, label=race"));
  CHECK(contains(dot_of(result), "s5 -> s6 [style=\"bold,dashed\", color=blue3"));
  CHECK(contains(drawn(dot_of(result)), ">race<"));
}

TEST_CASE("names from outside cannot break the graph") {
  model::Result result = racy_result();
  result.driver = "a\"b\\c\n\x1b\xff<&>";
  result.counterexamples.front().trace.lanes.front().name = "\"]; x -> y [label=\"";
  result.counterexamples.front().trace.steps.front().notes = {"\\N \\"};
  result.counterexamples.push_back(racy_counterexample());
  CHECK(contains(drawn(dot_of(result)), "&quot;]; x &#45;&gt; y [label=&quot;"));
}

}  // namespace simcheck::test
