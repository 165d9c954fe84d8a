// --trace, replay and explain as a user meets them: the same run again, a driver that has changed,
// files that are none.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

// A file with the first counterexample of a check.
void trace_to(const std::string& path, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--trace", path});
  const ProcessResult result = simcheck(arguments);
  CAPTURE(result.err);
  REQUIRE(result.exit_status == 1);
}

// The file, with one text in place of another.
void change(const std::string& path, const std::string& from, const std::string& to) {
  std::string text = read_file(path);
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  write_file(path, text);
}

}  // namespace

TEST_CASE("a trace is replayed, step by step, whatever the check was") {
  const std::vector<std::vector<std::string>> checks = {
      {"--driver", "buggy", "--depth", "2"},
      {"--driver", "mutex-v2", "--workload", "2*flush"},
      {"--driver", "fixed", "--threads", "2", "--depth", "2"},
      {"--driver", "serialized", "--faults", "cut", "--workload", "flush"},
      {"--driver", "fixed", "--faults", "eio.log.write=1", "--workload", "write ; flush"},
      {"--driver", "buggy", "--strategy", "random", "--workload", "4*zeroes, 4*write"},
      {"--driver", "fixed", "--block-layer", "--property", "fua-recorded", "--workload",
       "write -f"},
      {"--driver", "fixed", "--block-layer", "--faults", "eio=1", "--workload", "write 4k 0"},
  };
  for (const auto& arguments : checks) {
    CAPTURE(arguments[1]);
    const TempDir directory;
    const std::string file = directory / "trace.json";
    trace_to(file, arguments);
    const ProcessResult again = simcheck({"replay", file});
    CAPTURE(again.out);
    CHECK(again.exit_status == 1);
    CHECK(again.out.starts_with("replayed: all "));
    CHECK(contains(again.out, "\nviolated: "));
    CHECK(again.err.empty());
    const ProcessResult story = simcheck({"explain", file});
    CHECK(story.exit_status == 0);
    CHECK(contains(story.out, "\n1. "));
  }
}

TEST_CASE("the story names the driver's line, and so does the walk") {
  const TempDir directory;
  const std::string file = directory / "trace.json";
  trace_to(file, {"--driver", "buggy", "--depth", "2"});
  CHECK(contains(simcheck({"explain", file}).out, "In step 7, at drivers/buggy.cpp:"));
  const ProcessResult walk = simcheck({"replay", file, "--step"}, {.input = "g 7\n"});
  CHECK(contains(walk.out, "        at drivers/buggy.cpp:"));
}

TEST_CASE("a driver that has changed is told, with the step, and may be gone on with") {
  const TempDir directory;
  const std::string file = directory / "trace.json";
  trace_to(file, {"--driver", "buggy", "--depth", "2"});
  change(file, "\"buggy\"", "\"fixed\"");
  const ProcessResult stopped = simcheck({"replay", file});
  CHECK(stopped.exit_status == 4);
  CHECK(stopped.out.starts_with("diverged: step 3 of 12 is another one"));
  CHECK(contains(stopped.out, "recorded: B: data zeroes done"));
  CHECK(contains(stopped.out, "the run breaks nothing now"));
  const ProcessResult went_on = simcheck({"replay", file, "--continue"});
  CHECK(went_on.exit_status == 3);
  CHECK(contains(went_on.out, "\nholds (bounded: one schedule)\n"));
}

TEST_CASE("the steps can be walked from a script") {
  const TempDir directory;
  const std::string file = directory / "trace.json";
  trace_to(file, {"--driver", "buggy", "--depth", "2"});
  const ProcessResult walk = shell(
      "printf 'n\\nb\\nb\\nv\\ns\\nr\\nr\\nw\\ng 12\\nn\\ng 99\\nx\\nh\\nq\\nn\\n' | "
      "\"$simcheck\" replay --step '" +
      file + "'");
  CHECK(walk.exit_status == 1);  // that of the check
  CHECK(!contains(walk.out, "replayed: "));
  CHECK(contains(walk.out, "  1/12  B: submits data zeroes\n"));
  CHECK(contains(walk.out, "this is the first step\n"));
  CHECK(contains(walk.out, "      ! breaks no-overlap: "));
  CHECK(contains(walk.out, "  cur_log_sector = 11\n"));
  CHECK(contains(walk.out, "  3/12  B: data zeroes done; places its entry at log sector 1"));
  CHECK(contains(walk.out, " 12/12  B: "));
  CHECK(contains(walk.out, "this is the last step\n"));
  CHECK(contains(walk.out, "there is no such step\n"));
  CHECK(contains(walk.out, "no such command"));
}

TEST_CASE("a walk says first that the driver has changed, and ends as a replay does") {
  const TempDir directory;
  const std::string file = directory / "trace.json";
  trace_to(file, {"--driver", "buggy", "--depth", "2"});
  change(file, "\"buggy\"", "\"fixed\"");
  const ProcessResult walk = simcheck({"replay", file, "--step"}, {.input = "g 12\n"});
  CHECK(walk.exit_status == 4);
  CHECK(walk.out.starts_with("diverged: step 3 of 12 is another one"));
  CHECK(contains(walk.out, "\nThe steps as they were recorded:\n"));
  CHECK(contains(walk.out, " 12/12  B: "));
}

