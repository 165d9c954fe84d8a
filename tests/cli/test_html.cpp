// --html: that the page is written beside everything else, as a whole, or refused at once.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

std::string page_of(const std::vector<std::string>& options) {
  const TempDir directory;
  std::vector<std::string> arguments = options;
  arguments.insert(arguments.end(), {"-q", "--html", directory / "page.html"});
  CHECK(simcheck(arguments).exit_status < 2);
  return read_file(directory / "page.html");
}

}  // namespace

TEST_CASE("the page is written, and what is printed stays the same") {
  const TempDir directory;
  const std::vector<std::string> plain = {"--driver", "buggy", "--depth", "2", "--json"};
  std::vector<std::string> with_page = plain;
  with_page.insert(with_page.end(), {"--html", directory / "page.html"});
  const ProcessResult result = simcheck(with_page);
  CHECK(result.exit_status == 1);
  CHECK(result.out == simcheck(plain).out);
  const std::string page = read_file(directory / "page.html");
  CHECK(page.ends_with("</html>\n"));
  const std::size_t schedule = result.out.find("s1:");
  CHECK(contains(page, result.out.substr(schedule, result.out.find('"', schedule) - schedule)));
}

TEST_CASE("the same command line gives the same page, with any number of workers") {
  const std::string page = page_of({"--driver", "buggy", "--depth", "3", "--keep-going"});
  CHECK(page == page_of({"--driver", "buggy", "--depth", "3", "--keep-going", "--workers", "1"}));
  CHECK(page != page_of({"--driver", "fixed", "--depth", "2"}));
}

TEST_CASE("a path that cannot be written is refused before anything is explored") {
  for (const char* const path : {"/nowhere/page.html", "/dev/full", ".", "''"}) {
    CAPTURE(std::string(path));
    const ProcessResult result = shell("$simcheck --depth 2 --html " + std::string(path));
    CHECK(result.exit_status == 2);
    CHECK(result.out.empty());
    CHECK(contains(result.err, "--html"));
  }
}

TEST_CASE("a disk that is full leaves the page before") {
  const TempDir directory;
  write_file(directory / "page.html", "before");
  const ProcessResult result = shell("ulimit -f 8; $simcheck --depth 2 -q --html page.html",
                                     {.directory = directory.path()});
  CHECK(result.exit_status == 2);
  CHECK(contains(result.err, "--html: "));
  CHECK(read_file(directory / "page.html") == "before");
}

}  // namespace simcheck::test
