#include "reports/html_parts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "reports/html.hpp"
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
  static constexpr std::array<std::string_view, 4> kNames = {"page", "player", "report",
                                                             "verdicts"};
  const auto place = std::ranges::find(kNames, name);
  return html_pages().at(static_cast<std::size_t>(place - kNames.begin()));
}

std::string html_document(const HtmlPage& page) {
  const std::map<std::string_view, std::string> values = {{"title", page.title},
                                                          {"style", joined_files(html_styles())},
                                                          {"heading", page.heading},
                                                          {"lead", page.lead},
                                                          {"content", page.content},
                                                          {"result", page.result},
                                                          {"script", joined_files(html_scripts())},
                                                          {"start", page.start}};
  return filled_in(html_page("page"), [&](std::string_view name) { return values.at(name); });
}

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
