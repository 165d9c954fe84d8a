// simcheck log replay, as a user runs it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/replay_fixture.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {

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
  const ProcessResult behind = replay.run({"--force", "--from", "2"});
  CHECK(behind.exit_status == 2);
  CHECK(contains(behind.err, "nothing was replayed onto 'target'"));
  CHECK(replay.target() == "x.....");
}

// Its third entry was never written: the zeroes there read as two.
void save_with_a_hole(Replay& replay) {
  logs::ImageWriter log;
  for (std::uint64_t i = 0; i < 4; ++i)
    log.append_write(i, std::vector<std::byte>(512, std::byte{'x'}));
  log.put_header(5, {});
  log.put_bytes(6 * 512, std::vector<std::byte>(512));
  replay.save(log);
}

TEST_CASE("a forced replay of a log that does not verify is no success, whatever passes") {
  Replay replay;
  save_with_a_hole(replay);
  CHECK(contains(replay.run({}).err, "the log does not verify (hole): "));
  CHECK(replay.run({"--check", "true {}", "--keep", "mine", "--overwrite"}).exit_status == 2);
  for (const Arguments& check : {Arguments{}, {"--check", "true {}", "--at", "every:1"}}) {
    const ProcessResult forced = replay.run(with(check, {"--force"}));
    CHECK(forced.exit_status == 3);
    CHECK(contains(forced.out, "the log does not verify (hole): this is no proof"));
    const auto json = nlohmann::json::parse(replay.run(with(check, {"--force", "--json"})).out);
    CHECK(json["status"] == "log not verified");
    CHECK(json["log_verified"] == false);
    CHECK(json["broken_rules"] == nlohmann::json({"hole"}));
    const ProcessResult crash =
        simcheck(with({"log", "crash", "log.img", "--at", "3", "--force"},
                      check.empty() ? check : Arguments{"--check", "true {}"}),
                 {.directory = replay.dir.path()});
    CHECK(crash.exit_status == 3);
    CHECK(contains(crash.out, "the log does not verify (hole): this is no proof"));
  }
  CHECK(replay.run({"--check", "false {}", "--at", "every:1", "--force"}).exit_status == 1);
}

TEST_CASE("an empty log is replayed, too") {
  Replay replay;
  replay.save(logs::ImageWriter());
  CHECK(replay.run({}).exit_status == 0);
  CHECK(replay.run({}).out == "target: nothing replayed, of 0 entries\n");
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
  CHECK(contains(error({"--check", "true {}", "--at", "flush,"}),
                 "--at: 'flush,' has an empty part"));
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

}  // namespace simcheck::test
