// Checks of the built-in drivers as the command would run them, without the command.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include "drivers/generations.hpp"
#include "model/check.hpp"
#include "model/workload_parser.hpp"
#include "properties/all.hpp"

namespace simcheck::test {

inline model::MakeDevice device(std::string_view driver,
                                const drivers::LogWritesOptions& log_writes = {}) {
  for (const drivers::DriverInfo& info : drivers::all_drivers()) {
    if (info.name != driver) continue;
    return [make = info.make, log_writes](sim::World& world, sim::BlockDevice& data,
                                          sim::BlockDevice& log) -> sim::BlockDevice& {
      return make(world, data, log, log_writes);
    };
  }
  throw std::invalid_argument("no such driver");
}

inline properties::PropertyList every_property() {
  properties::PropertyList list;
  for (const properties::PropertyInfo& info : properties::all_properties()) {
    list.push_back(info.make());
  }
  return list;
}

inline properties::PropertyList default_properties() {
  properties::PropertyList list;
  for (const properties::PropertyInfo& info : properties::all_properties()) {
    if (info.by_default) list.push_back(info.make());
  }
  return list;
}

inline model::Workload workload(const std::string& text) {
  return std::get<model::Workload>(model::parse_workload(text));
}

/// The default properties, dpor, no symmetry, to the end.
inline model::CheckOptions options_for(std::string_view driver, const std::string& text) {
  model::CheckOptions options;
  options.driver = driver;
  options.make_device = device(driver);
  options.properties = default_properties();
  options.workloads = {workload(text)};
  options.symmetry = false;
  options.keep_going = true;
  return options;
}

}  // namespace simcheck::test
