#include "reports/formats.hpp"

#include "reports/chrome_trace.hpp"
#include "reports/dot.hpp"
#include "reports/github.hpp"
#include "reports/json.hpp"
#include "reports/junit.hpp"
#include "reports/sarif.hpp"

namespace simcheck::reports {
namespace {

// For formats that are laid out in one way only.
template <auto write>
void plainly(std::ostream& out, const model::Result& result, const TextOptions&) {
  write(out, result);
}

}  // namespace

std::span<const Format> formats() {
  static const std::vector<Format> all = {
      {"text", "for people", {".txt"}, write_text},
      {"json", "all of the result (docs/json-schema.md)", {".json"}, plainly<write_json>},
      {"junit", "a test case for each workload and property", {".xml"}, plainly<write_junit>},
      {"sarif",
       "violations, their steps as code flows",
       {".sarif", ".sarif.json"},
       plainly<write_sarif>},
      {"github", "annotations of a run of GitHub Actions", {}, plainly<write_github>},
      {"chrome", "trace events for Perfetto", {".trace.json"}, plainly<write_chrome_trace>},
      {"dot", "happens-before graphs for Graphviz", {".dot", ".gv"}, plainly<write_dot>},
  };
  return all;
}

const Format* format_of_file(std::string_view path) {
  const Format* found = nullptr;
  std::size_t longest = 0;
  for (const Format& format : formats()) {
    for (const std::string_view ending : format.endings) {
      if (!path.ends_with(ending) || ending.size() <= longest) continue;
      found = &format;
      longest = ending.size();
    }
  }
  return found;
}

}  // namespace simcheck::reports
