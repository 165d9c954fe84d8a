#include "cli/created_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "cli/atomic_file.hpp"
#include "cli/check_options.hpp"
#include "cli/content_file.hpp"
#include "cli/usage_error.hpp"
#include "cli/workload_source.hpp"
#include "logs/format.hpp"
#include "model/workload_size.hpp"
#include "sim/disk.hpp"

namespace simcheck::cli {
namespace {

// The requests, then the flush with which a disk is closed, unless it is killed. All are counted.
model::RequestSource counting(model::RequestSource source, bool is_killed, std::uint64_t& count) {
  return [source = std::move(source), &count,
          is_closed = is_killed]() mutable -> std::optional<model::GuestRequest> {
    auto next = source();
    if (!next && !std::exchange(is_closed, true))
      next = model::GuestRequest{{.kind = sim::IoKind::kFlush}, /*after_all=*/true};
    if (next) ++count;
    return next;
  };
}

void require_all_done(const model::SimulatedRun& run, std::uint64_t asked) {
  std::uint64_t done = run.requests();
  for (const model::KindFigures& kind : run.guest_figures.kinds) done -= kind.failed;
  if (done == asked) return;
  std::string why;
  for (const model::PropertyResult& property : run.properties)
    if (property.name == "no-exception") why = property.reason;
  if (why.empty())
    why = fmt::format("I/O errors; each disk has {}", model::size_text(sim::Disk::kDefaultBytes));
  throw UsageError(
      fmt::format("{} of {} requests failed (one may be the flush of the close), and "
                  "the image would lack them; nothing was written: {}",
                  asked - done, asked, why));
}

// Its header, its name and the zero byte that ends it are in one sector.
void require_room_for_mark(const std::string& name, std::uint32_t sector_size) {
  const std::size_t taken = logs::kEntryHeaderBytes + 1;
  if (!name.empty() && taken + name.size() <= sector_size) return;
  if (taken >= sector_size)
    throw UsageError(
        fmt::format("--mark: log sectors of {} bytes have no room for a name; give a "
                    "larger --log-sector-size",
                    sector_size));
  throw UsageError(fmt::format("--mark: a name has 1 to {} bytes with log sectors of {} bytes",
                               sector_size - taken, sector_size));
}

// As the kernel's target does it: a header with the name behind it, then a superblock that counts
// it. The sector has room for it.
void add_mark(sim::Disk& log, const std::string& name, const model::SimulatedRun& run) {
  const std::uint64_t sector = run.log_sector_size;
  std::array<std::byte, logs::kEntryHeaderBytes> header;
  logs::encode({.flags = logs::kFlagMark, .data_len = name.size()}, header);
  const std::uint64_t used = header.size() + name.size();
  log.prepare(run.log_sectors * sector, sim::Payload::of(header)
                                            .append(std::as_bytes(std::span(name)))
                                            .append_fill(std::byte{0}, sector - used));
  std::array<std::byte, logs::kSuperblockBytes> super;
  logs::encode(logs::Superblock{.nr_entries = run.log_entries + 1,
                                .sector_size = static_cast<std::uint32_t>(sector)},
               super);
  log.prepare(0, sim::Payload::of(super).append_fill(std::byte{0}, sector - super.size()));
}

}  // namespace

CreatedLog create_log(const CreateOptions& options) {
  WorkloadChoice choice = whole_workload(options.subject);
  if (options.mark) require_room_for_mark(*options.mark, choice.log_sector_size);
  const model::CheckOptions check = check_options(options.subject, std::move(choice));
  AtomicFile file(options.out);
  model::SimulateOptions run{.scenario = scenario_of(check, {}),
                             .source = model::requests_of(check.workloads.front(), 0),
                             .depth = options.depth,
                             .seed = options.seed,
                             .properties = check.properties,
                             .keep_going = true,
                             .keeps_the_log = true};
  std::uint64_t asked = 0;
  run.source = counting(std::move(run.source), options.is_killed, asked);
  CreatedLog created;
  run.on_end = [&](sim::Disk& log, const model::SimulatedRun& result) {
    require_all_done(result, asked);
    if (options.mark) add_mark(log, *options.mark, result);
    created.bytes = log.end_of_content();
    append_content(file, log, created.bytes);
  };
  created.run = model::simulate(run);
  created.entries = created.run.log_entries + (options.mark ? 1 : 0);
  file.commit();
  return created;
}

}  // namespace simcheck::cli
