// The manual page and the completions that the build makes: their own tools accept them, and they
// hold what the command line has.

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

ProcessResult in_documents(const std::vector<std::string>& command) {
  return run_process(command, {.directory = build_dir() / "documents"});
}

// Every option of the help of a check, or of a subcommand.
std::vector<std::string> options_in_help(std::vector<std::string> command) {
  command.push_back("--help");
  std::istringstream words(simcheck(command).out);
  std::vector<std::string> options;
  for (std::string word; words >> word;)
    if (word.starts_with("--") && word.back() != '.' && !contains(word, "'"))
      options.push_back(word.substr(0, word.find_first_of(",=;")));
  return options;
}

}  // namespace

TEST_CASE("the manual page is clean and has every option") {
  const ProcessResult lint = in_documents({"mandoc", "-T", "lint", "-W", "warning", "simcheck.1"});
  // A date would make two builds of one source differ.
  CHECK(lint.out == "mandoc: simcheck.1:2:16: WARNING: missing date, using \"\": TH\n");
  const ProcessResult shown =
      in_documents({"mandoc", "-T", "ascii", "-O", "width=200", "simcheck.1"});
  const ProcessResult plain = run_process({"col", "-b"}, {.input = shown.out});
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{}, {"compare"}, {"replay"}, {"log", "replay"}, {"list"}}) {
    const auto options = options_in_help(command);
    CHECK(options.size() >= 2);
    for (const std::string& option : options) CHECK_MESSAGE(contains(plain.out, option), option);
  }
  CHECK(contains(plain.out, "0  no violation, every interleaving"));
}

TEST_CASE("the manual page gives options with a value its name, switches none, and groups theirs") {
  const std::string page = read_file(build_dir() / "documents/simcheck.1");
  for (const char* const entry :
       {"\n\\fB\\-\\-depth\\fR \\fIN\\fR\n", "\n\\fB\\-\\-from\\fR \\fIENTRY\\fR\n",
        "\n\\fB\\-\\-keep\\-going\\fR\n", "\n\\fB\\-q\\fR, \\fB\\-\\-quiet\\fR\n",
        "\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\n", "\n\\fIIMAGE\\fR\n", "\n.PP\nWhat survives:\n"})
    CHECK_MESSAGE(contains(page, entry), entry);
}

TEST_CASE("bash completes options, their values, subcommands and theirs") {
  CHECK(in_documents({"bash", "-n", "simcheck.bash"}).err == "");
  const auto completed = [](const std::string& words) {
    const ProcessResult result =
        in_documents({"bash", "-c",
                      "source ./simcheck.bash; COMP_WORDS=(" + words +
                          "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _simcheck; "
                          "echo \"${COMPREPLY[@]}\""});
    return result.out + result.err;
  };
  CHECK(completed("simcheck --dri") == "--driver\n");
  CHECK(completed("simcheck --driver bu") == "buggy\n");
  CHECK(completed("simcheck --depth 2 --format s") == "sarif\n");
  CHECK(completed("simcheck log rep") == "replay\n");
  CHECK(completed("simcheck log replay --to-m") == "--to-mark\n");
  CHECK(completed("simcheck --output simcheck.b") == "simcheck.bash\n");
  CHECK(completed("simcheck --events simcheck.b") == "simcheck.bash\n");
  CHECK(completed("simcheck compare --html simcheck.b") == "simcheck.bash\n");
  CHECK(completed("simcheck --color n") == "never\n");
  CHECK(completed("simcheck replay --color al") == "always\n");
  CHECK(completed("simcheck compare --strat") == "\n");
  CHECK(completed("simcheck -q --dri") == "--driver\n");
  CHECK(completed("simcheck --keep-going --dri") == "--driver\n");
  CHECK(completed("simcheck log replay --force --to-m") == "--to-mark\n");
  CHECK(completed("simcheck --durability pre") == "prefix\n");
  CHECK(completed("simcheck --expect ''") == "holds exercised violated no-violation\n");
  CHECK(completed("simcheck simulate --expect ''") == "violated holds\n");
  CHECK(completed("simcheck --equivalence tr") == "trace\n");
  CHECK(completed("simcheck --detect-zeroes o") == "off on\n");
  CHECK(completed("simcheck --initial-log z") == "zeroed\n");
  CHECK(completed("simcheck --faults en") == "enospc\n");
  CHECK(completed("simcheck list re") == "recoveries\n");
}

TEST_CASE("zsh completes, with descriptions") {
  CHECK(in_documents({"zsh", "-n", "_simcheck"}).err == "");
  const auto offered = [](const std::string& words) {
    return in_documents({"zsh", "-fc",
                         "_describe() { print -l -- ${(P)argv[-1]}; }; _files() { print files; }; "
                         "source ./_simcheck; words=(" +
                             words + "); CURRENT=${#words}; compadd() { print -- $*; }; _simcheck"})
        .out;
  };
  CHECK(contains(offered("simcheck --dri"), "\n--driver:the driver under test"));
  CHECK(contains(offered("simcheck --driver b"), "-- buggy fixed"));
  CHECK(contains(offered("simcheck log r"), "\nreplay:"));
  CHECK(offered("simcheck --output x") == "files\n");
  CHECK(contains(offered("simcheck -q --dri"), "\n--driver:"));
}

TEST_CASE("fish completes, with descriptions") {
  CHECK(in_documents({"fish", "-n", "simcheck.fish"}).err == "");
  const auto completed = [](const std::string& line) {
    return in_documents({"fish", "-c", "source simcheck.fish; complete -C '" + line + "'"}).out;
  };
  CHECK(completed("simcheck --dri") == "--driver\tthe driver under test (default: fixed)\n");
  CHECK(contains(completed("simcheck --driver bu"), "buggy\t"));
  CHECK(contains(completed("simcheck log rep"), "replay\t"));
  CHECK(completed("simcheck compare --preem") == "");
  CHECK(completed("simcheck -q --dri") == completed("simcheck --dri"));
  CHECK(completed("simcheck list reco") == "recoveries\n");
}

}  // namespace simcheck::test
