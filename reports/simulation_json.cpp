#include "reports/simulation_json.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "reports/or_null.hpp"
#include "reports/simulation.hpp"

namespace simcheck::reports {
namespace {

using nlohmann::ordered_json;

ordered_json latency_json(const model::LatencyHistogram& latency) {
  return {{"min", latency.min_ns()},
          {"mean", latency.mean_ns()},
          {"p50", latency.percentile_ns(50'000)},
          {"p90", latency.percentile_ns(90'000)},
          {"p99", latency.percentile_ns(99'000)},
          {"p99_9", latency.percentile_ns(99'900)},
          {"p99_99", latency.percentile_ns(99'990)},
          {"max", latency.max_ns()}};
}

ordered_json kind_json(std::size_t kind, const model::KindFigures& figures) {
  return {{"kind", model::name_of_kind(kind)},
          {"requests", figures.requests},
          {"failed", figures.failed},
          {"bytes", figures.bytes},
          {"latency_ns", latency_json(figures.latency)}};
}

ordered_json kinds_json(const model::GuestFigures& guest) {
  ordered_json kinds = ordered_json::array();
  for (std::size_t kind = 0; kind < guest.kinds.size(); ++kind)
    if (guest.kinds[kind].requests > 0) kinds.push_back(kind_json(kind, guest.kinds[kind]));
  return kinds;
}

ordered_json in_flight_json(const model::SimulatedRun& run) {
  const auto& all = run.guest_figures.ns_at_depth;
  return {{"mean", mean_depth(run)},
          {"ns_at", std::vector<std::uint64_t>(all.begin(), all.begin() + run.depth + 1)}};
}

ordered_json finding_json(const model::SimulationFinding& finding) {
  return {{"property", finding.property},
          {"reason", finding.reason},
          {"at_ns", finding.in_the_end ? ordered_json() : ordered_json(finding.at_ns)}};
}

ordered_json involved_json(const model::InvolvedRequest& request) {
  return {{"name", request.name},
          {"request", request.text},
          {"submitted_ns", request.submitted_ns},
          {"placed_ns", or_null(request.placed_ns)},
          {"log_sector", request.placed_ns ? ordered_json(request.log_sector) : ordered_json()},
          {"acknowledged_ns", or_null(request.acknowledged_ns)}};
}

const char* told_name(model::Told told) {
  switch (told) {
    case model::Told::kInFlight:
      return "in flight";
    case model::Told::kNamed:
      return "named";
    case model::Told::kAll:
      return "all";
    case model::Told::kTooMany:
      return "too many";
  }
  return "";
}

ordered_json broken_json(const model::SimulatedRun& run) {
  if (!run.broken) return {};
  ordered_json findings = ordered_json::array(), involved = ordered_json::array();
  ordered_json faults = ordered_json::array();
  for (const auto& fault : run.broken->faults)
    faults.push_back({{"fault", fault.text}, {"submitted_ns", fault.submitted_ns}});
  for (const auto& finding : run.broken->findings) findings.push_back(finding_json(finding));
  for (const auto& request : run.broken->involved) involved.push_back(involved_json(request));
  return {{"segment", run.broken->number},
          {"requests_before", run.broken->first_request},
          {"end_ns", run.broken->end_ns},
          {"findings", findings},
          {"faults", faults},
          {"told", told_name(run.broken->told)},
          {"in_flight", involved},
          {"explore", narrowing_line(run)}};
}

ordered_json properties_json(const model::SimulatedRun& run) {
  ordered_json properties = ordered_json::array();
  for (const auto& property : run.properties)
    properties.push_back({{"name", property.name},
                          {"verdict", to_string(property.verdict)},
                          {"reason", property.reason}});
  return properties;
}

ordered_json faults_json(const model::SimulatedRun& run) {
  ordered_json struck = ordered_json::object();
  for (std::size_t kind = 1; kind < run.faults_struck.size(); ++kind) {
    if (run.faults_struck[kind] > 0)
      struck[std::string(sim::to_string(static_cast<sim::FaultKind>(kind)))] =
          run.faults_struck[kind];
  }
  return {{"asked", run.faults}, {"struck", struck}};
}

ordered_json cut_json(const model::SimulatedRun& run) {
  if (run.cut_planned == 0) return {};
  if (!run.cut) return {{"planned", run.cut_planned}};
  return {{"planned", run.cut_planned},
          {"request", run.cut->request},
          {"at_ns", run.cut->at_ns},
          {"contents", run.cut->counts.recoveries},
          {"images", run.cut->counts.images}};
}

}  // namespace

ordered_json to_json(const model::SimulatedRun& run) {
  return {{"format", "simcheck-simulation"},
          {"version", kSimulationVersion},
          {"driver", run.driver},
          {"guest", run.guest},
          {"depth", run.depth},
          {"threads", run.threads},
          {"seed", run.seed},
          {"faults", faults_json(run)},
          {"cut", cut_json(run)},
          {"verdict", to_string(run.verdict)},
          {"interrupted", run.interrupted},
          {"requests", run.requests()},
          {"virtual_ns", run.end_ns},
          {"transitions", run.transitions},
          {"segment_requests_max", run.segment},
          {"segments", run.segments},
          {"segments_violating", run.segments_violating},
          {"log",
           {{"entries", run.log_entries},
            {"sectors", run.log_sectors},
            {"sector_size", run.log_sector_size}}},
          {"kinds", kinds_json(run.guest_figures)},
          {"in_flight", in_flight_json(run)},
          {"properties", properties_json(run)},
          {"broken", broken_json(run)}};
}

void write_json(std::ostream& out, const model::SimulatedRun& run) {
  out << to_json(run).dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace simcheck::reports
