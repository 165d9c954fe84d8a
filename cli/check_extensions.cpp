#include "cli/check_extensions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "cli/catalog.hpp"
#include "cli/output_file.hpp"
#include "reports/plain_text.hpp"

namespace simcheck::cli {
namespace {

using properties::PropertyInfo;

constexpr std::size_t kSummaryMax = 60;

bool is_name_character(char character) {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') ||
         character == '-';
}

// Names stand unquoted in replay lines, which are pasted, and in files that are read again.
void check_name(std::string_view kind, std::string_view name) {
  const bool is_sound =
      !name.empty() && name.front() != '-' && std::ranges::all_of(name, is_name_character);
  if (!is_sound)
    throw UsageError(fmt::format(
        "a {} of this program is called {}; a name is lower case letters, digits and hyphens, and "
        "begins with no hyphen",
        kind, in_quotes(name)));
}

void check_summary(std::string_view kind, std::string_view name, std::string_view summary) {
  const std::size_t length = reports::columns(summary);
  const bool is_one_line = summary.find('\n') == std::string_view::npos;
  if (length == 0 || length > kSummaryMax || !is_one_line)
    throw UsageError(fmt::format(
        "the summary of the {} {} has {}; it is one line of 1 to {} characters", kind,
        in_quotes(name), is_one_line ? reports::counted(length, "character") : "several lines",
        kSummaryMax));
}

template <typename Info>
void check_words(std::string_view kind, const std::vector<Info>& own) {
  for (const Info& info : own) {
    check_name(kind, info.name);
    check_summary(kind, info.name, info.summary);
  }
}

template <typename Info>
void check_unique(std::string_view kind, const std::vector<Info>& own,
                  std::span<const Info> built_in) {
  for (std::size_t i = 0; i < own.size(); ++i) {
    const std::string_view name = own[i].name;
    if (find(built_in, name) != nullptr)
      throw UsageError(
          fmt::format("a {} of this program is called {}, as a built-in one; give it "
                      "another name",
                      kind, in_quotes(name)));
    if (find(std::span(own).first(i), name) != nullptr)
      throw UsageError(fmt::format("two {} of this program are called {}; rename one",
                                   kind == "property" ? "properties" : fmt::format("{}s", kind),
                                   in_quotes(name)));
  }
}

void check_makes(std::string_view kind, std::string_view name, bool makes) {
  if (!makes)
    throw UsageError(fmt::format("the {} {} makes nothing; its entry needs a function that does",
                                 kind, in_quotes(name)));
}

void check_property(const PropertyInfo& info) {
  check_makes("property", info.name, info.make != nullptr);
  const auto made = info.make();
  check_makes("property", info.name, made != nullptr);
  if (made->name() != info.name)
    throw UsageError(
        fmt::format("the property {} calls itself {}; its entry and its name() must say the same",
                    in_quotes(info.name), in_quotes(made->name())));
  static constexpr std::array<std::string_view, 2> kGroups = {"all", "default"};
  if (std::ranges::find(kGroups, info.name) != kGroups.end())
    throw UsageError(fmt::format(
        "a property of this program is called {}, as a group of --property; give it another name",
        in_quotes(info.name)));
}

// One that is misspelt would not be checked, and nobody would miss it.
void check_defaults(const Extensions& own) {
  std::vector<PropertyInfo> all = own.properties;
  const auto built_in = properties::all_properties();
  all.insert(all.end(), built_in.begin(), built_in.end());
  for (const std::string_view name : own.default_properties) {
    with_option_named("Extensions::default_properties",
                      [&] { require(std::span<const PropertyInfo>(all), "property", name); });
  }
}

}  // namespace

void check_extensions(const Extensions& own) {
  check_words("driver", own.drivers);
  check_words("property", own.properties);
  check_words("recovery", own.recoveries);
  for (const drivers::DriverInfo& info : own.drivers)
    check_makes("driver", info.name, info.make != nullptr);
  for (const PropertyInfo& info : own.properties) check_property(info);
  check_unique("driver", own.drivers, drivers::all_drivers());
  check_unique("property", own.properties, properties::all_properties());
  check_unique("recovery", own.recoveries, drivers::all_recoveries());
  check_defaults(own);
}

}  // namespace simcheck::cli
