// Whether a text, such as what a command printed, has a part.
#pragma once

#include <string_view>

namespace simcheck::test {

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace simcheck::test
