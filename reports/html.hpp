// A result as one HTML page: the verdict and what it covers, and counterexamples to step through.
// The page is a template (reports/html/) around the JSON document; it loads nothing from anywhere.
#pragma once

#include <string>
#include <string_view>

#include "model/result.hpp"

namespace simcheck::reports {

/// The same result gives the same bytes, all of them UTF-8.
std::string html(const model::Result& result);

/// As text of an element or as a quoted attribute: "a &lt; b".
std::string html_escaped(std::string_view text);

/// The template with every {{name}} replaced by what `value_of(name)` gives; what that holds is not
/// looked into. Braces must be paired in the template.
template <typename ValueOf>
std::string filled_in(std::string_view page, ValueOf value_of) {
  std::string out;
  for (std::size_t at = page.find("{{"); at != page.npos; at = page.find("{{")) {
    const std::size_t end = page.find("}}", at);
    out += page.substr(0, at);
    out += value_of(page.substr(at + 2, end - at - 2));
    page.remove_prefix(end + 2);
  }
  return out += page;
}

}  // namespace simcheck::reports
