#include "logs/repair.hpp"

#include <array>

namespace simcheck::logs {
namespace {

class Repairer {
 public:
  Repairer(SectorReader& reader, const Entry& entry, std::uint64_t next_sector)
      : reader_(reader),
        entry_(entry),
        next_sector_(next_sector),
        room_(next_sector - entry.log_sector - 1) {}
  std::optional<Repair> run();

 private:
  bool fits(const EntryHeader& header) const;
  std::optional<Repair> flags() const;
  std::optional<Repair> length() const;
  std::optional<Repair> data_length() const;
  std::optional<Repair> extent() const;

  EntryHeader with_flags(std::uint64_t flags) const {
    EntryHeader header = entry_.header;
    header.flags = flags;
    return header;
  }

  SectorReader& reader_;
  const Entry& entry_;
  std::uint64_t next_sector_;
  std::uint64_t room_;  // sectors up to the next header
};

bool Repairer::fits(const EntryHeader& header) const {
  const Entry repaired{entry_.index, entry_.log_sector, header};
  if (is_blank(header) || fault_of(reader_, repaired) != HeaderFault::kNone) return false;
  if (repaired.placed().end() != next_sector_) return false;
  // A length that leads on is proof enough beside flags that cannot be.
  if (entry_.header.flags > kFlagsAll) return true;
  const bool mark = (header.flags & kFlagMark) != 0;
  return reader_.padding_is_zero(entry_.log_sector, mark ? header.data_len : 0);
}

// As many of the flags as can be; or one more, where it takes the data away or gives them.
std::optional<Repair> Repairer::flags() const {
  const std::uint64_t known = entry_.header.flags & kFlagsAll;
  const std::array candidates = {known,
                                 known & ~kFlagMark,
                                 known & ~kFlagDiscard,
                                 known & ~(kFlagMark | kFlagDiscard),
                                 known | kFlagMark,
                                 known | kFlagDiscard};
  for (const std::uint64_t flags : candidates) {
    const bool both = (flags & kFlagDiscard) != 0 && (flags & (kFlagFlush | kFlagFua)) != 0;
    if (flags == entry_.header.flags || both) continue;
    if (const EntryHeader header = with_flags(flags); fits(header))
      return Repair{kFlagsField, header};
  }
  return std::nullopt;
}

std::optional<Repair> Repairer::length() const {
  if ((entry_.header.flags & kFlagDiscard) != 0) return std::nullopt;  // it has no data in any case
  EntryHeader header = entry_.header;
  header.nr_sectors = room_;
  if (header == entry_.header || !fits(header)) return std::nullopt;
  return Repair{kLengthField, header};
}

// Of a mark it ends where its text does; else it says nothing.
std::optional<Repair> Repairer::data_length() const {
  Entry entry = entry_;
  entry.header.data_len = 0;
  if ((entry.header.flags & kFlagMark) != 0) {
    entry.header.data_len = reader_.sector_size() - kEntryHeaderBytes;
    entry.header.data_len = reader_.mark_text(entry).size();
  }
  if (entry.header == entry_.header || !fits(entry.header)) return std::nullopt;
  return Repair{"data_len", entry.header};
}

// What is on the data device, nothing in the log repeats: the position, and how much a DISCARD
// took.
std::optional<Repair> Repairer::extent() const {
  EntryHeader elsewhere = entry_.header, shorter = entry_.header;
  elsewhere.sector = 0;
  shorter.nr_sectors = 0;
  const bool position = elsewhere != entry_.header && fits(elsewhere);
  const bool length = (shorter.flags & kFlagDiscard) != 0 && fits(shorter);
  if (position && length) return Repair{"position or its length", std::nullopt};
  if (position) return Repair{"position", std::nullopt};
  if (length) return Repair{kLengthField, std::nullopt};
  return std::nullopt;
}

std::optional<Repair> Repairer::run() {
  const std::optional<Repair> flags = this->flags();
  const std::optional<Repair> length = this->length();
  if (flags && length) return Repair{"flags or its length", std::nullopt};
  if (flags) return flags;
  if (length) return length;
  if (const auto data_length = this->data_length()) return data_length;
  return extent();
}

}  // namespace

std::optional<Repair> find_repair(SectorReader& reader, const Entry& entry,
                                  std::uint64_t next_sector) {
  return Repairer(reader, entry, next_sector).run();
}

std::string_view verb_of(const Repair& repair) {
  return repair.field.starts_with(kFlagsField) ? "are" : "is";
}

}  // namespace simcheck::logs
