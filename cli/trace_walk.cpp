#include "cli/trace_walk.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <string>

#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "reports/explanation.hpp"
#include "reports/plain_text.hpp"

namespace simcheck::cli {
namespace {

constexpr const char* kHelp =
    "  n, Enter  next step        b  step before      g N  go to step N\n"
    "  v         to the step that breaks a property   r    to the race\n"
    "  s         shared state     w  who waits        h    this help   q  quit\n";

// `head`, and the text behind it, which goes on below itself.
std::string in_lines(const std::string& head, const std::string& text) {
  constexpr std::size_t kIndent = 8;
  std::string lines;
  for (const std::string& line : reports::wrapped(text, output_width() - kIndent))
    lines += (lines.empty() ? head : std::string(kIndent, ' ')) + line + "\n";
  return lines;
}

class Walk {
 public:
  explicit Walk(const model::Counterexample& example)
      : example_(example), steps_(example.trace.steps.size()) {}

  void run() {
    const bool prompts = ::isatty(STDIN_FILENO) == 1;
    print(fmt::format("{}: {} steps; h tells the keys\n", reports::printable(example_.workload),
                      steps_));
    show();
    for (std::string line; prompt(prompts) && std::getline(std::cin, line);) {
      if (line == "q") break;
      obey(line);
    }
  }

 private:
  static bool prompt(bool wanted) {
    if (wanted) print("> ");
    return true;
  }

  void obey(const std::string& line) {
    if (line.empty() || line == "n") return go(at_ + 1, "this is the last step");
    if (line == "b") return go(at_ - 1, "this is the first step");
    if (line.starts_with("g")) return go(number_in(line), "there is no such step");
    if (line == "v") return go_to_violation();
    if (line == "r") return go_to_race();
    if (line == "s") return print(state());
    if (line == "w") return print(waiting());
    print(line == "h" ? kHelp : fmt::format("no such command; h tells the keys\n"));
  }

  // From 1 in the line.
  static std::size_t number_in(const std::string& line) {
    std::size_t number = 0;
    for (const char c : line.substr(1)) {
      if (c >= '0' && c <= '9')
        number = std::min<std::size_t>(number * 10 + static_cast<std::size_t>(c - '0'), 1U << 30);
    }
    return number - 1;
  }

  void go(std::size_t step, const char* otherwise) {
    if (step >= steps_) return print(std::string(otherwise) + "\n");
    at_ = step;
    show();
  }

  void go_to_violation() {
    if (example_.findings.empty()) return print("nothing is broken\n");
    const std::size_t step = example_.findings.front().step;
    at_ = std::min(step, steps_ - 1);
    show();
    if (step >= steps_) print("the end shows what is broken\n");
  }

  void go_to_race() {
    if (!example_.race) return print("no two steps are known to be the race\n");
    at_ = at_ == example_.race->first ? example_.race->second : example_.race->first;
    show();
  }

  void show() const {
    if (steps_ == 0) return;
    std::string text = in_lines(fmt::format("{:>4}/{}  ", at_ + 1, steps_),
                                reports::step_clause(example_.trace, at_));
    const std::string& source = example_.trace.steps[at_].source;
    if (!source.empty()) text += fmt::format("        at {}\n", reports::printable(source));
    for (const model::Change& change : example_.trace.steps[at_].changes) {
      if (change.before == change.after) continue;
      text += fmt::format("        {} {} -> {}\n", reports::printable(change.object),
                          reports::printable(change.before), reports::printable(change.after));
    }
    for (const model::Finding& finding : example_.findings) {
      if (finding.step != at_) continue;
      text += in_lines(fmt::format("      ! breaks {}: ", reports::printable(finding.property)),
                       reports::printable(finding.reason));
    }
    print(text);
  }

  // Every shared object that changes in the run, as it is behind this step.
  std::string state() const {
    std::string text;
    for (const model::Change& object : example_.trace.final_state) {
      std::string value = object.before;
      for (std::size_t i = 0; i <= at_; ++i) {
        for (const model::Change& change : example_.trace.steps[i].changes) {
          if (change.object == object.object) value = change.after;
        }
      }
      text +=
          fmt::format("  {} = {}\n", reports::printable(object.object), reports::printable(value));
    }
    return text.empty() ? "  no shared state changes\n" : text;
  }

  std::string waiting() const {
    std::string text;
    for (const model::Lane& lane : example_.trace.lanes) {
      if (!lane.waits_for.empty())
        text += fmt::format("  {} waits in the end for {}\n", reports::printable(lane.name),
                            reports::printable(lane.waits_for));
    }
    return text.empty() ? "  nobody waits in the end\n" : text;
  }

  const model::Counterexample& example_;
  std::size_t steps_;
  std::size_t at_ = 0;
};

}  // namespace

void walk_trace(const model::Counterexample& example) { Walk(example).run(); }

}  // namespace simcheck::cli
