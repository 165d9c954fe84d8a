#include "logs/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace simcheck::logs {
namespace {

// Asking for holes costs a system call; shorter ones are copied like any other data.
constexpr std::uint64_t kHoleBytes = 64 * 1024;
constexpr std::uint64_t kPartBytes = 1024 * 1024;
// Of what the buffer holds already.
constexpr std::size_t kBufferedHeaderBytes = 64;

constexpr std::string_view kUnreadable = "the medium fails or the file was cut short meanwhile";

Error unreadable(std::uint64_t offset) {
  return {fmt::format("the log cannot be read at byte {}: {}", offset, kUnreadable)};
}

}  // namespace

Replayer::Replayer(const ByteSource& log, const Superblock& super, ReplayTarget& target,
                   const ReplayOptions& options)
    : source_(log),
      target_(target),
      options_(options),
      batch_(target),
      log_(log, [this] { leave_window(); }),
      reader_(log_, super.sector_size, kBufferedHeaderBytes),
      walk_(reader_, kFirstEntrySector, 0, super.nr_entries) {}

Error Replayer::target_error(std::uint64_t entry, std::uint64_t offset, int error) {
  next_ = entry;
  return {fmt::format("entry {} cannot be written at byte {} of the target: {}", entry, offset,
                      std::strerror(error))};
}

std::optional<Error> Replayer::finish_batch() {
  batch_.flush();
  const auto& failure = batch_.failure();
  if (!failure) return std::nullopt;
  if (failure->error != EFAULT)
    return target_error(failure->entry, failure->offset, failure->error);
  next_ = failure->entry;
  return Error{
      fmt::format("the data of entry {} in the log cannot be read: {}", next_, kUnreadable)};
}

std::optional<Entry> Replayer::take(std::optional<Error>& error) {
  const Walk::Step step = walk_.step();
  if (reader_.a_read_failed()) {
    error = unreadable(reader_.failed_offset());
  } else if (step == Walk::Step::kFault || step == Walk::Step::kEnd) {
    error =
        Error{fmt::format("the log cannot be followed beyond entry {}: there is no header at "
                          "log sector {}",
                          next_, walk_.next_sector())};
  }
  if (error) return std::nullopt;
  ++next_;
  return walk_.entry();
}

bool Replayer::pass_blanks(std::uint64_t end) {
  if (next_ >= walk_.next_index()) return false;
  next_ = std::min(end, walk_.next_index());
  return true;
}

void Replayer::leave_window() {
  batch_.flush();
  // The entry before next_ may still be under way.
  if (next_ > 0 && !source_.cut_short_at()) sound_ = next_ - 1;
}

// Where a log was cut short meanwhile, some of what was read may have been zeroes of a last page.
std::optional<Error> Replayer::finish(std::optional<Error> error) {
  const std::optional<Error> earlier = finish_batch();  // it comes before what went wrong behind it
  if (const auto end = source_.cut_short_at()) {
    next_ = std::min(next_, sound_);
    return unreadable(*end);
  }
  if (!earlier && !error) sound_ = next_;
  return earlier ? earlier : error;
}

std::optional<Error> Replayer::skip_to(std::uint64_t index) {
  std::optional<Error> error = finish_batch();
  log_.read_ahead(false);
  while (!error && next_ < index) {
    if (!pass_blanks(index)) take(error);
  }
  log_.read_ahead(true);
  return finish(error);
}

std::optional<Error> Replayer::run_to(std::uint64_t end, const std::function<bool()>& may_go_on) {
  std::optional<Error> error;
  while (!error && next_ < end) {
    if (pass_blanks(end)) continue;
    if (may_go_on && !may_go_on()) break;
    const std::optional<Entry> entry = take(error);
    if (entry) error = apply(*entry);
    if (!error && batch_.failure()) break;
  }
  return finish(error);
}

