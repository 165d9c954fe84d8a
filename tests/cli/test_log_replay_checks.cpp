// simcheck log replay --check and --bisect: what the image is asked after each entry.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/cli/replay_fixture.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {

TEST_CASE("a check passes at every point, on copies") {
  Replay replay;
  const ProcessResult result =
      replay.run({"--check", "head -c 512 {} | grep -q a; s=$?; echo x > {}; exit $s"});
  CHECK(result.exit_status == 0);
  CHECK(contains(result.out, "check passes after each FLUSH: 2 points"));
  CHECK(replay.target() == "abcdef");
  CHECK(replay.files() == 2);
  CHECK(contains(replay.run({"--check", "true {}", "--at", "flush,mark,every:2"}).out,
                 "check passes after each FLUSH and each MARK and each 2 entries: 5 points"));
  CHECK(contains(replay.run({"--check", "true {}", "--at", "flush,flush"}).out,
                 "check passes after each FLUSH: 2 points"));
  CHECK(contains(replay.run({"--check", "true {}", "--at", "every:2,every:3"}).err,
                 "every:N can be given once only"));
}

TEST_CASE("the first failing point is told, the target is left there") {
  Replay replay;
  const ProcessResult result = replay.run(
      {"--check", "echo entry $SIMCHECK_ENTRY; " + kNoD, "--at", "every:1", "--keep", "kept"});
  CHECK(result.exit_status == 1);
  CHECK(result.out ==
        "target: replayed entries 0 to 3, of 7\n"
        "  4 writes of 2,048 bytes, 0 discards, 1 flush, 0 marks\n"
        "check fails after entry 3 (no flags): exit status 1\n"
        "  | entry 3\n"
        "it passes at 3 points before, last after entry 2 (FLUSH)\n"
        "kept: kept, as it was before the check\n");
  CHECK(replay.target() == "abcd..");
  CHECK(read_file(replay.dir / "kept") == read_file(replay.dir / "target"));
  CHECK(replay.files() == 3);
}

TEST_CASE("bisection finds the same point with fewer checks") {
  Replay replay;
  const ProcessResult result = replay.run({"--check", kNoD, "--at", "every:1", "--bisect"});
  CHECK(result.exit_status == 1);
  CHECK(contains(result.out, "check fails after entry 3 (no flags)"));
  CHECK(contains(result.out, "it passes after entry 2 (FLUSH), the point before; 4 of 7 points"));
  CHECK(replay.target() == "abcd..");
  for (const auto& [text, first] :
       {std::pair{"a", "entry 0"}, {"b", "entry 1"}, {"f", "entry 5"}}) {
    replay.reset();
    const std::string check = std::string("! grep -q ") + text + " {}";
    CHECK(contains(replay.run({"--check", check, "--at", "every:1", "--bisect"}).out,
                   std::string("check fails after ") + first));
  }
  replay.reset();
  const ProcessResult passes = replay.run({"--check", "true {}", "--bisect"});
  CHECK(passes.exit_status == 0);
  CHECK(contains(passes.out, "check passes after entry 5 (FLUSH), the last of 2 points"));
  CHECK(replay.target() == "abcdef");
  CHECK(replay.files() == 2);
}

TEST_CASE("how a check ended is told, and one that cannot be run is no failing image") {
  Replay replay;
  CHECK(contains(replay.run({"--check", "kill -9 $$; {}"}).out, "killed by signal 9 (Killed)"));
  CHECK(contains(replay.run({"--check", "exit 77; {}"}).out, "exit status 77"));
  const ProcessResult missing = replay.run({"--check", "no-such-command {}"});
  CHECK(missing.exit_status == 2);
  CHECK(contains(missing.err, "cannot be run, exit status 127"));
  CHECK(replay.run({"--check", "true {}", "--at", "fua"}).exit_status == 3);
  CHECK(contains(replay.run({"--check", "true {}", "--at", "fua"}).out,
                 "not checked: the range has no point after each FUA"));
  // Closed pipes end a check as they would without simcheck.
  CHECK(replay.run({"--check", "yes | head -n 1; test -e {}"}).exit_status == 0);
}

TEST_CASE("what goes wrong around a check leaves no doubt about the target") {
  Replay replay;
  const ProcessResult result =
      replay.run({"--check", "test $SIMCHECK_ENTRY = 2 || exit 127; true {}"});
  CHECK(result.exit_status == 2);
  CHECK(contains(result.err,
                 "'target' holds entries 0 to 5: the check after entry 5 was not finished: "
                 "--from 5 --to 5 --at every:1 repeats it, --from 6 goes on"));
  CHECK(replay.target() == "abcdef");
  CHECK(contains(replay.run({"--check", "true {}", "--keep", "no/such"}).err,
                 "--keep: there is no directory 'no'"));
  CHECK(contains(replay.run({"--check", "true {}", "--keep", "."}).err, "is no regular file"));
  // A check that asks its user gets no answer instead of waiting for one.
  CHECK(replay.run({"--check", "true {}; ! cat < /dev/tty"}).exit_status == 0);
}

TEST_CASE("paths that a shell would take apart") {
  Replay replay;
  const std::string odd = "it's a $HOME";
  std::filesystem::create_directory(replay.dir / odd);
  const ProcessResult result =
      replay.run({"--check", "test -f {} && echo {} | grep -q 'a $HOME'", "--scratch", odd});
  CHECK(result.exit_status == 0);
  CHECK(std::filesystem::is_empty(replay.dir / odd));
  for (const char* const folder : {".", odd.c_str()}) {
    for (const char* const check : {"test -s '{}' && test -s \"{}\"", "sh -c \"test -s {}\"",
                                    "sh -c 'test -s \"{}\"'", "eval 'echo x >{} && test -s '\"{}\"",
                                    "test \\' = \"'\" && test -s \"$(echo {})\" && test -s {}"}) {
      CAPTURE(check);
      CHECK(replay.run({"--check", check, "--scratch", folder}).exit_status == 0);
    }
  }
}

}  // namespace simcheck::test
