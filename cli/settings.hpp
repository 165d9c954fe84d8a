// What decides the result of a check, as text: a check can go on from what another one saved only
// if all of it is the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"
#include "model/check.hpp"

namespace simcheck::cli {

struct Setting {
  std::string option;  ///< "--driver"
  std::string value;   ///< "fixed"; empty: the option was not given and has no default

  void save_or_load(model::Archive& archive);
  friend bool operator==(const Setting&, const Setting&) = default;
};
using Settings = std::vector<Setting>;

/// One for each option that decides anything, those that settle others first, and one for what a
/// file named by --workload holds. `check` is what was made of `options`.
Settings settings_of(const Options& options, const model::CheckOptions& check);

/// The first setting that is not the same in both, as its two values; nothing if all are.
struct Difference {
  std::string option, saved, now;
};
std::optional<Difference> difference(const Settings& saved, const Settings& now);

/// Is the option one that decides nothing, or only when a run ends, not what it finds until then? A
/// test holds every option against this and settings_of().
bool decides_nothing(std::string_view option);

}  // namespace simcheck::cli
