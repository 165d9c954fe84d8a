// `cmake --install` gives a stranger's project all it needs.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {
namespace {

constexpr const char* kConsumerCMake = R"(cmake_minimum_required(VERSION 3.22)
project(consumer LANGUAGES CXX)
find_package(simcheck REQUIRED)
add_executable(consumer main.cpp)
target_link_libraries(consumer PRIVATE simcheck::simcheck)
)";

constexpr const char* kConsumerMain = R"(#include <iostream>

#include "sim/sim.hpp"

int main() {
  using namespace simcheck::sim;
  World world;
  std::string said;
  const FiberId fiber = world.spawn("consumer", [&] {
    said += "hello";
    world.yield();
    said += " from a fiber";
  });
  while (world.enabled() != 0) world.run(fiber);
  std::cout << said;
}
)";

// Runs a step that must succeed; its output is shown if it does not.
void step(const std::vector<std::string>& argv) {
  const ProcessResult result = run_process(argv);
  REQUIRE_MESSAGE(result.exit_status == 0, result.out, result.err);
}

}  // namespace

TEST_CASE("a project of its own finds the installed package, builds against it and runs") {
  const TempDir temp;
  const std::string prefix = temp / "prefix";
  const std::string build = temp / "build";
  write_file(temp / "CMakeLists.txt", kConsumerCMake);
  write_file(temp / "main.cpp", kConsumerMain);

  step({"cmake", "--install", build_dir(), "--prefix", prefix});
  step({prefix + "/bin/simcheck", "--version"});
  step({"cmake", "-G", "Ninja", "-S", temp.path(), "-B", build, "-DCMAKE_PREFIX_PATH=" + prefix});
  step({"cmake", "--build", build});
  CHECK(run_process({build + "/consumer"}).out == "hello from a fiber");
}

}  // namespace simcheck::test
