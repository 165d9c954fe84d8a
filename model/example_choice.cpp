#include "model/example_choice.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <variant>

#include "model/named_error.hpp"
#include "model/race_pair.hpp"
#include "model/shrink.hpp"
#include "model/workload_parser.hpp"

namespace simcheck::model {
namespace {

// A counterexample as it is shown. Throws Divergence.
Counterexample shrunk(const CheckOptions& options, const Workload& workload,
                      const Counterexample& found) {
  if (options.shrink_limit == 0) return found;
  Counterexample example = shrink(options, workload, found);
  const auto requests_left = parse_workload(example.workload);
  if (const auto* requests = std::get_if<Workload>(&requests_left))
    example.race = find_race_pair(options, *requests, example);
  return example;
}

// Is it among what the workload broke, and known or not as asked?
bool is_broken(const WorkloadResult& workload, const std::string& property, bool known) {
  const auto broken = std::ranges::find(workload.broken, property, &Broken::property);
  return broken != workload.broken.end() && broken->known == known;
}

}  // namespace

std::vector<Broken> broken_by(const CheckOptions& options, const Result& result,
                              const std::string& workload, const std::vector<Found>& found_by_it) {
  std::vector<Broken> broken;
  for (const Found& found : found_by_it) {
    for (std::size_t i = 0; i < found.properties.size(); ++i) {
      const std::string& name = result.properties[found.properties[i]].name;
      if (std::ranges::find(broken, name, &Broken::property) != broken.end()) continue;
      Broken& one =
          broken.emplace_back(Broken{.property = name, .reason = found.example.findings[i].reason});
      one.known = options.is_known && options.is_known(workload, one);
    }
  }
  return broken;
}

void ExampleChoice::add(std::size_t workload, const WorkloadResult& part,
                        const std::vector<Found>& all, bool known) {
  for (const Found& found : all) {
    const auto is_wanted = [&](std::size_t p) {
      return !is_told_[p] && is_broken(part, result_.properties[p].name, known);
    };
    std::vector<std::size_t> wanted;
    std::ranges::copy_if(found.properties, std::back_inserter(wanted), is_wanted);
    if (!wanted.empty()) tell(workload, part, found, wanted);
  }
}

void ExampleChoice::tell(std::size_t workload, const WorkloadResult& part, const Found& found,
                         const std::vector<std::size_t>& wanted) {
  Counterexample& example =
      result_.counterexamples.emplace_back(told(options_.workloads[workload], found.example));
  example.found_in = part.workload;
  for (const std::size_t p : wanted) {
    is_told_[p] = true;
    PropertyResult& property = result_.properties[p];
    property.verdict = Verdict::kViolated;
    property.reason =
        std::ranges::find(example.findings, property.name, &Finding::property)->reason;
  }
}

Counterexample ExampleChoice::told(const Workload& workload, const Counterexample& found) {
  try {
    return shrunk(options_, workload, found);
  } catch (...) {
    if (!result_.failure) result_.failure = named_current(options_, workload);
    return found;
  }
}

}  // namespace simcheck::model
