// What all pages have in common: styles, scripts, the player of counterexamples, and how documents
// are put into a page.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace simcheck::reports {

/// A template of reports/html/: "report", "player" or "verdicts"; another name throws.
std::string_view html_page(std::string_view name);

std::string all_html_styles();
std::string all_html_scripts();

/// As the content of a script element, which nothing in it ends.
std::string embedded_json(const nlohmann::ordered_json& json);

}  // namespace simcheck::reports
