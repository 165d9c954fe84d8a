// Every format that a result can be written in, by name and by the end of a file's name.
#pragma once

#include <iosfwd>
#include <span>
#include <string_view>
#include <vector>

#include "model/result.hpp"
#include "reports/text.hpp"

namespace simcheck::reports {

struct Format {
  std::string_view name;
  std::string_view summary;
  std::vector<std::string_view> endings;  ///< of file names; none: for standard output only
  void (*write)(std::ostream& out, const model::Result& result, const TextOptions& options);
};

std::span<const Format> formats();

/// By the longest ending that fits: "x.trace.json" is a Chrome trace. Null if none does.
const Format* format_of_file(std::string_view path);

}  // namespace simcheck::reports
