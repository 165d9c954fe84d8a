// The texts of reports/html/, as they were when the library was built.
#pragma once

#include <string_view>
#include <vector>

namespace simcheck::reports {

/// In the order of the files' names.
const std::vector<std::string_view>& html_pages();  ///< templates; html_page() names them
const std::vector<std::string_view>& html_styles();
const std::vector<std::string_view>& html_scripts();

}  // namespace simcheck::reports
