// What `simcheck log crash` tells the user.
#pragma once

#include <cstdint>
#include <string>

#include "cli/log_crash_run.hpp"
#include "logs/crash_images.hpp"

namespace simcheck::cli {

struct ChecksDone {
  std::uint64_t checked = 0;  // images, each different from the others
  std::uint64_t failed = 0;
  bool complete = false;  // no other image is possible
  bool interrupted = false;
  std::string first_failure;
};

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
