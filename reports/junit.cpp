#include "reports/junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <pugixml.hpp>
#include <string>

#include "model/failure_text.hpp"
#include "reports/counterexample.hpp"
#include "reports/plain_text.hpp"
#include "reports/verdict.hpp"

namespace simcheck::reports {
namespace {

using model::Result;
using model::Verdict;

// XML has no place for control characters, and readers expect UTF-8.
void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name) = printable(value).c_str();
}

std::string joined_lines(std::vector<std::string> lines) {
  std::ranges::transform(lines, lines.begin(), printable);
  return joined(lines, "\n");
}

class Suite {
 public:
  Suite(pugi::xml_node node, const Result& result) : node_(node), result_(result) {}

  void add_all() {
    set(node_, "name", name());
    add_properties();
    for (std::size_t w = 0; w < result_.workloads.size(); ++w)
      for (const model::PropertyResult& property : result_.properties) add_case(w, property);
    add_search();
    if (result_.violation_expected) add_expectation();
    for (auto& [attribute, count] : {std::pair{"tests", tests_},
                                     {"failures", failures_},
                                     {"errors", errors_},
                                     {"skipped", skipped_}})
      node_.append_attribute(attribute) = count;
  }

  std::size_t tests_ = 0, failures_ = 0, errors_ = 0, skipped_ = 0;

 private:
  std::string name() const { return "simcheck." + result_.driver; }

  void add_properties() {
    pugi::xml_node properties = node_.append_child("properties");
    const auto add = [&](const char* property, const std::string& value) {
      pugi::xml_node node = properties.append_child("property");
      set(node, "name", property);
      set(node, "value", value);
    };
    add("verdict", verdict_line(result_));
    add("workloads", result_.workload_set);
    if (!result_.settings.empty()) add("settings", result_.settings);
    add("explored", extent(result_));
    add("strategy", result_.strategy);
    add("executions", fmt::to_string(result_.counts.executions));
  }

  pugi::xml_node begin_case(const std::string& group, const std::string& name) {
    ++tests_;
    pugi::xml_node node = node_.append_child("testcase");
    set(node, "classname", group);
    set(node, "name", name);
    return node;
  }

  void skip(pugi::xml_node test, const std::string& why) {
    ++skipped_;
    set(test.append_child("skipped"), "message", why);
  }

  pugi::xml_node fail(pugi::xml_node test, const char* type, const std::string& why) {
    ++failures_;
    pugi::xml_node failure = test.append_child("failure");
    set(failure, "type", type);
    set(failure, "message", why);
    return failure;
  }

  void add_error(pugi::xml_node test, const std::string& why) {
    ++errors_;
    set(test.append_child("error"), "message", why);
  }

  void add_case(std::size_t w, const model::PropertyResult& property) {
    const model::WorkloadResult& workload = result_.workloads[w];
    pugi::xml_node test =
        begin_case(fmt::format("{}.{}", name(), workload.workload), property.name);
    const auto broken = std::ranges::find(workload.broken, property.name, &model::Broken::property);
    if (broken != workload.broken.end()) return add_broken(test, workload, *broken);
    const std::string why = undecided(w, property);
    if (!why.empty()) skip(test, why);
  }

  void add_broken(pugi::xml_node test, const model::WorkloadResult& workload,
                  const model::Broken& broken) {
    if (broken.known) return skip(test, "known: " + broken.reason);
    const std::string story = story_of(workload, broken);
    if (result_.violation_expected) {
      const std::string text = "violated, as expected: " + printable(broken.reason) + "\n" + story;
      test.append_child("system-out").text().set(text.c_str());
      return;
    }
    fail(test, "violated", broken.reason).text().set(story.c_str());
  }

  // The counterexample, of this workload or of one that broke the same before it.
  std::string story_of(const model::WorkloadResult& workload, const model::Broken& broken) const {
    const auto shows = [&](const model::Counterexample& example) {
      return std::ranges::any_of(example.findings, [&](const model::Finding& finding) {
        return finding.property == broken.property;
      });
    };
    const auto& examples = result_.counterexamples;
    auto example = std::ranges::find_if(examples, [&](const model::Counterexample& candidate) {
      return candidate.found_in == workload.workload && shows(candidate);
    });
    if (example != examples.end())
      return "\n" + joined_lines(counterexample_lines(result_, *example, {})) + "\n";
    example = std::ranges::find_if(examples, shows);
    if (example == examples.end()) return "";
    return "\nThe first workload that breaks it shows how:\n" +
           joined_lines(counterexample_brief(result_, *example, {})) + "\n";
  }

  // Why nothing can be said of a property that the workload did not break; empty if it can.
  std::string undecided(std::size_t w, const model::PropertyResult& property) const {
    if (result_.workloads[w].violated && result_.coverage.stopped_at_violation)
      return "not decided: the workload was left at its first violation";
    if (property.verdict == Verdict::kNotExercised)
      return "not exercised: nothing explored could have broken it";
    if (result_.workloads[w].cut_short)
      return "not decided: the search was cut short in this workload";
    return "";
  }

  // A bound must not look like success.
  void add_search() {
    pugi::xml_node test = begin_case(name(), "every interleaving explored");
    if (result_.failure) return add_error(test, model::failure_text(result_.failure));
    if (!is_complete(result_)) skip(test, extent(result_));
  }

  void add_expectation() {
    pugi::xml_node test = begin_case(name(), "a violation, as expected");
    if (result_.verdict == Verdict::kViolated) return;
    if (result_.coverage.complete() && result_.verdict == Verdict::kHolds) {
      fail(test, "holds", expectation(result_));
    } else {
      skip(test, expectation(result_));
    }
  }

  pugi::xml_node node_;
  const Result& result_;
};

}  // namespace

void write_junit(std::ostream& out, const model::Result& result) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node suites = document.append_child("testsuites");
  Suite suite(suites.append_child("testsuite"), result);
  suite.add_all();
  suites.append_attribute("name") = "simcheck";
  suites.append_attribute("tests") = suite.tests_;
  suites.append_attribute("failures") = suite.failures_;
  suites.append_attribute("errors") = suite.errors_;
  suites.append_attribute("skipped") = suite.skipped_;
  document.save(out, "  ");
}

}  // namespace simcheck::reports
