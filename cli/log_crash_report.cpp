#include "cli/log_crash_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "reports/plain_text.hpp"

namespace simcheck::cli {
namespace {

using reports::grouped;

constexpr std::size_t kWritesShown = 20;

std::string counted(std::uint64_t number, const char* noun) {
  return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

std::string number_of_images(const CrashJob& job, const logs::CrashSectors& sectors) {
  if (!job.tear) {
    const std::uint64_t writes = writes_that_change(sectors);
    return writes < 64 ? fmt::format("at most {}", grouped(std::uint64_t{1} << writes))
                       : fmt::format("at most 2^{}", writes);
  }
  if (sectors.images()) return grouped(*sectors.images());
  return fmt::format("about 2^{:.0f}", std::floor(sectors.images_log2()));
}

std::string coverage_in_words(const logs::CrashPoint& point) {
  const bool logged = point.coverage == logs::Coverage::kLogged;
  std::string text = logged ? "logged (a FLUSH covers every entry before it)"
                            : "issued (a FLUSH surely covers what lies before the FLUSH before it)";
  if (!point.guessed) return text;
  const logs::Attribution& by = point.producer;
  const std::string_view who = !by.producer ? "does not tell who wrote it"
                               : by.producer == logs::Producer::kKernel
                                   ? "is the kernel's, by a guess"
                                   : "is QEMU's, by a guess";
  return text + fmt::format(",\n          for the log {}: {}", who, by.why);
}

std::string durable_in_words(const logs::CrashPoint& point) {
  std::string text;
  if (point.durable_before == 1) text = "entry 0";
  if (point.durable_before > 1) text = fmt::format("entries 0 to {}", point.durable_before - 1);
  if (!point.fua.empty())
    text += fmt::format("{}{} with FUA", text.empty() ? "" : " and ",
                        counted(point.fua.size(), "later write"));
  return text.empty() ? "nothing of the log" : text;
}

// What was asked for and what there is: the log may end before.
std::string in_flight_in_words(const CrashJob& job, const logs::CrashPoint& point) {
  if (job.cut.in_flight == 0 && !job.cut.in_flight_to_flush) return "";
  std::string text = "no entry";
  if (point.in_flight == 1) text = fmt::format("entry {}", point.at + 1);
  if (point.in_flight > 1)
    text = fmt::format("entries {} to {}", point.at + 1, point.at + point.in_flight);
  if (point.in_flight < job.cut.in_flight)
    text += fmt::format(", for the log ends there, and not {}", grouped(job.cut.in_flight));
  return fmt::format("in flight {}\n", text);
}

std::string pending_in_words(const logs::CrashPoint& point, const logs::CrashSectors& sectors) {
  if (point.pending.empty()) return "nothing\n";
  const PendingCounts counts = count_pending(point, sectors);
  std::string text;
  if (counts.discards != 0)
    text = fmt::format("{} of {} bytes", counted(counts.discards, "discard"),
                       grouped(counts.discarded_bytes));
  if (counts.writes != 0)
    text += fmt::format("{}{} of {} bytes", text.empty() ? "" : " and ",
                        counted(counts.writes, "write"), grouped(counts.written_bytes));
  const std::uint64_t sectors_changed = counts.disk_sectors;
  return fmt::format("{}, of which {} change{} something\n", text,
                     counted(sectors_changed, "disk sector"), sectors_changed == 1 ? "s" : "");
}

// "0-2, 5"
std::string runs_in_words(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& runs) {
  std::string text;
  for (const auto& [first, last] : runs) {
    if (!text.empty()) text += ", ";
    text += first == last ? fmt::format("{}", first) : fmt::format("{}-{}", first, last);
  }
  return text;
}

// "entry 7", "entry 9 in part: sectors 0-2, 5 of 8"
std::string survivor_in_words(const logs::CrashPoint& point, const logs::CrashSectors& sectors,
                              const logs::Survivor& survivor, std::uint32_t disk_sector) {
  const logs::DeviceWrite& write = point.pending[survivor.write];
  const std::string text = fmt::format("entry {}", write.entry);
  if (is_whole(sectors, survivor)) return text;
  const std::uint64_t first = write.offset / disk_sector;
  const std::uint64_t end = (write.offset + write.bytes - 1) / disk_sector + 1;
  const std::string there = runs_in_words(sectors_there(sectors, survivor, first));
  const bool several = there.find_first_of(",-") != there.npos;
  return fmt::format("{} in part: sector{} {} of {}", text, several ? "s" : "", there, end - first);
}

std::string listed(const std::vector<std::string>& items) {
  if (items.empty()) return "none\n";
  std::string text;
  for (std::size_t i = 0; i < std::min(items.size(), kWritesShown); ++i)
    text += (i == 0 ? "" : "                      ") + items[i] + "\n";
  if (items.size() > kWritesShown)
    text += fmt::format("                      and {} more\n", items.size() - kWritesShown);
  return text;
}

}  // namespace

std::vector<std::pair<std::uint64_t, std::uint64_t>> sectors_there(
    const logs::CrashSectors& sectors, const logs::Survivor& survivor, std::uint64_t first_sector) {
  std::vector<logs::CrashSectors::Part> parts;
  for (const auto& [begin, end] : survivor.runs)
    sectors.add_parts(survivor.write, begin, end, parts);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> runs;
  for (const auto& part : parts) {
    const std::uint64_t first = part.begin - first_sector;
    const std::uint64_t last = part.end - 1 - first_sector;
    if (!runs.empty() && runs.back().second + 1 == first) {
      runs.back().second = last;
    } else {
      runs.emplace_back(first, last);
    }
  }
  return runs;
}

bool is_whole(const logs::CrashSectors& sectors, const logs::Survivor& survivor) {
  return survivor.runs == decltype(survivor.runs){{0, sectors.piece_count(survivor.write)}};
}

std::vector<std::uint64_t> entries_lost(const logs::CrashPoint& point,
                                        const logs::CrashSectors& sectors,
                                        const logs::CrashImage& image) {
  std::vector<bool> survives(point.pending.size());
  for (const logs::Survivor& survivor : image.survivors) survives[survivor.write] = true;
  std::vector<std::uint64_t> lost;
  for (std::size_t i = 0; i < survives.size(); ++i)
    if (!survives[i] && sectors.piece_count(i) != 0) lost.push_back(point.pending[i].entry);
  return lost;
}

std::uint64_t writes_that_change(const logs::CrashSectors& sectors) {
  std::uint64_t writes = 0;
  for (std::size_t i = 0; i < sectors.writes(); ++i) writes += sectors.piece_count(i) == 0 ? 0 : 1;
  return writes;
}

PendingCounts count_pending(const logs::CrashPoint& point, const logs::CrashSectors& sectors) {
  PendingCounts counts;
  for (std::size_t i = 0; i < point.pending.size(); ++i) {
    const logs::DeviceWrite& write = point.pending[i];
    if (write.discard) {
      ++counts.discards;
      counts.discarded_bytes += write.bytes;
    } else {
      ++counts.writes;
      counts.written_bytes += write.bytes;
    }
    counts.disk_sectors += sectors.piece_count(i);
  }
  return counts;
}

std::string crash_in_words(const CrashJob& job, const logs::CrashPoint& point,
                           const logs::CrashSectors& sectors) {
  std::string text = fmt::format("{}: power cut after entry {}\n", job.image, point.at);
  text += fmt::format("durable   {}\n", durable_in_words(point));
  text += in_flight_in_words(job, point);
  text += fmt::format("pending   {}", pending_in_words(point, sectors));
  text += fmt::format("coverage  {}\n", coverage_in_words(point));
  text +=
      fmt::format("images    {} different; writes {}\n", number_of_images(job, sectors),
                  job.tear ? fmt::format("tear at disk sectors of {} bytes", job.model.disk_sector)
                           : "are there wholly or not at all");
  return text;
}

std::string failure_in_words(const CrashJob& job, const logs::CrashPoint& point,
                             const logs::CrashSectors& sectors, const logs::CrashImage& image,
                             const CheckOutcome& outcome, std::uint64_t number) {
  std::vector<std::string> there, lost;
  for (const logs::Survivor& survivor : image.survivors)
    there.push_back(survivor_in_words(point, sectors, survivor, job.model.disk_sector));
  for (const std::uint64_t entry : entries_lost(point, sectors, image))
    lost.push_back(fmt::format("entry {}", entry));
  return fmt::format(
      "check fails for image {}: {}\n{}  reached the disk    {}  lost                {}",
      grouped(number), outcome.how, quoted_output(outcome.output), listed(there), listed(lost));
}

std::string checks_in_words(const CrashJob& job, const logs::CrashSectors& sectors,
                            const ChecksDone& done) {
  std::string text = done.first_failure;
  const std::string checked = counted(done.checked, "image");
  if (done.failed == 0) {
    text += done.complete && done.checked == 1
                ? "check passes for the only image\n"
                : fmt::format("check passes for {}{}\n", done.complete ? "all " : "", checked);
  } else if (job.keep_going) {
    text += fmt::format("check fails for {} of {}\n", grouped(done.failed), checked);
  }
  if (done.interrupted) return text + "interrupted: not all images were checked\n";
  if (done.complete || (done.failed != 0 && !job.keep_going)) return text;
  if (job.samples)
    return text + fmt::format("{} with seed {}, of {} images\n", counted(*job.samples, "draw"),
                              job.seed, number_of_images(job, sectors));
  return text +
         fmt::format("the smallest of {} images; --max-images checks more, --sample others\n",
                     number_of_images(job, sectors));
}

}  // namespace simcheck::cli
