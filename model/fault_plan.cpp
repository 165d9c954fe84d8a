#include "model/fault_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "model/block_scenario.hpp"

namespace simcheck::model {
namespace {

using sim::Fault;
using sim::FaultKind;
using sim::FiberId;

constexpr std::uint32_t kIoMax = 1'000'000;

std::optional<std::uint32_t> read_number(std::string_view text) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

std::optional<FiberId> read_lane(std::string_view text) {
  if (text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z')
    return FiberId{static_cast<std::uint32_t>(text[0] - 'A')};
  if (!text.starts_with('R')) return std::nullopt;
  const auto number = read_number(text.substr(1));
  if (!number || *number >= sim::kFibersMax || lane_name(*number) != text) return std::nullopt;
  return FiberId{*number};
}

std::optional<FaultKind> read_kind(std::string_view text) {
  for (std::size_t i = 1; i < sim::kFaultKinds; ++i) {
    if (sim::to_string(static_cast<FaultKind>(i)) == text) return static_cast<FaultKind>(i);
  }
  return std::nullopt;
}

std::string kind_names() {
  std::string names;
  for (std::size_t i = 1; i < sim::kFaultKinds; ++i) {
    names += (i > 1 ? ", " : "") + std::string(sim::to_string(static_cast<FaultKind>(i)));
  }
  return names;
}

std::variant<Fault, FaultPlanError> read_fault(std::string_view text) {
  const std::size_t dot = text.find('.'), equals = text.find('=');
  if (dot == text.npos || equals == text.npos || equals < dot)
    return FaultPlanError{"a fault is LANE.REQUEST=KIND, as in A.2=eio"};
  const auto lane = read_lane(text.substr(0, dot));
  if (!lane) return FaultPlanError{"a lane is A to Z, then R26 to R63"};
  const auto io = read_number(text.substr(dot + 1, equals - dot - 1));
  if (!io || *io == 0 || *io > kIoMax)
    return FaultPlanError{"disk requests of a lane are counted from 1 to 1000000"};
  const auto kind = read_kind(text.substr(equals + 1));
  if (!kind) return FaultPlanError{"a fault's kind is one of " + kind_names()};
  return Fault{*lane, *io, *kind};
}

}  // namespace

std::string to_text(const Fault& fault) {
  return fmt::format("{}.{}={}", lane_name(sim::index_of(fault.fiber)), fault.io,
                     sim::to_string(fault.kind));
}

std::string to_text(const sim::FaultPlan& plan) {
  std::string text;
  for (const Fault& fault : plan) text += (text.empty() ? "" : ",") + to_text(fault);
  return text;
}

std::variant<sim::FaultPlan, FaultPlanError> parse_fault_plan(std::string_view text) {
  sim::FaultPlan plan;
  for (std::size_t at = 0; !text.empty() && at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    auto fault = read_fault(text.substr(at, end - at));
    if (auto* error = std::get_if<FaultPlanError>(&fault)) {
      if (text.find(',') == text.npos) return std::move(*error);
      return FaultPlanError{fmt::format("fault {}: {}", plan.size() + 1, error->message)};
    }
    plan.push_back(std::get<Fault>(fault));
    at = end + 1;
  }
  std::ranges::sort(plan);
  const auto twice = std::ranges::adjacent_find(
      plan, [](const Fault& a, const Fault& b) { return a.fiber == b.fiber && a.io == b.io; });
  if (twice != plan.end()) return FaultPlanError{"one disk request has two faults"};
  return plan;
}

}  // namespace simcheck::model
