#include "cli/subject_options.hpp"

#include <fmt/format.h>

#include "cli/catalog.hpp"
#include "cli/option_values.hpp"

namespace simcheck::cli {

using Text = const std::string&;

void add_driver(OptionGroup& group, Options& options) {
  group.value("--driver", "NAME",
              fmt::format("the driver under test (default: {})", default_driver()),
              [&](Text text) { options.driver = &require(all_drivers(), "driver", text); });
}

void add_surroundings(OptionGroup& group, Options& options) {
  add_detect_zeroes(group, options);
  group.flag("--block-layer", "put QEMU's block layer above the driver: padding,\nFUA, flushes",
             options.block_layer);
  group.value("--log-sector-size", "BYTES", "of the log, 32 to 8m (default: 512)",
              [&](Text text) { options.log_sector_size = read_sector_size(text); });
  add_super_interval(group, options);
}

void add_detect_zeroes(OptionGroup& group, Options& options) {
  using Mode = drivers::DetectZeroesMode;
  group.choice<Mode>("--detect-zeroes", "MODE", "off, on or unmap: writes of zeroes become zeroes",
                     options.detect_zeroes,
                     {{"off", Mode::kOff}, {"on", Mode::kOn}, {"unmap", Mode::kUnmap}});
}

void add_super_interval(OptionGroup& group, Options& options) {
  group.value("--super-interval,--log-super-update-interval", "N",
              "entries between superblock updates (default: 4096)", [&](Text text) {
                options.log_super_update_interval = read_number(text, 1, UINT64_MAX);
              });
}

void add_threads(OptionGroup& group, Options& options) {
  group.value("--threads", "N",
              "threads that run the requests in turn, 1 to 16; they\npreempt each other before "
              "every access of shared state\n(default: 1)",
              [&](Text text) {
                options.threads = static_cast<std::uint32_t>(read_number(text, 1, kThreadsMax));
              });
}

void add_power_cuts(OptionGroup& group, Options& options) {
  using enum sim::Durability;
  group.choice<sim::Durability>(
      "--durability", "MODEL",
      "what survives a cut of what was not flushed:\nsector-subset, prefix, whole-requests or "
      "cache-off\n(default: sector-subset)",
      options.crash_model.durability,
      {{"sector-subset", kSectorSubset},
       {"prefix", kPrefix},
       {"whole-requests", kWholeRequests},
       {"cache-off", kCacheOff}});
  group.value("--disk-sector", "BYTES", "that survive a cut together: 512 or 4096 (default: 512)",
              [&](Text text) {
                options.crash_model.sector_bytes =
                    read_choice<std::uint64_t>(text, {{"512", 512}, {"4096", 4096}, {"4k", 4096}});
              });
  group.value(
      "--recovery", "NAME",
      fmt::format("runs after a cut, before properties judge; see\n'simcheck list recoveries' "
                  "(default: {})",
                  default_recovery()),
      [&](Text text) { options.recovery = &require(all_recoveries(), "recovery", text); });
  group.value("--cuts", "N",
              "that may follow one another, all but the first in the\nrecovery (default: 1)",
              [&](Text text) {
                options.cuts = static_cast<std::uint32_t>(read_number(text, 1, kCutsMax));
              });
}

void add_workload(OptionGroup& group, Options& options) {
  group.value("--workload", "TEXT|FILE",
              "requests such as 'zeroes, write ; flush', or a file:\n"
              "of that form, a fio log, a qemu-io script, blktrace\n"
              "records or a log image; more than --depth of them are\n"
              "checked as every window of that many (default: every\n"
              "small set of requests, see 'simcheck list')",
              [&](Text text) { set_workload(options, text); });
}

void add_property(OptionGroup& group, Options& options, const std::string& default_words) {
  group.values(
      "--property", "NAME",
      "check this promise, or the group 'default' or 'all';\nmay be repeated " + default_words,
      [&](Text text) { choose_property(options, text); });
}

void set_workload(Options& options, Text text) {
  if (text.empty()) throw UsageError("is empty; try 'zeroes 0 4k, write 8k 4k'");
  options.workload = text;
}

void choose_property(Options& options, std::string_view name) {
  options.properties_chosen = true;
  if (name == "all") {
    options.all_properties = true;
  } else if (name == "default") {
    options.default_properties = true;
  } else {
    options.properties.push_back(&require(all_properties(), "property", name));
  }
}

}  // namespace simcheck::cli
