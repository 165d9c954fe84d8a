// What `simcheck log crash` does once its options are read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/log_check.hpp"
#include "logs/crash_sectors.hpp"

namespace simcheck::cli {

struct CrashJob {
  std::string image;
  std::string base;  // empty: zeroes
  std::optional<std::uint64_t> size;
  logs::CrashOptions cut;
  logs::CrashModel model;
  bool tear = true;
  bool force = false;
  bool quiet = false;
  bool json = false;

  std::optional<CheckCommand> check;
  std::uint64_t images_max = 1000;
  std::optional<std::uint64_t> samples;
  std::uint64_t seed = 1;
  bool keep_going = false;
  std::string keep;  // where the first failing image is left; empty: nowhere
  bool overwrite = false;
  std::string scratch;  // folder of copies; empty: where it is best
};

/// Returns the exit status: 0 done, 1 the check failed, 3 not all images were checked, or the log
/// does not verify.
/// Throws UsageError, OutputError.
int run_crash(const CrashJob& job);

}  // namespace simcheck::cli
