// simcheck log replay, as a user runs it.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "logs/writer.hpp"
#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

// Entry i < 6 writes 'a' + i to sector i, entries 2 and 5 are FLUSH, and 6 is the mark "end".
class Replay {
 public:
  Replay() {
    logs::ImageWriter log;
    for (int i = 0; i < 6; ++i) {
      const std::vector<std::byte> data(512, static_cast<std::byte>('a' + i));
      log.append_write(static_cast<std::uint64_t>(i), data, i % 3 == 2 ? logs::kFlagFlush : 0);
    }
    log.append_mark("end");
    save(log);
    reset();
  }

  void save(const logs::ImageWriter& log) { REQUIRE(!log.save(dir / "log.img")); }
  void reset(std::size_t sectors = 6) {
    write_file(dir / "target", std::string(sectors * 512, '.'));
  }

  ProcessResult run(const std::vector<std::string>& options) {
    std::vector<std::string> arguments = {"log", "replay", "log.img", "target"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return simcheck(arguments, {.directory = dir.path()});
  }

  // One character a sector.
  std::string target() const {
    std::string text;
    const std::string content = read_file(dir / "target");
    for (std::size_t at = 0; at < content.size(); at += 512) text += content[at];
    return text;
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(dir.path()), {}));
  }

  TempDir dir;
};

// Fails from entry 3 on.
const std::string kNoD = "! grep -q d {}";

}  // namespace

TEST_CASE("a replay, and parts of one") {
  Replay replay;
  const ProcessResult all = replay.run({});
  CHECK(all.exit_status == 0);
  CHECK(all.err == "");
  CHECK(all.out ==
        "target: replayed entries 0 to 6, of 7\n"
        "  6 writes of 3,072 bytes, 0 discards, 2 flushes, 1 mark\n");
  CHECK(replay.target() == "abcdef");
  replay.reset();
  CHECK(replay.run({"--to-flush", "1"}).exit_status == 0);
  CHECK(replay.target() == "abc...");
  CHECK(replay.run({"--from", "4", "--to", "4"}).exit_status == 0);
  CHECK(replay.target() == "abc.e.");
  CHECK(replay.run({"--from", "3", "--limit", "1", "--quiet"}).exit_status == 0);
  CHECK(replay.target() == "abcde.");
  CHECK(replay.run({"--from", "5", "--to-mark", "end"}).exit_status == 0);
  CHECK(replay.target() == "abcdef");
}

TEST_CASE("targets that will not do are told before anything is written") {
  Replay replay;
  replay.reset(5);
  const ProcessResult longer = replay.run({});
  CHECK(longer.exit_status == 2);
  CHECK(contains(longer.err, "entry 5 reaches to byte 3072, 'target' ends at 2560"));
  CHECK(contains(longer.err, "truncate -s 3072 target"));
  CHECK(replay.target() == ".....");
  CHECK(replay.run({"--to", "4"}).exit_status == 0);
  CHECK(contains(replay.run({"--force"}).out, "512 bytes past its end were left out"));
  CHECK(replay.target() == "abcde");

  const auto onto = [&](const char* target) {
    return simcheck({"log", "replay", "log.img", target}, {.directory = replay.dir.path()}).err;
  };
  CHECK(contains(onto("log.img"), "'log.img' is the log itself"));
  CHECK(contains(onto("none"), "'none' does not exist"));
  CHECK(contains(onto("none"), "truncate -s 3072 none"));
  CHECK(contains(onto("a b"), "truncate -s 3072 'a b'"));  // to be pasted into a shell
  write_file(replay.dir / "it's", "");
  CHECK(contains(onto("it's"), "truncate -s 3072 'it'\\''s' makes it longer"));
  CHECK(contains(onto("."), "neither a regular file nor a block device"));
}

TEST_CASE("a log that does not verify is refused, or followed as far as it goes") {
  Replay replay;
  logs::ImageWriter log;
  log.append_write(0, std::vector<std::byte>(512, std::byte{'x'}));
  log.append_header({1, 1, 64, 0});
  replay.save(log);
  const ProcessResult refused = replay.run({});
  CHECK(refused.exit_status == 2);
  CHECK(contains(refused.err, "the log does not verify (flags): entry 1 of 2"));
  CHECK(replay.target() == "......");
  const ProcessResult forced = replay.run({"--force"});
  CHECK(forced.exit_status == 3);
  CHECK(contains(forced.out, "the log cannot be followed to entry 1"));
  CHECK(replay.target() == "x.....");
}

TEST_CASE("an empty log is replayed, too") {
  Replay replay;
  replay.save(logs::ImageWriter());
  CHECK(replay.run({}).exit_status == 0);
  CHECK(replay.run({}).out == "target: nothing replayed, of 0 entries\n");
}

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
  CHECK(replay.run({"--check", "test -f '{}' && test -f \"{}\""}).exit_status == 0);
}

TEST_CASE("Ctrl-C during a check ends it, removes the copy, and tells how to go on") {
  Replay replay;
  const ProcessResult result = shell(
      "timeout --foreground --preserve-status -s INT 3 \"$simcheck\" log replay log.img target "
      "--check 'sleep "
      "60; true {}'",
      {.directory = replay.dir.path()});
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
  CHECK(contains(keep("mine").err, "--keep: 'mine' exists; --force replaces it"));
  CHECK(read_file(replay.dir / "mine") == "mine");
  CHECK(replay.target() == "......");
  CHECK(keep("mine", {"--force"}).exit_status == 1);
  CHECK(read_file(replay.dir / "mine") == read_file(replay.dir / "target"));
}

