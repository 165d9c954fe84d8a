// `cmake --install` gives a stranger's project all it needs.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <utility>
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
add_executable(journal journal.cpp)
target_link_libraries(journal PRIVATE simcheck::simcheck)

enable_testing()
simcheck_add_test(NAME fixed DRIVER fixed DEPTH 2)
simcheck_add_test(NAME buggy DRIVER buggy DEPTH 2 EXPECT violated ARGS --quiet)
simcheck_add_test(NAME careful PROGRAM journal DRIVER careful DEPTH 2 EXPECT holds)
simcheck_add_test(NAME wrong.hopes PROGRAM journal DRIVER hasty DEPTH 2)
simcheck_add_test(NAME wrong.fears DRIVER fixed DEPTH 1 EXPECT violated)
simcheck_add_test(NAME wrong.cut_short DRIVER fixed DEPTH 2 ARGS --max-executions 5)
)";

// Calls of simcheck_add_test that are refused, each with what is said.
constexpr std::pair<const char*, const char*> kRefused[] = {
    {"DRIVER fixed", "NAME is missing"},
    {"NAME a EXPECT success", "none of holds, exercised,"},
    {"NAME a --quiet", "what is '--quiet'?"},
    {"NAME a PROGRAM nothing", "no target 'nothing'"},
};

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

// What is installed, in a prefix of its own.
class Package {
 public:
  Package() { step({"cmake", "--install", build_dir(), "--prefix", prefix()}); }
  std::string prefix() const { return temp_ / "prefix"; }

 private:
  TempDir temp_;
};

std::vector<std::string> configure(const Package& package, const TempDir& project) {
  return {"cmake",
          "-G",
          "Ninja",
          "-S",
          project.path(),
          "-B",
          project / "build",
          "-DCMAKE_BUILD_TYPE=Debug",
          "-DCMAKE_PREFIX_PATH=" + package.prefix()};
}

TEST_CASE("a project of its own finds the installed package, builds against it and runs") {
  const Package package;
  const TempDir project;
  write_file(project / "CMakeLists.txt", kConsumerCMake);
  write_file(project / "main.cpp", kConsumerMain);
  write_file(project / "journal.cpp", read_file(source_dir() / "examples/journal.cpp"));

  step({package.prefix() + "/bin/simcheck", "--version"});
  for (const char* document :
       {"man/man1/simcheck.1", "bash-completion/completions/simcheck",
        "zsh/vendor-completions/_simcheck", "fish/vendor_completions.d/simcheck.fish"})
    CHECK(!read_file(package.prefix() + "/share/" + document).empty());
  step(configure(package, project));
  step({"cmake", "--build", project / "build"});
  CHECK(run_process({project / "build" / "consumer"}).out == "hello from a fiber");

  const auto ctest = [&](const std::string& choice, const std::string& tests) {
    return run_process({"ctest", "--test-dir", project / "build", choice, tests});
  };
  const ProcessResult right = ctest("-E", "wrong");
  CHECK_MESSAGE(right.exit_status == 0, right.out);
  CHECK(right.out.find("100% tests passed, 0 tests failed out of 3") != std::string::npos);
  CHECK(right.out.find("simcheck ") != std::string::npos);  // the label
  CHECK(ctest("-R", "wrong").out.find("0% tests passed, 3 tests failed") != std::string::npos);
}

TEST_CASE("as a part of another project it gives the same names, and leaves its tests at home") {
  const TempDir project;
  write_file(project / "CMakeLists.txt",
             fmt::format("cmake_minimum_required(VERSION 3.22)\nproject(p LANGUAGES CXX)\n"
                         "enable_testing()\nadd_subdirectory({} simcheck)\n"
                         "add_executable(journal journal.cpp)\n"
                         "target_link_libraries(journal PRIVATE simcheck::simcheck)\n"
                         "simcheck_add_test(NAME fixed DRIVER fixed DEPTH 2)\n"
                         "simcheck_add_test(NAME careful PROGRAM journal DRIVER careful DEPTH 2)\n",
                         source_dir().string()));
  write_file(project / "journal.cpp", read_file(source_dir() / "examples/journal.cpp"));
  const std::string build = project / "build";
  step({"cmake", "-G", "Ninja", "-S", project.path(), "-B", build, "-DCMAKE_BUILD_TYPE=Release"});
  const ProcessResult tests = run_process({"ctest", "--test-dir", build, "-N"});
  CHECK_MESSAGE(tests.out.find("Total Tests: 2\n") != std::string::npos, tests.out);
  const std::string rules = read_file(build + "/build.ninja");
  CHECK(rules.find("-Werror") == std::string::npos);
  CHECK(rules.find("simcheck_bench") == std::string::npos);
}

TEST_CASE("simcheck_add_test says what is wrong with a call") {
  const Package package;
  const TempDir project;
  for (const auto& [call, complaint] : kRefused) {
    write_file(project / "CMakeLists.txt",
               fmt::format("cmake_minimum_required(VERSION 3.22)\nproject(p LANGUAGES CXX)\n"
                           "find_package(simcheck REQUIRED)\nsimcheck_add_test({})\n",
                           call));
    const ProcessResult result = run_process(configure(package, project));
    CHECK(result.exit_status != 0);
    CHECK_MESSAGE(result.err.find(complaint) != std::string::npos, result.err);
  }
}

}  // namespace simcheck::test
