#include "logs/filter.hpp"

#include <algorithm>

namespace simcheck::logs {
namespace {

bool covers(const EntryHeader& header, const Range& sectors) {
  if (header.nr_sectors == 0 || (header.flags & kFlagMark) != 0) return false;
  return header.sector <= sectors.last && header.sector + header.nr_sectors - 1 >= sectors.first;
}

bool has_flag(std::uint64_t flags, std::uint64_t any_flag, bool no_flag) {
  if (any_flag == 0 && !no_flag) return true;
  return (flags & any_flag) != 0 || (no_flag && flags == 0);
}

}  // namespace

bool EntryFilter::wants(const Entry& entry) const {
  return entry.index >= entries.first && entry.index <= entries.last &&
         has_flag(entry.header.flags, any_flag, no_flag) &&
         (!sectors || covers(entry.header, *sectors));
}

EntryFilter::Part EntryFilter::wants_blanks(const Entry& first, std::uint64_t count) const {
  if (sectors || !has_flag(0, any_flag, no_flag)) return {};
  const std::uint64_t begin = std::max(first.index, entries.first);
  const std::uint64_t end = std::min(first.index + count, saturating_add(entries.last, 1));
  return begin < end ? Part{begin - first.index, end - begin} : Part{};
}

}  // namespace simcheck::logs
