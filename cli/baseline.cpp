#include "cli/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>

#include "cli/did_you_mean.hpp"
#include "cli/input_file.hpp"
#include "cli/usage_error.hpp"
#include "model/reason_kind.hpp"
#include "reports/plain_text.hpp"
#include "reports/replay_line.hpp"
#include "reports/verdict.hpp"

namespace simcheck::cli {
namespace {

using nlohmann::ordered_json;

constexpr const char* kBaselineFormat = "simcheck-baseline";
constexpr int kBaselineVersion = 1;

[[noreturn]] void fail(const std::string& path, std::string_view what) {
  throw UsageError(fmt::format("--baseline: {}: {}", in_quotes(path), what));
}

std::string read_text(const std::string& path) {
  try {
    return read_whole_file(path);
  } catch (const UsageError& error) {
    fail(path, fmt::format("cannot be read: {}; --write-baseline makes such a file", error.what()));
  }
}

KnownFinding finding_of(const std::string& driver, const std::string& workload,
                        const model::Broken& broken) {
  return {driver, broken.property, workload, model::kind_of_reason(broken.reason)};
}

void mark_counterexample(const model::Result& result, model::Counterexample& example) {
  const auto workload =
      std::ranges::find(result.workloads, example.found_in, &model::WorkloadResult::workload);
  if (workload == result.workloads.end()) return;
  for (model::Finding& finding : example.findings) {
    const auto broken =
        std::ranges::find(workload->broken, finding.property, &model::Broken::property);
    finding.known = broken != workload->broken.end() && broken->known;
  }
}

// Was it looked for? Another driver or property in the file has nothing to do with this run.
bool concerns(const KnownFinding& finding, const model::Result& result) {
  const auto has = [](const auto& items, const std::string& name, auto member) {
    return std::ranges::find(items, name, member) != items.end();
  };
  return finding.driver == result.driver &&
         has(result.properties, finding.property, &model::PropertyResult::name) &&
         has(result.workloads, finding.workload, &model::WorkloadResult::workload);
}

void add_some(std::vector<std::string>& lines, std::string_view label,
              const std::vector<KnownFinding>& findings) {
  constexpr std::size_t kShown = 10;
  for (std::size_t i = 0; i < std::min(findings.size(), kShown); ++i)
    lines.push_back(reports::printable(
        fmt::format("  {}: {} under '{}'", label, findings[i].property, findings[i].workload)));
  if (findings.size() > kShown)
    lines.push_back(fmt::format("  and {} more", findings.size() - kShown));
}

}  // namespace

Baseline baseline_of(const model::Result& result) {
  Baseline baseline;
  for (const model::WorkloadResult& workload : result.workloads)
    for (const model::Broken& broken : workload.broken)
      baseline.insert(finding_of(result.driver, workload.workload, broken));
  return baseline;
}

std::string to_text(const Baseline& baseline) {
  std::string lines;
  for (const auto& [driver, property, workload, kind] : baseline) {
    const ordered_json line = {
        {"driver", driver}, {"property", property}, {"workload", workload}, {"kind", kind}};
    lines += lines.empty() ? "\n    " : ",\n    ";
    lines += line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  }
  return fmt::format("{{\n  \"format\": \"{}\",\n  \"version\": {},\n  \"findings\": [{}{}]\n}}\n",
                     kBaselineFormat, kBaselineVersion, lines, lines.empty() ? "" : "\n  ");
}

Baseline read_baseline(const std::string& path) {
  try {
    const ordered_json document = ordered_json::parse(read_text(path));
    if (document.at("format") != kBaselineFormat) fail(path, "is no baseline of simcheck");
    if (document.at("version") != kBaselineVersion)
      fail(path, fmt::format("is of another version than {}; write it anew with --write-baseline",
                             kBaselineVersion));
    Baseline baseline;
    for (const ordered_json& line : document.at("findings"))
      baseline.insert({line.at("driver"), line.at("property"), line.at("workload"),
                       model::kind_of_reason(line.at("kind"))});
    return baseline;
  } catch (const ordered_json::exception&) {
    fail(path, "is no baseline of simcheck, or a damaged one; --write-baseline makes one");
  }
}

bool is_known(const Baseline& baseline, const std::string& driver, const std::string& workload,
              const model::Broken& broken) {
  return baseline.contains(finding_of(driver, workload, broken));
}

Comparison compare_with(const Baseline& baseline, model::Result& result) {
  Comparison comparison;
  for (model::WorkloadResult& workload : result.workloads) {
    for (model::Broken& broken : workload.broken) {
      KnownFinding finding = finding_of(result.driver, workload.workload, broken);
      broken.known = baseline.contains(finding);
      if (broken.known) {
        ++comparison.known;
      } else {
        comparison.news.push_back(std::move(finding));
      }
    }
  }
  for (model::Counterexample& example : result.counterexamples)
    mark_counterexample(result, example);
  if (!reports::is_complete(result)) return comparison;
  const Baseline seen = baseline_of(result);
  for (const KnownFinding& finding : baseline)
    if (concerns(finding, result) && !seen.contains(finding)) comparison.gone.push_back(finding);
  return comparison;
}

std::vector<std::string> in_words(const Comparison& comparison, const std::string& path) {
  const auto& [known, news, gone] = comparison;
  std::string head =
      fmt::format("baseline {}: {} known, {} new", reports::printable(path), known, news.size());
  if (!gone.empty()) head += fmt::format(", {} no longer there (--write-baseline)", gone.size());
  std::vector<std::string> lines = {std::move(head)};
  add_some(lines, "new", news);
  if (!news.empty())
    lines.push_back(fmt::format("  --workload {} alone shows how",
                                reports::shell_quoted(news.front().workload)));
  add_some(lines, "gone", gone);
  return lines;
}

}  // namespace simcheck::cli
