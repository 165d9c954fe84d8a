// Entries one by one: unusual, though a reader can follow the log over them.
#include <fmt/format.h>

#include <array>

#include "logs/rules.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

std::string place(const Entry& entry) {
  return fmt::format("entry {} at sector {}", entry.index, entry.log_sector);
}

void judge_padding(const EntryView& view, Findings& findings) {
  const Entry& entry = view.entry;
  const bool mark = (entry.header.flags & kFlagMark) != 0;
  if (view.reader.padding_is_zero(entry.log_sector, mark ? entry.header.data_len : 0)) return;
  if (!findings.wants_more()) return;
  findings.add(entry,
               fmt::format("entry {}: its sector {} is not zero behind the header, as every "
                           "producer leaves it: the header may be data, or data overwrote it",
                           entry.index, entry.log_sector));
}

void judge_flush(const EntryView& view, Findings& findings) {
  const EntryHeader& header = view.entry.header;
  if ((header.flags & kFlagFlush) == 0 || (header.sector == 0 && header.nr_sectors == 0)) return;
  if (!findings.wants_more()) return;
  const bool discards = (header.flags & kFlagDiscard) != 0;
  findings.add(view.entry,
               fmt::format("{} is {} with sector {} and {}{}: no producer logs a flush and a {} as "
                           "one, and readers differ in which comes first",
                           place(view.entry), flag_names(header.flags), header.sector,
                           counted(header.nr_sectors, discards ? "sector" : "data sector"),
                           discards ? " to discard" : "", discards ? "discard" : "write"));
}

void judge_discard(const EntryView& view, Findings& findings) {
  const EntryHeader& header = view.entry.header;
  if ((header.flags & kFlagDiscard) == 0) return;
  const bool empty = header.nr_sectors == 0;
  if (!empty && (header.flags & (kFlagFlush | kFlagFua)) == 0) return;
  if (!findings.wants_more()) return;
  findings.add(
      view.entry,
      empty ? fmt::format("{} is a DISCARD of length zero: it does nothing", place(view.entry))
            : fmt::format("{} is a DISCARD with {}, of {} from {} on: no discard is a flush or "
                          "durable",
                          place(view.entry), flag_names(header.flags & ~kFlagDiscard),
                          counted(header.nr_sectors, "sector"), header.sector));
}

void judge_device_size(const EntryView& view, Findings& findings) {
  const EntryHeader& header = view.entry.header;
  const std::uint64_t sector_size = view.reader.sector_size();
  const std::uint64_t size = view.device_bytes.value_or(UINT64_MAX);
  const std::uint64_t sectors = size / sector_size + (size % sector_size != 0 ? 1 : 0);
  if ((header.flags & kFlagMark) != 0 || header.sector + header.nr_sectors <= sectors) return;
  if (!findings.wants_more()) return;
  findings.add(view.entry,
               fmt::format("{} ends at sector {} of a data device of {}: it was larger then (a "
                           "change of size is not logged), or the header is wrong",
                           place(view.entry), header.sector + header.nr_sectors,
                           counted(sectors, "sector")));
}

void judge_zero_length(const EntryView& view, Findings& findings) {
  const EntryHeader& header = view.entry.header;
  if (header.flags != 0 || header.nr_sectors != 0 || !findings.wants_more()) return;
  findings.add(view.entry, fmt::format("{} is a write of length zero at sector {}, which QEMU logs",
                                       place(view.entry), header.sector));
}

bool is_flush(const EntryHeader& header) {
  return (header.flags & kFlagFlush) != 0 && header.nr_sectors == 0;
}

void judge_repeated_flush(const EntryView& view, Findings& findings) {
  if (!is_flush(view.entry.header) || view.previous == nullptr || !is_flush(*view.previous)) return;
  if (!findings.wants_more()) return;
  findings.add(view.entry, fmt::format("{} is a FLUSH directly behind another: it orders nothing",
                                       place(view.entry)));
}

void judge_metadata(const EntryView& view, Findings& findings) {
  if ((view.entry.header.flags & kFlagMetadata) == 0 || !findings.wants_more()) return;
  findings.add(view.entry, fmt::format("{} is METADATA: QEMU's log-append refuses such a log",
                                       place(view.entry)));
}

const std::array kRules = {
    Rule{"header-padding", Severity::kWarning, "a header's sector is zero behind it", nullptr,
         judge_padding},
    Rule{"flush-with-data", Severity::kWarning, "a FLUSH has no sector and no data", nullptr,
         judge_flush},
    Rule{"discard", Severity::kWarning, "a DISCARD has a length and neither FLUSH nor FUA", nullptr,
         judge_discard},
    Rule{"device-size",
         Severity::kWarning,
         "entries lie within the data device",
         nullptr,
         judge_device_size,
         {},
         Needs::kDeviceSize},
    Rule{"zero-length", Severity::kNote, "a write has a length", nullptr, judge_zero_length},
    Rule{"repeated-flush", Severity::kNote, "something lies between two FLUSH entries", nullptr,
         judge_repeated_flush},
    Rule{"metadata", Severity::kNote, "QEMU can append to the log", nullptr, judge_metadata},
};

}  // namespace

std::span<const Rule> entry_rules() { return kRules; }

}  // namespace simcheck::logs