std::optional<Error> Replayer::apply(const Entry& entry) {
  const EntryHeader& header = entry.header;
  if ((header.flags & kFlagFlush) != 0) ++counts_.flushes;
  if ((header.flags & kFlagMark) != 0) ++counts_.marks;
  if (header.nr_sectors == 0) return std::nullopt;
  // No overflow: the walk lets no header pass that has one.
  const std::uint64_t begin = header.sector * reader_.sector_size();
  const std::uint64_t whole = header.nr_sectors * reader_.sector_size();
  const std::uint64_t room = target_.size() - std::min(begin, target_.size());
  const std::uint64_t bytes = std::min(whole, room);
  if (bytes < whole && !options_.clip) {
    next_ = entry.index;
    return Error{fmt::format("entry {} reaches to byte {}, the target ends at {}", entry.index,
                             begin + whole, target_.size())};
  }
  counts_.clipped_bytes += whole - bytes;
  return (header.flags & kFlagDiscard) != 0 ? apply_discard(entry, bytes)
                                            : apply_write(entry, bytes);
}

std::optional<Error> Replayer::apply_write(const Entry& entry, std::uint64_t bytes) {
  ++counts_.writes;
  counts_.written_bytes += bytes;
  const std::uint64_t data = (entry.log_sector + 1) * reader_.sector_size();
  for (std::uint64_t at = 0; at < bytes;) {
    std::uint64_t part = bytes - at;
    if (part >= kHoleBytes) {
      const std::uint64_t hole = std::min(log_.next_data(data + at) - (data + at), part);
      if (hole >= kHoleBytes || hole == part) {
        if (auto error = zero_hole(entry, at, hole)) return error;
        at += hole;
        continue;
      }
      part = std::min(part, kPartBytes);  // then look for the next hole
    }
    if (auto error = write_data(entry, at, part)) return error;
    at += part;
  }
  return std::nullopt;
}

std::optional<Error> Replayer::zero_hole(const Entry& entry, std::uint64_t from,
                                         std::uint64_t bytes) {
  if (auto error = finish_batch()) return error;
  const std::uint64_t offset = entry.header.sector * reader_.sector_size() + from;
  const int failed = target_.zero(offset, bytes);
  if (failed == 0) return std::nullopt;
  return target_error(entry.index, offset, failed);
}

std::optional<Error> Replayer::write_data(const Entry& entry, std::uint64_t from,
                                          std::uint64_t bytes) {
  const std::uint64_t target = entry.header.sector * reader_.sector_size() + from;
  const std::uint64_t data = (entry.log_sector + 1) * reader_.sector_size() + from;
  for (std::uint64_t at = 0; at < bytes;) {
    const std::span<const std::byte> view = log_.view(data + at, bytes - at);
    if (view.empty()) {
      next_ = entry.index;
      return unreadable(data + at);
    }
    batch_.add(entry.index, target + at, view);
    at += view.size();
  }
  return std::nullopt;
}

std::optional<Error> Replayer::apply_discard(const Entry& entry, std::uint64_t bytes) {
  ++counts_.discards;
  if (options_.discard == DiscardMode::kIgnore || bytes == 0) return std::nullopt;
  if (auto error = finish_batch()) return error;
  counts_.discarded_bytes += bytes;
  const std::uint64_t offset = entry.header.sector * reader_.sector_size();
  int failed = ENOTSUP;
  if (options_.discard == DiscardMode::kPunch) failed = target_.discard(offset, bytes);
  if (failed == ENOTSUP) {
    if (options_.discard == DiscardMode::kPunch) ++counts_.zeroed_discards;
    failed = target_.zero(offset, bytes);
  }
  if (failed == 0) return std::nullopt;
  return target_error(entry.index, offset, failed);
}

std::optional<Error> Replayer::sync() {
  if (auto error = finish_batch()) return error;
  const int failed = target_.sync();
  if (failed == 0) return std::nullopt;
  return Error{fmt::format("the target cannot be synced: {}", std::strerror(failed))};
}

}  // namespace simcheck::logs
