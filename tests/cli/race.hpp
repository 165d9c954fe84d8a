// A run of the command that finds the race, for tests of how it is told.
#pragma once

#include <string>
#include <vector>

namespace simcheck::test {

inline std::vector<std::string> race_with(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"--driver", "buggy", "--workload", "zeroes, write"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace simcheck::test
