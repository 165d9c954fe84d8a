#include "cli/fault_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/catalog.hpp"
#include "cli/named_value.hpp"
#include "cli/option_values.hpp"
#include "model/fault_plan.hpp"

namespace simcheck::cli {
namespace {

using model::FaultBudget;
using model::FaultOptions;
using sim::DeviceRole;
using sim::IoKind;

constexpr std::uint64_t kLogSectorsMax = std::uint64_t{1} << 31;

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// "log", "write", or "log" and "write".
void narrow(FaultBudget& budget, std::string_view where) {
  for (const DeviceRole device : {DeviceRole::kData, DeviceRole::kLog}) {
    if (where != model::to_string(device) || budget.device || budget.io) continue;
    budget.device = device;
    return;
  }
  for (const IoKind io :
       {IoKind::kRead, IoKind::kWrite, IoKind::kZeroes, IoKind::kDiscard, IoKind::kFlush}) {
    if (where != sim::to_string(io) || budget.io) continue;
    budget.io = io;
    return;
  }
  const std::vector<std::string> words = {"data",   "log",     "read", "write",
                                          "zeroes", "discard", "flush"};
  throw UsageError(
      fmt::format("{} is no place of a fault; write KIND.DEVICE.REQUEST, as in "
                  "eio.log.write, of the devices data and log{}",
                  in_quotes(where), did_you_mean(where, words)));
}

void require_possible(const FaultBudget& budget, std::string_view text) {
  FaultOptions alone;
  alone.budgets = {budget};
  const sim::FaultScope scope = scope_of(alone);
  const IoKind io = budget.io.value_or(IoKind::kFlush);
  const sim::FaultTarget largest{
      .kind = io, .length = UINT64_MAX, .bytes_behind = sim::kDiskSectorBytes};
  const auto asked = scope.kinds_at(budget.device.value_or(DeviceRole::kLog), io);
  if (budget.io && (faults_possible(largest) & asked) == 0)
    throw UsageError(fmt::format("{}: {} cannot hit a {}", in_quotes(text), budget.what->name,
                                 sim::to_string(io)));
}

// What is wrong with it gets the name of the item in front.
std::uint64_t read_amount(std::string_view name, std::string_view number, std::uint64_t max) {
  return with_option_named(name, [&] { return read_number(number, 1, max); });
}

void add(FaultOptions& options, std::string_view part) {
  const std::size_t equals = part.find('=');
  const auto words = split(part.substr(0, equals), '.');
  const std::string_view number = equals == part.npos ? "1" : part.substr(equals + 1);
  const FaultListing& listing = require(all_fault_names(), "fault", words.front());
  if (listing.name == "cut") {
    if (words.size() > 1 || number != "1" || options.power_cut)
      throw UsageError(
          "the power is cut once, at any step: give it as cut (--cuts 2 cuts it again in the "
          "recovery)");
    options.power_cut = true;
    return;
  }
  if (listing.budget == nullptr) {
    if (equals == part.npos || words.size() > 1 || options.log_sectors != 0)
      throw UsageError("enospc is given once, with the sectors that the log has, as enospc=40");
    options.log_sectors = read_amount(listing.name, number, kLogSectorsMax);
    return;
  }
  const std::uint64_t most = read_amount(listing.name, number, model::kFaultsMax);
  FaultBudget budget{.what = listing.budget, .max = static_cast<std::uint32_t>(most)};
  for (std::size_t i = 1; i < words.size(); ++i) narrow(budget, words[i]);
  require_possible(budget, part);
  const auto same = std::ranges::find(options.budgets, budget.what, &FaultBudget::what);
  if (same != options.budgets.end())
    throw UsageError(fmt::format("{} is given twice; one budget for each kind", listing.name));
  options.budgets.push_back(budget);
}

}  // namespace

FaultOptions read_faults(std::string_view text) {
  FaultOptions options;
  for (const std::string_view part : split(text, ',')) add(options, part);
  if (options.faults_max() > model::kFaultsMax)
    throw UsageError(fmt::format("the budgets in {} add up to {} faults; at most {} are allowed",
                                 in_quotes(text), options.faults_max(), model::kFaultsMax));
  return options;
}

sim::FaultPlan read_fault_plan(std::string_view text) {
  auto parsed = model::parse_fault_plan(text);
  if (const auto* error = std::get_if<model::FaultPlanError>(&parsed))
    throw UsageError(fmt::format("{}: {}", in_quotes(text), error->message));
  auto plan = std::get<sim::FaultPlan>(std::move(parsed));
  if (plan.empty()) throw UsageError("is empty; try A.2=eio");
  return plan;
}

}  // namespace simcheck::cli