TEST_CASE("what would have no effect on a replay is refused") {
  const TempDir directory;
  const std::string file = directory / "trace.json";
  trace_to(file, {"--driver", "buggy", "--depth", "2"});
  const auto complaint = [&](const Arguments& options) {
    const ProcessResult result = simcheck(with({"replay", file}, options));
    CHECK(result.exit_status == 2);
    CHECK(result.out == "");
    return result.err;
  };
  CHECK(contains(complaint({"--step", "--break", "3"}), "--break has no effect with --step"));
  for (const char* const option : {"--continue", "--quiet", "--verbose"}) {
    CHECK(contains(complaint({"--step", option}), option));
    CHECK(contains(complaint({"--break", "3", option}), "has no effect with --break"));
  }
  CHECK(contains(complaint({"-q", "-v"}), "--quiet and --verbose exclude each other"));
}

TEST_CASE("files that are no traces are refused in one line") {
  const TempDir directory;
  const std::string file = directory / "trace.json";
  trace_to(file, {"--driver", "buggy", "--depth", "2"});
  const std::string whole = read_file(file);
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "it ends too early"},
      {"{\"format\": oh", "it is no JSON, from byte 12 on"},
      {"[]", "it is no trace of simcheck"},
      {R"({"format": "simcheck-trace", "version": 2})", "it has version 2"},
      {R"({"format": "simcheck-trace", "version": 1})",
       "a field is missing, or of another kind: key 'simcheck' not found"},
      {whole.substr(0, whole.size() / 2), "it ends too early"},
  };
  for (const auto& [text, complaint] : cases) {
    write_file(file, text);
    for (const char* const command : {"replay", "explain"}) {
      const ProcessResult result = simcheck({command, file});
      CAPTURE(result.err);
      CHECK(result.exit_status == 2);
      CHECK(contains(result.err, complaint));
    }
  }
  const std::string folder = std::filesystem::path(file).parent_path();
  CHECK(
      contains(simcheck({"explain", folder}).err, "': Is a directory; is it the file of --trace?"));
  write_file(file, whole);
  change(file, "\"lane\": 1", "\"lane\": 7");
  CHECK(contains(simcheck({"explain", file}).err, "there is no lane 7"));
  write_file(file, whole);
  change(file, "\"--driver\"", "\"--dirver\"");
  CHECK(contains(simcheck({"replay", file}).err, "its arguments are not those of this program"));
  CHECK(simcheck({"replay", directory / "none"}).exit_status == 2);
  write_file(file, whole);
  change(file, "\"schedule\": \"s1:", "\"schedule\": \"s1:5.");
  CHECK(contains(simcheck({"replay", file}).err, "was altered: its schedule is s1:5."));
  write_file(file, whole);
  CHECK(contains(simcheck({"replay", file, "--break", "3"}).err, "gdb --args simcheck replay"));
  const std::string spaced = directory / "a b.json";
  write_file(spaced, whole);
  CHECK(
      contains(simcheck({"replay", spaced, "--break", "3"}).err, " replay '" + spaced + "' --br"));
}

TEST_CASE("a path that cannot be written is refused before anything is explored") {
  const ProcessResult result = simcheck({"--trace", "/nowhere/trace.json", "--depth", "6"});
  CHECK(result.exit_status == 2);
  CHECK(result.out.empty());
  CHECK(contains(result.err, "--trace: "));
}

TEST_CASE("two outputs of one name are refused: the first would be lost") {
  const ProcessResult result = simcheck({"--html", "x", "--trace", "x", "--depth", "1"});
  CHECK(result.exit_status == 2);
  CHECK(contains(result.err, "--html and --trace write to one file; give them two names"));
}

TEST_CASE("a check that holds leaves no trace") {
  const TempDir directory;
  const std::string file = directory / "trace.json";
  const ProcessResult first = simcheck({"--depth", "1", "--trace", file});
  CHECK(first.exit_status == 0);
  CHECK(contains(first.err, "--trace: no counterexample, so no file"));
  CHECK_FALSE(std::filesystem::exists(file));
  write_file(file, "of another run");
  CHECK(contains(simcheck({"--depth", "1", "--trace", file}).err, "is of an earlier run"));
}

TEST_CASE("a replay that breaks nothing leaves one") {
  const TempDir directory;
  const std::string file = directory / "trace.json";
  const ProcessResult first =
      simcheck({"--workload", "zeroes, write", "--replay", "s1:0*4.1*5.0*3", "--trace", file});
  CHECK(first.exit_status == 3);
  CHECK(contains(simcheck({"explain", file}).out, "\nIt breaks nothing.\n"));
  const ProcessResult again = simcheck({"replay", file});
  CHECK(again.exit_status == 3);
  CHECK(again.out == "replayed: all 12 steps went as recorded\n\n" + first.out);
  std::string text = read_file(file);
  for (std::size_t at = 0; (at = text.find("\"fixed\"", at)) != text.npos;)
    text.replace(at, 7, "\"buggy\"");
  write_file(file, text);
  CHECK(contains(simcheck({"replay", file, "--continue"}).out, "the run breaks no-overlap now"));
}

}  // namespace simcheck::test
