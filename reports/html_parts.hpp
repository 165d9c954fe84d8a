// What all pages have in common: styles, scripts, the player of counterexamples, and how documents
// are put into a page.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace simcheck::reports {

/// A template of reports/html/: "page", "player", "report" or "verdicts"; another name throws.
std::string_view html_page(std::string_view name);

/// What makes a page: all of it is HTML, but for `result` and `start`.
struct HtmlPage {
  std::string title, heading, lead, content;
  std::string result;  ///< for the scripts: what embedded_json() gives
  std::string start;   ///< the function of the scripts that begins
};

/// The page, with all styles and scripts in it.
std::string html_document(const HtmlPage& page);

/// As the content of a script element, which nothing in it ends.
std::string embedded_json(const nlohmann::ordered_json& json);

}  // namespace simcheck::reports
