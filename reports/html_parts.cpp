#include "reports/html_parts.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "reports/html_files.hpp"

namespace simcheck::reports {
namespace {

std::string joined_files(const std::vector<std::string_view>& files) {
  std::string all;
  for (const std::string_view file : files) all += file;
  return all;
}

}  // namespace

std::string_view html_page(std::string_view name) {
  static constexpr std::array<std::string_view, 3> kNames = {"player", "report", "verdicts"};
  const auto place = std::ranges::find(kNames, name);
  return html_pages().at(static_cast<std::size_t>(place - kNames.begin()));
}

std::string all_html_styles() { return joined_files(html_styles()); }

std::string all_html_scripts() { return joined_files(html_scripts()); }

std::string embedded_json(const nlohmann::ordered_json& json) {
  using Json = nlohmann::ordered_json;
  std::string safe;
  for (const char character : json.dump(-1, ' ', false, Json::error_handler_t::replace)) {
    if (character == '<') {
      safe += "\\u003c";
    } else {
      safe += character;
    }
  }
  return safe;
}

}  // namespace simcheck::reports
