#include "cli/workload_source.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/catalog.hpp"
#include "cli/did_you_mean.hpp"
#include "cli/terminal.hpp"
#include "cli/workload_input.hpp"
#include "logs/format.hpp"
#include "model/sampling_run.hpp"
#include "model/workload_extents.hpp"
#include "model/workload_parser.hpp"
#include "model/workload_size.hpp"
#include "model/workload_windows.hpp"
#include "sim/disk.hpp"
#include "sim/ids.hpp"

namespace simcheck::cli {
namespace {

// Requests without a length must be whole sectors of the log.
std::uint64_t extent_bytes(std::uint32_t log_sector_size) {
  return std::max<std::uint64_t>(model::kExtentBytes, log_sector_size);
}

bool is_aligned(const model::Request& request, std::uint32_t unit) {
  return request.offset % unit == 0 && request.length % unit == 0;
}

// Why the block layer of QEMU would not let it through to the driver; empty if it would.
std::string why_impossible(const model::Request& request, const Options& options,
                           std::uint32_t unit) {
  if (request.offset > sim::Disk::kDefaultBytes ||
      request.length > sim::Disk::kDefaultBytes - request.offset)
    return fmt::format("ends past the data disk, which has {} bytes",
                       model::size_text(sim::Disk::kDefaultBytes));
  if (!options.block_layer && !is_aligned(request, unit))
    return fmt::format("is not aligned to the log's sectors of {} bytes; align it{}", unit,
                       request.kind == sim::IoKind::kDiscard
                           ? " or change --log-sector-size"
                           : fmt::format(", change --log-sector-size, or {}", options.how_to_pad));
  return "";
}

void require_possible(const model::Workload& workload, const Options& options, std::uint32_t unit) {
  std::size_t number = 0;
  for (const model::Stage& stage : workload.stages) {
    for (const model::Request& request : stage) {
      ++number;
      const std::string why = why_impossible(request, options, unit);
      if (why.empty()) continue;
      const std::string which = workload.size() == 1 ? "" : fmt::format("request {}, ", number);
      throw UsageError(fmt::format("--workload: {}'{}' {}", which, model::to_text(request), why));
    }
  }
}

WorkloadChoice from_set(const WorkloadSetInfo& set, const Options& options) {
  WorkloadChoice choice;
  choice.log_sector_size = options.log_sector_size.value_or(logs::kSectorSizeDefault);
  choice.description = fmt::format("{} set of depth {}", set.name, options.depth);
  choice.in_flight_max = options.in_flight.value_or(0);
  choice.workloads = set.make(options.depth, extent_bytes(choice.log_sector_size));
  if (options.strategy == model::StrategyKind::kReplay)
    throw UsageError("--replay needs one workload, and a set has many; name it with --workload");
  return choice;
}

// How many requests an execution can hold: --save-log and --save-data add a flush, as a clean
// close would, and a power cut is a fiber, too.
constexpr std::uint32_t requests_max(bool saves_disk, bool has_cut) {
  return sim::kFibersMax - (saves_disk ? 1 : 0) - (has_cut ? 1 : 0);
}

// All of a list, sliding through it, as far as an execution can hold it, whatever the options.
void cut_pieces(WorkloadChoice& choice, const model::Workload& workload, const Options& options) {
  constexpr std::uint32_t kPiece = requests_max(true, true);
  if (!options.in_flight && workload.size() > options.depth) choice.in_flight_max = options.depth;
  choice.workloads = model::pieces(workload, kPiece, options.depth - 1);
  if (choice.workloads.size() > 1) choice.bounds.push_back(fmt::format("pieces of {}", kPiece));
}

void require_runnable(const model::Workload& workload, const Options& options) {
  const bool saves_log = !options.save_log.empty(), has_cut = options.faults.power_cut;
  const bool saves_disk = saves_log || !options.save_data.empty();
  const std::size_t most = requests_max(saves_disk, has_cut);
  if (workload.size() <= most) return;
  std::string what_else;
  if (saves_disk) what_else = saves_log ? " with --save-log" : " with --save-data";
  if (has_cut) what_else += saves_disk ? " and --faults cut" : " with --faults cut";
  throw UsageError(fmt::format("--replay: the workload has {} requests, at most {} can run{}",
                               workload.size(), most, what_else));
}

void cut_windows(WorkloadChoice& choice, model::Workload workload, const Options& options) {
  if (options.strategy == model::StrategyKind::kReplay) {
    require_runnable(workload, options);
    choice.workloads.push_back(std::move(workload));
    return;
  }
  if (workload.size() > model::kRequestsMax)
    throw UsageError(
        fmt::format("--workload: of its {} requests at most {} can be explored; "
                    "'{} simulate' runs them all",
                    workload.size(), model::kRequestsMax, options.program));
  if (model::is_sampling(*options.strategy)) return cut_pieces(choice, workload, options);
  if (workload.size() > options.depth)
    choice.bounds.push_back(fmt::format("windows of {}", options.depth));
  choice.workloads = model::windows(workload, options.depth);
}

// Not cut yet.
WorkloadChoice from_input(const Options& options) {
  const std::uint32_t wanted = options.log_sector_size.value_or(logs::kSectorSizeDefault);
  WorkloadInput input = read_workload(options.workload, extent_bytes(wanted));
  if (!options.quiet)
    for (const std::string& text : input.notes) note(fmt::format("--workload: {}", text));
  WorkloadChoice choice;
  choice.description = std::move(input.description);
  choice.in_flight_max = options.in_flight.value_or(0);
  choice.log_sector_size =
      options.log_sector_size.value_or(input.sector_size.value_or(logs::kSectorSizeDefault));
  require_possible(input.workload, options, choice.log_sector_size);
  choice.workloads.push_back(std::move(input.workload));
  return choice;
}

}  // namespace

WorkloadChoice choose_workloads(const Options& options) {
  const std::string_view name = options.workload.empty() ? kDefaultWorkloads : options.workload;
  if (const auto* set = find(all_workload_sets(), name)) return from_set(*set, options);
  WorkloadChoice choice = from_input(options);
  model::Workload whole = std::move(choice.workloads.front());
  choice.workloads.clear();
  cut_windows(choice, std::move(whole), options);
  return choice;
}

WorkloadChoice whole_workload(const Options& options) {
  if (find(all_workload_sets(), options.workload) != nullptr)
    throw UsageError(fmt::format("--workload: {} is a set of many; give one, as a text or a file",
                                 in_quotes(options.workload)));
  return from_input(options);
}

}  // namespace simcheck::cli
