// What `simcheck log crash` tells the user.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/log_crash_run.hpp"
#include "logs/crash_images.hpp"

namespace simcheck::cli {

struct CrashFailure {
  std::uint64_t number = 0;  // of the image, from 1
  logs::CrashImage image;
  CheckOutcome outcome;
  std::string kept;  // where; empty: nowhere
};

struct ChecksDone {
  std::uint64_t checked = 0;  // images, each different from the others
  std::uint64_t failed = 0;
  bool complete = false;  // no other image is possible
  bool interrupted = false;
  std::string first_failure;
  std::optional<CrashFailure> failure;  // the same, to be told otherwise
  std::string keep_error;               // why it could not be kept
};

/// Of a write that is there in part: the runs of its disk sectors that are, first and last, counted
/// from `first_sector`. Those that hold the same bytes whatever is lost are left out.
std::vector<std::pair<std::uint64_t, std::uint64_t>> sectors_there(
    const logs::CrashSectors& sectors, const logs::Survivor& survivor, std::uint64_t first_sector);

bool is_whole(const logs::CrashSectors& sectors, const logs::Survivor& survivor);

/// The entries of which nothing reached the disk, where that makes a difference.
std::vector<std::uint64_t> entries_lost(const logs::CrashPoint& point,
                                        const logs::CrashSectors& sectors,
                                        const logs::CrashImage& image);

/// How many pending writes change something.
std::uint64_t writes_that_change(const logs::CrashSectors& sectors);

struct PendingCounts {
  std::uint64_t writes = 0, written_bytes = 0;
  std::uint64_t discards = 0, discarded_bytes = 0;
  std::uint64_t disk_sectors = 0;  // that change something, those of each write
};
PendingCounts count_pending(const logs::CrashPoint& point, const logs::CrashSectors& sectors);

/// What is durable, what is pending, and how many images that makes.
std::string crash_in_words(const CrashJob& job, const logs::CrashPoint& point,
                           const logs::CrashSectors& sectors);

/// What of the pending writes reached the disk in the `number`-th image, and how the check failed.
std::string failure_in_words(const CrashJob& job, const logs::CrashPoint& point,
                             const logs::CrashSectors& sectors, const logs::CrashImage& image,
                             const CheckOutcome& outcome, std::uint64_t number);

std::string checks_in_words(const CrashJob& job, const logs::CrashSectors& sectors,
                            const ChecksDone& done);

}  // namespace simcheck::cli
