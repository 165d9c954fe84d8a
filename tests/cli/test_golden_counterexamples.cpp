// Counterexamples of every kind, kept with the command that shows them: they replay byte for byte.
// A change of theirs is a change of what users see, or of a driver; to accept it, run the first
// line of the file and put what it prints below it.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/cli/command.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {

TEST_CASE("kept counterexamples replay unchanged") {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(source_dir() / "tests/golden/counterexamples")) {
    CAPTURE(entry.path().filename().string());
    const std::string kept = read_file(entry.path());
    const std::string start = "$ simcheck ";
    REQUIRE(kept.starts_with(start));
    const std::size_t end = kept.find('\n');
    const ProcessResult again =
        shell("\"$simcheck\" " + kept.substr(start.size(), end - start.size()));
    CHECK(again.exit_status == 1);
    CHECK(again.err == "");
    CHECK(again.out == kept.substr(end + 1));
    ++files;
  }
  CHECK(files >= 8);
}

}  // namespace simcheck::test
