#include "cli/log_crash.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

#include "cli/given_values.hpp"
#include "cli/log_crash_run.hpp"
#include "cli/log_keep.hpp"
#include "cli/named_value.hpp"
#include "cli/option_values.hpp"
#include "cli/usage_error.hpp"
#include "model/workload_size.hpp"

namespace simcheck::cli {
namespace {

constexpr const char* kCrashFooter =
    "Exit status:\n"
    "  0  shown; or the check passed for every image that can be left\n"
    "  1  the check failed\n"
    "  2  bad options, or a log that does not verify\n"
    "  3  the check passed, but not every image was tried; or a forced run of a log\n"
    "     that does not verify\n"
    "\n"
    "Examples:\n"
    "  simcheck log crash log.img --base old.img --at 17\n"
    "  simcheck log crash log.img --base old.img --at 17 --check 'e2fsck -fp {}'";

// As typed; empty where an option was not given.
struct CrashText {
  std::string at, size, coverage, in_flight, disk_sector, discard, check, images_max, samples, seed;
};

void read_cut(const CrashText& text, CrashJob& job) {
  const auto number = [](std::string_view given) { return read_number(given, 0, UINT64_MAX); };
  job.cut.at = value_of("--at", text.at, number);
  if (!text.coverage.empty()) {
    job.cut.coverage = value_of("--coverage", text.coverage, [](std::string_view given) {
      return read_choice<logs::Coverage>(
          given, {{"logged", logs::Coverage::kLogged}, {"issued", logs::Coverage::kIssued}});
    });
  }
  job.cut.in_flight_to_flush = text.in_flight == "flush";
  if (!text.in_flight.empty() && !job.cut.in_flight_to_flush)
    job.cut.in_flight = value_of("--in-flight", text.in_flight, number);
}

void read_device(const CrashText& text, CrashJob& job) {
  if (!text.size.empty()) {
    if (!job.base.empty()) throw UsageError("--size and --base exclude each other");
    job.size = value_of("--size", text.size, read_memory);
  }
  if (!text.disk_sector.empty()) {
    job.model.disk_sector = value_of("--disk-sector", text.disk_sector, [](std::string_view given) {
      return read_choice<std::uint32_t>(given, {{"512", 512}, {"4096", 4096}, {"4k", 4096}});
    });
  }
  if (text.discard.empty()) return;
  job.model.discard = value_of("--discard", text.discard, [](std::string_view given) {
    return read_choice<logs::DiscardMode>(
        given, {{"zero", logs::DiscardMode::kZero}, {"ignore", logs::DiscardMode::kIgnore}});
  });
}

void read_check(const CrashText& text, CrashJob& job) {
  const auto positive = [](std::string_view given) { return read_number(given, 1, UINT64_MAX); };
  if (!text.images_max.empty())
    job.images_max = value_of("--max-images", text.images_max, positive);
  if (!text.samples.empty()) job.samples = value_of("--sample", text.samples, positive);
  if (!text.seed.empty()) {
    if (!job.samples) throw UsageError("--seed needs --sample");
    job.seed = value_of("--seed", text.seed,
                        [](std::string_view given) { return read_number(given, 0, UINT64_MAX); });
  }
  if (job.samples && !text.images_max.empty())
    throw UsageError("--sample and --max-images exclude each other");
  if (!text.check.empty()) {
    job.check.emplace(text.check);
    std::vector<std::string> in_use = {job.image};
    if (!job.base.empty()) in_use.push_back(job.base);
    if (job.overwrite && job.keep.empty()) throw UsageError("--overwrite needs --keep");
    if (!job.keep.empty()) require_keepable(job.keep, job.overwrite || job.force, in_use);
    return;
  }
  for (const auto& [option, given] : {std::pair{"--max-images", !text.images_max.empty()},
                                      {"--sample", job.samples.has_value()},
                                      {"--keep", !job.keep.empty()},
                                      {"--overwrite", job.overwrite},
                                      {"--keep-going", job.keep_going}}) {
    if (given) throw UsageError(fmt::format("{} needs --check, which says what to run", option));
  }
}

CLI::Option* add(CLI::App& command, const char* group, const char* name, std::string& value,
                 const char* type, const char* what) {
  return command.add_option(name, value, what)->group(group)->type_name(type);
}

void add_flag(CLI::App& command, const char* group, const char* name, bool& value,
              const char* what) {
  command.add_flag(name, value, what)->group(group)->disable_flag_override();
}

void add_cut(CLI::App& command, CrashText& text, CrashJob& job, bool& whole) {
  const char* const group = "What survives";
  add(command, group, "--at", text.at, "ENTRY", "the last entry logged before the cut, from 0")
      ->required();
  add(command, group, "--coverage", text.coverage, "WHAT",
      "a FLUSH covers what was logged before it (logged), or\nwhat was so when it was issued "
      "(issued); guessed");
  add(command, group, "--in-flight", text.in_flight, "N",
      "the N entries behind ENTRY, or with 'flush' those\nbefore the next FLUSH, may be there, "
      "too");
  add(command, group, "--disk-sector", text.disk_sector, "BYTES",
      "what is written as one: 512 (the default) or 4096");
  add_flag(command, group, "--whole", whole, "writes are there wholly or not at all");
  add(command, group, "--discard", text.discard, "HOW",
      "a discard leaves zeroes (zero, the default), or what\nwas there (ignore)");
  const char* const device = "The device before the log";
  add(command, device, "--base", job.base, "FILE", "its image; without, it is all zeroes");
  add(command, device, "--size", text.size, "SIZE",
      "its size without --base (default: as far as all\nentries of the log reach)");
}

void add_check(CLI::App& command, CrashText& text, CrashJob& job) {
  const char* const group = "Checking the images";
  add(command, group, "--check", text.check, "CMD",
      "run by sh for each, {} being the image, which is\nthrown away");
  add(command, group, "--max-images", text.images_max, "N", "the N smallest (1000)");
  add(command, group, "--sample", text.samples, "N", "instead, N draws at random");
  add(command, group, "--seed", text.seed, "S", "of --sample (1)");
  add_flag(command, group, "--keep-going", job.keep_going, "count all that fail");
  add(command, group, "--keep", job.keep, "FILE", "leave the first failing image there");
  add_flag(command, group, "--overwrite", job.overwrite, "replace the FILE of --keep");
  add(command, group, "--scratch", job.scratch, "DIR", "where images are made (beside FILE)");
}

}  // namespace

void add_log_crash(CLI::App& log, int& exit_code) {
  CLI::App* command = log.add_subcommand("crash", "Check the images that a power cut can leave");
  auto text = std::make_shared<CrashText>();
  auto job = std::make_shared<CrashJob>();
  auto whole = std::make_shared<bool>(false);
  command->add_option("IMAGE", job->image, "log image: a file or block device, raw")
      ->required()
      ->type_name("");
  command
      ->add_flag("--force", job->force,
                 "also a log that does not verify, or whose writes reach\npast the device; "
                 "--overwrite")
      ->disable_flag_override();
  command->add_flag("--json", job->json, "what was found as one JSON document")
      ->disable_flag_override();
  command->add_flag("-q,--quiet", job->quiet, "no line of progress")->disable_flag_override();
  add_cut(*command, *text, *job, *whole);
  add_check(*command, *text, *job);
  command->footer(kCrashFooter);
  command->callback([command, text, job, whole, &exit_code] {
    refuse_empty_values(*command);
    read_cut(*text, *job);
    read_device(*text, *job);
    read_check(*text, *job);
    job->tear = !*whole;
    exit_code = run_crash(*job);
  });
}

}  // namespace simcheck::cli
