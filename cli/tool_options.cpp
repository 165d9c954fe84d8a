#include "cli/tool_options.hpp"

namespace simcheck::cli {

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    parts.push_back(text.substr(at, end - at));
    if (parts.back().empty()) throw UsageError(in_quotes(text) + " has an empty part");
    at = end + 1;
  }
  return parts;
}

}  // namespace simcheck::cli
