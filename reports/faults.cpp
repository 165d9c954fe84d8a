#include "reports/faults.hpp"

#include <fmt/format.h>

#include <array>
#include <numeric>
#include <string_view>
#include <vector>

#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

std::string number_word(std::size_t number) {
  static constexpr std::array<std::string_view, 5> kWords = {"no", "one", "two", "three", "four"};
  return number < kWords.size() ? std::string(kWords[number]) : std::to_string(number);
}

// "12 plans of one fault and 30 of two".
std::string plans_text(const std::vector<std::uint64_t>& plans) {
  std::vector<std::string> parts;
  for (std::size_t faults = 1; faults < plans.size(); ++faults) {
    const std::string count =
        parts.empty() ? counted(plans[faults], "plan") : grouped(plans[faults]);
    const char* const noun = !parts.empty() ? "" : faults == 1 ? " fault" : " faults";
    parts.push_back(fmt::format("{} of {}{}", count, number_word(faults), noun));
  }
  return joined(parts);
}

}  // namespace

std::string faults_text(const model::Result& result) {
  const model::FaultResult& faults = *result.faults;
  const std::uint64_t met = faults.plans.empty() ? 0 : faults.plans.back();
  const std::string on = "on " + counted(result.workloads.size(), "workload");
  if (!faults.plan.empty()) {
    const std::string asked = faults.asked.empty() ? "" : printable(faults.asked) + ", and ";
    return fmt::format("{}{}, as given{}", asked, printable(faults.plan),
                       met == 0 ? ": no execution explored met all of it" : "");
  }
  if (faults.plans.empty()) return printable(faults.asked);
  return fmt::format("{}: {} {}", printable(faults.asked), plans_text(faults.plans), on);
}

nlohmann::ordered_json faults_json(const model::FaultResult& faults) {
  return {{"asked", faults.asked},
          {"plan", faults.plan},
          {"log_sectors", faults.log_sectors},
          {"plans", faults.plans}};
}

}  // namespace simcheck::reports