TEST_CASE("what is kept is no more readable than the target") {
  Replay replay;
  using std::filesystem::perms;
  std::filesystem::permissions(replay.dir / "target", perms::owner_read | perms::owner_write);
  CHECK(replay.run({"--check", "false {}", "--keep", "kept"}).exit_status == 1);
  CHECK(std::filesystem::status(replay.dir / "kept").permissions() ==
        (perms::owner_read | perms::owner_write));
}

TEST_CASE("a write that fails: how far it went, and how to go on") {
  Replay replay;
  logs::ImageWriter log;
  for (std::uint64_t i = 0; i < 64; ++i)
    log.append_write(i * 128, std::vector<std::byte>(65536, std::byte{'x'}));
  replay.save(log);
  write_file(replay.dir / "target", "");
  std::filesystem::resize_file(replay.dir / "target", 64 * 65536);
  const ProcessResult result = shell("ulimit -f 2048; \"$simcheck\" log replay log.img target",
                                     {.directory = replay.dir.path()});
  CHECK(result.exit_status == 2);
  // sh counts blocks of 512 bytes.
  CHECK(contains(result.err, "entry 16 cannot be written at byte 1048576 of the target: File too"));
  CHECK(contains(result.err, "'target' holds entries 0 to 15"));
  CHECK(contains(result.err, "go on with --from 16"));
  CHECK(simcheck({"log", "replay", "log.img", "target", "--from", "16"},
                 {.directory = replay.dir.path()})
            .exit_status == 0);
  CHECK(read_file(replay.dir / "target") == std::string(64 * 65536, 'x'));
}

TEST_CASE("a log that is cut short meanwhile: what was replayed before is told") {
  Replay replay;
  const ProcessResult result =
      replay.run({"--check", "truncate -s 2048 log.img; true {}", "--at", "every:3"});
  CHECK(result.exit_status == 2);
  CHECK(contains(result.err, "was cut short meanwhile"));
  CHECK(contains(result.err,
                 "'target' holds entries 0 to 2, perhaps parts of later ones: "
                 "go on with --from 3"));
  CHECK(replay.target().starts_with("abc"));
}

TEST_CASE("options that make no sense") {
  Replay replay;
  const auto error = [&](const std::vector<std::string>& options) {
    const ProcessResult result = replay.run(options);
    CHECK(result.exit_status == 2);
    return result.err;
  };
  CHECK(contains(error({"--to", "x"}), "--to: 'x' is not a whole number"));
  CHECK(
      contains(error({"--to-flush", "0"}), "--to-flush: '0' is not a whole number of at least 1"));
  CHECK(contains(error({"--to-flush", "3"}), "the log has 2 entries with FLUSH"));
  CHECK(contains(error({"--discard", "punsh"}), "did you mean 'punch'?"));
  CHECK(contains(error({"--at", "flush"}), "--at needs --check"));
  CHECK(contains(error({"--bisect"}), "--bisect needs --check"));
  CHECK(contains(error({"--check", "fsck"}), "has no {}, which stands for the image's path"));
  CHECK(contains(error({"--check", "true {}", "--at", "flush,"}), "--at: '' is not one of"));
  CHECK(contains(error({"--check", "true {}", "--scratch", "none"}), "in 'none': No such file"));
  CHECK(replay.target() == "......");
  for (const char* option : {"--check", "--keep", "--scratch", "--to", "--at"})
    CHECK(contains(error({option, ""}), std::string(option) + ": needs a value"));
  error({"--check="});
}

TEST_CASE("--json tells what was done, and where the check fails first") {
  Replay replay;
  const auto document = [&](const std::vector<std::string>& options) {
    std::vector<std::string> all = options;
    all.push_back("--json");
    const ProcessResult result = replay.run(all);
    CHECK(result.err == "");
    return nlohmann::json::parse(result.out);
  };
  const auto plain = document({"--to", "2"});
  CHECK(plain["status"] == "replayed");
  CHECK(plain["begin"] == 0);
  CHECK(plain["end"] == 3);
  CHECK(plain["entries"] == 7);
  CHECK(plain["written_bytes"] == 3 * 512);
  CHECK(plain["flushes"] == 1);
  CHECK(plain["check"] == nullptr);
  for (const bool halves : {false, true}) {
    replay.reset();
    std::vector<std::string> options = {"--check", kNoD, "--at", "every:1"};
    if (halves) options.push_back("--bisect");
    const auto failed = document(options);
    CHECK(failed["status"] == "check failed");
    CHECK(failed["end"] == 4);
    CHECK(failed["check"]["command"] == kNoD);
    CHECK(failed["check"]["points"] == 7);
    CHECK(failed["check"]["last_passing"]["entry"] == 2);
    CHECK(failed["check"]["last_passing"]["flags"] == nlohmann::json({"FLUSH"}));
    CHECK(failed["check"]["first_failing"]["entry"] == 3);
    CHECK(failed["check"]["first_failing"]["how"] == "exit status 1");
    CHECK(failed["check"]["first_failing"]["kept"] == nullptr);
  }
  replay.reset();
  CHECK(document({"--check", "true {}", "--at", "fua"})["status"] == "not checked");
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
