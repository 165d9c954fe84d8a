// The command at the end of a counterexample.
#pragma once

#include <doctest/doctest.h>

#include <string>

namespace simcheck::test {

/// Without the leading "simcheck", of the first one in the report.
inline std::string replay_line(const std::string& report) {
  const std::size_t at = report.find("  simcheck --driver");
  REQUIRE(at != std::string::npos);
  return report.substr(at + 11, report.find('\n', at) - at - 11);
}

}  // namespace simcheck::test
