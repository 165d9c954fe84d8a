// What a program of one's own adds to the command line.
#pragma once

#include <concepts>
#include <memory>
#include <string_view>
#include <vector>

#include "drivers/generations.hpp"
#include "drivers/recoveries.hpp"
#include "properties/all.hpp"

namespace simcheck::cli {

/// Names and summaries must outlive the command, as string literals do. A name is lower case
/// letters, digits and hyphens, begins with no hyphen, and is no other entry's of its kind, nor
/// that of a built-in one; a summary is one line of at most 60 characters. Whatever breaks these
/// rules ends the command with exit status 2. They come before the built-in entries.
struct Extensions {
  std::vector<drivers::DriverInfo> drivers;  ///< the first becomes the default of --driver
  std::vector<properties::PropertyInfo> properties;
  /// For --recovery; the first becomes its default.
  std::vector<drivers::RecoveryInfo> recoveries;
  /// The names of what is checked where --property is not given; none: every property, which suits
  /// drivers that keep a log of the format that the built-in ones keep. There must be each of them.
  /// With several threads, race-free is checked all the same.
  std::vector<std::string_view> default_properties;
};

/// The entry of a driver that is made of (world, data, log), and of LogWritesOptions as well if its
/// constructor takes them: two disks of 1t each, empty at the start unless --initial-log says
/// otherwise. What it keeps on the second is its own affair. Say that it is symmetric if it treats
/// requests alike wherever they lie and whatever byte they write: then executions that differ by an
/// exchange of such requests are explored once. A cache or a mapping that looks at offsets does
/// not.
template <class Driver>
drivers::DriverInfo driver(std::string_view name, std::string_view summary,
                           bool symmetric = false) {
  using Options = drivers::LogWritesOptions;
  constexpr bool takes_options = std::constructible_from<Driver, sim::World&, sim::BlockDevice&,
                                                         sim::BlockDevice&, const Options&>;
  return {name, summary,
          [](sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
             [[maybe_unused]] const Options& options) -> sim::BlockDevice& {
            if constexpr (takes_options) {
              return world.make<Driver>(world, data, log, options);
            } else {
              return world.make<Driver>(world, data, log);
            }
          },
          symmetric, takes_options};
}

/// The entry of a property; its words must be string literals.
template <class Property>
properties::PropertyInfo property() {
  const Property words;
  return {words.name(), words.summary(),
          []() -> std::unique_ptr<properties::Property> { return std::make_unique<Property>(); }};
}

}  // namespace simcheck::cli
