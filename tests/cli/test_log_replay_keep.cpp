// simcheck log replay --check: what it leaves behind when it fails, is interrupted or killed.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/replay_fixture.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {

TEST_CASE("Ctrl-C during a check ends it, removes the copy, and tells how to go on") {
  Replay replay;
  const ProcessResult result = interrupted_after(
      3, "log replay log.img target --check 'sleep 60; true {}'", {.directory = replay.dir.path()});
  CHECK(result.exit_status == 3);
  CHECK(contains(result.out, "target: replayed entries 0 to 2, of 7"));
  CHECK(contains(result.out,
                 "interrupted; the check after entry 2 was not finished: --from 2 --to 2 --at "
                 "every:1 repeats it, --from 3 goes on"));
  CHECK(replay.target() == "abc...");
  CHECK(replay.files() == 2);
  CHECK(contains(
      replay.run({"--check", "! grep -q c {}", "--from", "2", "--to", "2", "--at", "every:1"}).out,
      "check fails after entry 2"));
  CHECK(replay.run({"--from", "3"}).exit_status == 0);
  CHECK(replay.target() == "abcdef");
}

TEST_CASE("a check that was interrupted has no result, and is not counted") {
  Replay replay;
  const ProcessResult result =
      replay.run({"--json", "--check", "kill -INT $PPID; sleep 60; true {}"});
  CHECK(result.exit_status == 3);
  const auto check = nlohmann::json::parse(result.out)["check"];
  CHECK(check["tried"] == 0);
  CHECK(check["unfinished"]["entry"] == 2);
  CHECK(check["last_passing"] == nullptr);
  // Those before it have one.
  replay.reset();
  const std::string later = "[ $SIMCHECK_ENTRY -lt 2 ] || { kill -INT $PPID; sleep 60; }; true {}";
  const Arguments each = {"--check", later, "--at", "every:1"};
  CHECK(
      contains(replay.run(each).out,
               "--from 3 goes on\nthe check passed at 2 points, last after entry 1 (no flags)\n"));
  replay.reset();
  const auto json = nlohmann::json::parse(replay.run(with(each, {"--json"})).out)["check"];
  CHECK(json["tried"] == 2);
  CHECK(json["unfinished"]["entry"] == 2);
  CHECK(json["last_passing"]["entry"] == 1);
  // A bisection goes on where TARGET is.
  replay.reset();
  CHECK(contains(replay.run({"--bisect", "--check", "kill -INT $PPID; sleep 60; true {}"}).out,
                 "interrupted; go on with --from 0\n"));
}

TEST_CASE("a failure that cannot be kept is told all the same") {
  Replay replay;
  const auto run = [&](const std::vector<std::string>& more) {
    replay.reset();
    std::filesystem::create_directory(replay.dir / "there");
    std::vector<std::string> options = {"--check", "rm -r there; false {}", "--keep", "there/kept"};
    options.insert(options.end(), more.begin(), more.end());
    return replay.run(options);
  };
  const ProcessResult result = run({});
  CHECK(result.exit_status == 2);
  CHECK(contains(result.out, "check fails after entry 2 (FLUSH): exit status 1"));
  CHECK(contains(result.out, "not kept: target is as it was before the check"));
  CHECK(contains(result.err, "no temporary copy can be made in 'there': No such file"));
  CHECK(contains(result.err, "--keep can name a file elsewhere"));
  const auto first = nlohmann::json::parse(run({"--json"}).out)["check"]["first_failing"];
  CHECK(first["entry"] == 2);
  CHECK(first["kept"] == nullptr);
  CHECK(contains(first["keep_error"].get<std::string>(), "no temporary copy"));
}

TEST_CASE("--keep spares what is there") {
  Replay replay;
  const std::string log = read_file(replay.dir / "log.img");
  std::filesystem::create_hard_link(replay.dir / "log.img", replay.dir / "hard");
  std::filesystem::create_symlink("log.img", replay.dir / "soft");
  write_file(replay.dir / "mine", "mine");
  const auto keep = [&](const char* path, const std::vector<std::string>& more = {}) {
    std::vector<std::string> options = {"--check", "false {}", "--keep", path};
    options.insert(options.end(), more.begin(), more.end());
    return replay.run(options);
  };
  for (const char* path : {"log.img", "./log.img", "hard", "soft", "target"}) {
    for (const char* force : {"--quiet", "--force"}) {
      const ProcessResult result = keep(path, {force});
      CHECK(result.exit_status == 2);
      CHECK(contains(result.err, "the run itself works on"));
    }
  }
  CHECK(read_file(replay.dir / "log.img") == log);
  CHECK(contains(keep("mine").err, "--keep: 'mine' exists; --overwrite replaces it"));
  CHECK(read_file(replay.dir / "mine") == "mine");
  CHECK(replay.target() == "......");
  CHECK(keep("mine", {"--overwrite"}).exit_status == 1);
  CHECK(read_file(replay.dir / "mine") == read_file(replay.dir / "target"));
  CHECK(keep("mine", {"--force"}).exit_status == 1);
  CHECK(contains(replay.run({"--overwrite"}).err, "--overwrite needs --check"));
  CHECK(
      contains(replay.run({"--check", "true {}", "--overwrite"}).err, "--overwrite needs --keep"));
}

TEST_CASE("what is kept is no more readable than the target") {
  Replay replay;
  using std::filesystem::perms;
  std::filesystem::permissions(replay.dir / "target", perms::owner_read | perms::owner_write);
  CHECK(replay.run({"--check", "false {}", "--keep", "kept"}).exit_status == 1);
  CHECK(std::filesystem::status(replay.dir / "kept").permissions() ==
        (perms::owner_read | perms::owner_write));
}

TEST_CASE("a copy that a killed run left is removed by the next, and nothing else is") {
  Replay replay;
  const auto killed = replay.run({"--check", "kill -9 $PPID; : {}"});
  CHECK(killed.exit_status == 128 + 9);
  CHECK(replay.files() == 3);
  replay.reset();
  write_file(replay.dir / "target.simcheck-backup.1", "mine");
  write_file(replay.dir / "target.check.simcheck-abcde", "mine");
  write_file(replay.dir / "backup.simcheck-202601", "mine");
  // Of two that run at once, neither takes the other's.
  write_file(replay.dir / "other", std::string(6 * 512, '.'));
  write_file(replay.dir / "check",
             simcheck_command() + " log replay log.img other --check 'true {}' && test -e $1");
  const ProcessResult again = replay.run({"--check", "sh ./check {}", "--at", "mark"});
  INFO(again.err, again.out);
  CHECK(again.exit_status == 0);
  CHECK(replay.files() == 7);  // besides the log, targets and check, three that are nobody's copy
}

}  // namespace simcheck::test
