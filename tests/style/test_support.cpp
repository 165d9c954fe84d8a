// The test helpers themselves: what a failing property says, and what a command leaves behind.

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {

RC_TEST_CASE("a property that holds passes",
             [](std::uint32_t a, std::uint32_t b) { RC_ASSERT(a + b == b + a); });

TEST_CASE("a property that fails shows its smallest case and how to run it again") {
  const auto wrong = rc::detail::toProperty([](int a) { RC_ASSERT(a < 7); });
  const std::string text = failure_of(wrong, "the case");
  CHECK(doctest::String(text.c_str()) == doctest::Contains("7 < 7"));
  CHECK(doctest::String(text.c_str()) == doctest::Contains("RC_PARAMS='reproduce="));
  CHECK(doctest::String(text.c_str()) == doctest::Contains("--test-case=\"the case\""));
}

TEST_CASE("a command's output, errors and exit status come back apart") {
  const ProcessResult result =
      run_process({"sh", "-c", "cat; echo oops >&2; exit 3"}, {.input = "hello"});
  CHECK(result.out == "hello");
  CHECK(result.err == "oops\n");
  CHECK(result.exit_status == 3);
}

TEST_CASE("a killed command has the shell's status") {
  CHECK(run_process({"sh", "-c", "kill -9 $$"}).exit_status == 137);
}

TEST_CASE("a missing command has the shell's status") {
  CHECK(run_process({"no-such-command"}).exit_status == 127);
}

TEST_CASE("directory and environment of a command") {
  const TempDir dir;
  write_file(dir / "sub/file", "text");
  const ProcessResult result =
      run_process({"sh", "-c", "cat file; printf %s \"$GREETING\""},
                  {.directory = dir / "sub", .extra_env = {"GREETING=hi"}});
  CHECK(result.out == "texthi");
}

}  // namespace simcheck::test
