// simcheck log crash, as a user runs it.

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

// A journal in sector 0 that says which of sectors 1 and 2 counts: data, then, unless `flushed`
// lies in between, at the same time the switch.
class Crash {
 public:
  explicit Crash(bool flushed, std::uint64_t flags = logs::kFlagMetadata) {
    logs::ImageWriter log;
    log.append_write(0, std::vector<std::byte>(512, std::byte{'1'}));
    log.append_write(1, std::vector<std::byte>(512, std::byte{'a'}));
    log.append_flush();
    log.append_write(2, std::vector<std::byte>(512, std::byte{'b'}), flags);
    if (flushed) log.append_flush();
    log.append_write(0, std::vector<std::byte>(512, std::byte{'2'}));
    REQUIRE(!log.save(dir / "log.img"));
  }

  ProcessResult run(const std::vector<std::string>& options) {
    std::vector<std::string> arguments = {"log", "crash", "log.img", "--scratch", "."};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return simcheck(arguments, {.directory = dir.path()});
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(dir.path()), {}));
  }

  TempDir dir;
};

// If the switch says 2, sector 2 must hold what was written there.
const std::string kCheck =
    "[ $(head -c 1 {}) = 1 ] || [ $(tail -c +1025 {} | head -c 1 | tr '\\0' 0) = b ]";

}  // namespace

TEST_CASE("a switch that is not ordered behind its data is found") {
  Crash crash(false);
  const ProcessResult result = crash.run({"--at", "4", "--check", kCheck, "--keep", "kept"});
  CHECK(result.exit_status == 1);
  CHECK(result.err == "");
  CHECK(result.out ==
        "log.img: power cut after entry 4\n"
        "durable   entries 0 to 1\n"
        "pending   2 writes of 1,024 bytes, of which 2 disk sectors change something\n"
        "coverage  logged (a FLUSH covers every entry before it),\n"
        "          for the log is the kernel's, by a guess: entry 3 has METADATA, which QEMU never "
        "writes\n"
        "images    4 different; writes tear at disk sectors of 512 bytes\n"
        "check fails for image 3: exit status 1\n"
        "  reached the disk    entry 4\n"
        "  lost                entry 3\n"
        "kept: kept\n");
  const std::string kept = read_file(crash.dir / "kept");
  CHECK(kept == std::string(512, '2') + std::string(512, 'a') + std::string(512, '\0'));
  CHECK(crash.files() == 2);
  CHECK(contains(crash.run({"--at", "4", "--check", kCheck, "--keep-going"}).out,
                 "check fails for 1 of 4 images"));
}

TEST_CASE("one that is ordered behind it passes for all images, if the flush covers the data") {
  Crash crash(true);
  const ProcessResult logged = crash.run({"--at", "5", "--check", kCheck});
  CHECK(logged.exit_status == 0);
  CHECK(contains(logged.out, "check passes for all 2 images"));
  const ProcessResult issued = crash.run({"--at", "5", "--check", kCheck, "--coverage", "issued"});
  CHECK(issued.exit_status == 1);
  CHECK(contains(issued.out, "issued (a FLUSH surely covers"));
  CHECK(crash.files() == 1);
}

TEST_CASE("without flags of the kernel a log is read as QEMU's") {
  Crash crash(true, 0);
  CHECK(contains(crash.run({"--at", "5"}).out, "for the log is QEMU's, by a guess: "));
  CHECK(contains(crash.run({"--at", "5"}).out, "images    4 different"));
}

TEST_CASE("a mark, which any tool may append, does not choose the coverage that leaves less") {
  const TempDir dir;
  logs::ImageWriter log;
  log.append_write(0, std::vector<std::byte>(512, std::byte{'a'}));
  log.append_flush();
  log.append_mark("note");
  REQUIRE(!log.save(dir / "log.img"));
  const auto run = [&](const std::vector<std::string>& options) {
    return simcheck(with({"log", "crash", "log.img", "--at", "2"}, options),
                    {.directory = dir.path()});
  };
  const ProcessResult marked = run({"--check", "grep -q a {}"});
  CHECK(marked.exit_status == 1);
  CHECK(contains(marked.out, "coverage  issued "));
  CHECK(contains(marked.out, "for the log does not tell who wrote it: entry 2 is a MARK"));
  CHECK(nlohmann::json::parse(run({"--json"}).out)["coverage"] == "issued");
  log.append_mark(logs::kEndMark);
  REQUIRE(!log.save(dir / "log.img"));
  CHECK(contains(run({}).out, "coverage  logged "));
}

TEST_CASE("writes in flight behind the cut") {
  Crash crash(false);
  CHECK(contains(crash.run({"--at", "2"}).out, "images    1 different"));
  CHECK(contains(crash.run({"--at", "2", "--in-flight", "1"}).out, "images    2 different"));
  const ProcessResult flush = crash.run({"--at", "2", "--in-flight", "flush"});
  CHECK(contains(flush.out, "images    4 different"));
  CHECK(contains(flush.out, "\nin flight entries 3 to 4\npending "));
  CHECK(contains(crash.run({"--at", "2", "--in-flight", "99"}).out,
                 "in flight entries 3 to 4, for the log ends there, and not 99\n"));
  CHECK(contains(crash.run({"--at", "4", "--in-flight", "2"}).out,
                 "in flight no entry, for the log ends there, and not 2\n"));
  const auto json =
      nlohmann::json::parse(crash.run({"--at", "3", "--in-flight", "99", "--json"}).out);
  CHECK(json["in_flight"] == 1);
}

TEST_CASE("the base, and sizes") {
  Crash crash(false);
  write_file(crash.dir / "base", std::string(2000, 'x'));
  const std::string cut_by_base = "test $(stat -c %s {}) = 2000 && tail -c 1 {} | grep -q x";
  CHECK(crash.run({"--at", "4", "--base", "base", "--check", cut_by_base}).exit_status == 0);
  const std::string sized = "test $(stat -c %s {}) = 4096";
  CHECK(crash.run({"--at", "4", "--size", "4k", "--check", sized}).exit_status == 0);
  CHECK(read_file(crash.dir / "base") == std::string(2000, 'x'));
  CHECK(crash.files() == 2);
}

TEST_CASE("a device that is too small proves nothing of what lies past its end") {
  Crash crash(false);
  write_file(crash.dir / "base", std::string(1000, 'x'));
  for (const Arguments& device : {Arguments{"--base", "base"}, {"--size", "1000"}}) {
    const Arguments check = with({"--at", "4", "--check", "true {}"}, device);
    const ProcessResult refused = crash.run(check);
    CAPTURE(refused.err);
    CHECK(refused.exit_status == 2);
    CHECK(contains(refused.err, "its writes reach to byte "));
    CHECK(contains(refused.err, "ends at 1000: give the whole device, or --force"));
    CHECK(crash.run(with(check, {"--force"})).exit_status == 0);
  }
}

TEST_CASE("bounds are no proof") {
  Crash crash(false);
  const ProcessResult first = crash.run({"--at", "4", "--check", "true {}", "--max-images", "2"});
  CHECK(first.exit_status == 3);
  CHECK(contains(first.out, "check passes for 2 images\nthe smallest of 4 images"));
  const ProcessResult sample = crash.run({"--at", "4", "--check", "true {}", "--sample", "2"});
  CHECK(sample.exit_status == 3);
  CHECK(contains(sample.out, "2 draws with seed 1, of 4 images"));
  CHECK(crash.run({"--at", "4", "--check", "true {}", "--sample", "2"}).out == sample.out);
  CHECK(crash.run({"--at", "4", "--check", "true {}", "--sample", "99"}).exit_status == 0);
  CHECK(crash.run({"--at", "4", "--check", "true {}", "--whole"}).exit_status == 0);
}

TEST_CASE("a torn write, sector by sector") {
  const TempDir dir;
  logs::ImageWriter log;
  log.append_write(4, std::vector<std::byte>(8 * 512, std::byte{'x'}));
  REQUIRE(!log.save(dir / "log.img"));
  const ProcessResult result =
      simcheck({"log", "crash", "log.img", "--at", "0", "--check",
                "n=$(tr -cd x < {} | wc -c); test $n = 0 || test $n = 4096"},
               {.directory = dir.path()});
  CHECK(result.exit_status == 1);
  CHECK(contains(result.out, "images    256 different"));
  CHECK(contains(result.out, "check fails for image 3: exit status 1"));
  CHECK(contains(result.out, "reached the disk    entry 0 in part: sector 0 of 8"));
  const ProcessResult large = simcheck(
      {"log", "crash", "log.img", "--at", "0", "--disk-sector", "4096"}, {.directory = dir.path()});
  CHECK(contains(large.out, "images    4 different"));  // the write begins in mid-sector
}

TEST_CASE("a discard of the whole device, as mkfs begins with, costs nothing") {
  const TempDir dir;
  logs::ImageWriter log;
  log.append_discard(0, std::uint64_t{20} << 21);  // 20 GiB
  log.append_write(8, std::vector<std::byte>(512, std::byte{'x'}));
  log.append_flush();
  log.append_write(std::uint64_t{19} << 21, std::vector<std::byte>(1024, std::byte{'y'}));
  REQUIRE(!log.save(dir / "log.img"));
  const auto crash = [&](const std::vector<std::string>& options) {
    return simcheck(with({"log", "crash", "log.img"}, options), {.directory = dir.path()});
  };
  CHECK(contains(crash({"--at", "0"}).out,
                 "pending   1 discard of 21,474,836,480 bytes, of which 0 disk sectors change"));
  const ProcessResult all = crash({"--at", "3", "--check", "true {}"});
  CHECK(all.exit_status == 0);
  CHECK(
      contains(all.out, "pending   1 discard of 21,474,836,480 bytes and 2 writes of 1,536 bytes"));
  CHECK(contains(all.out, "images    8 different"));
  CHECK(contains(all.out, "check passes for all 8 images"));
  const auto json = nlohmann::json::parse(crash({"--at", "3", "--json"}).out)["pending"];
  CHECK(json["discards"] == 1);
  CHECK(json["discarded_bytes"] == std::uint64_t{20} << 30);
  CHECK(json["writes"] == 2);
  CHECK(json["bytes"] == 1536);
  // Of a base, only what it holds.
  std::filesystem::create_directory(dir / "old");
  write_file(dir / "old/base", std::string(3 * 512, 'b'));
  std::filesystem::resize_file(dir / "old/base", std::uintmax_t{20} << 30);
  const ProcessResult base = crash({"--at", "0", "--base", "old/base", "--check", "true {}"});
  CHECK(contains(base.out, "of which 3 disk sectors change something"));
  CHECK(contains(base.out, "check passes for all 8 images"));
}

TEST_CASE("a device that no file can be as long as is told by the entry that says so") {
  const TempDir dir;
  logs::ImageWriter log;
  log.append_write(0, std::vector<std::byte>(512, std::byte{'x'}));
  log.append_discard(0, (std::uint64_t{1} << 55) - 1);
  REQUIRE(!log.save(dir / "log.img"));
  const auto crash = [&](const std::vector<std::string>& options) {
    return simcheck(with({"log", "crash", "log.img", "--at", "1", "--scratch", "."}, options),
                    {.directory = dir.path()});
  };
  const ProcessResult refused = crash({});
  CHECK(refused.exit_status == 2);
  CHECK(contains(refused.err, "'log.img': entry 1 reaches to byte 18446744073709551104 of the"));
  CHECK(contains(refused.err, "--size says how long"));
  CHECK_FALSE(contains(refused.err, "crash-durable"));
  CHECK(crash({"--size", "1k", "--force"}).exit_status == 0);
  const ProcessResult sized = crash({"--size", "18446744073709551104"});
  CHECK(contains(sized.err, "--size: no file in '.' can have 18446744073709551104 bytes"));
}

TEST_CASE("many descriptions of few images come to an end") {
  const TempDir dir;
  logs::ImageWriter log;
  for (int i = 0; i < 60; ++i)
    log.append_write(0, std::vector<std::byte>(512, static_cast<std::byte>('a' + i % 2)));
  REQUIRE(!log.save(dir / "log.img"));
  const ProcessResult result = simcheck(
      {"log", "crash", "log.img", "--at", "59", "--check", "true {}"}, {.directory = dir.path()});
  CHECK(result.exit_status == 0);
  CHECK(contains(result.out, "check passes for all 3 images"));
  const ProcessResult interrupted = interrupted_after(
      3, "log crash log.img --at 59 --whole --check 'true {}'", {.directory = dir.path()});
  CHECK(interrupted.exit_status == 3);
  CHECK(contains(interrupted.out, "check passes for 3 images\ninterrupted"));
}

TEST_CASE("Ctrl-C leaves no images behind") {
  Crash crash(false);
  const ProcessResult result =
      interrupted_after(3, "log crash log.img --scratch . --at 4 --check 'sleep 60; true {}'",
                        {.directory = crash.dir.path()});
  CHECK(result.exit_status == 3);
  CHECK(contains(result.out, "interrupted: not all images were checked"));
  CHECK(crash.files() == 1);
}

TEST_CASE("crash options that make no sense") {
  Crash crash(false);
  const auto error = [&](const std::vector<std::string>& options) {
    const ProcessResult result = crash.run(options);
    CHECK(result.exit_status == 2);
    return result.err;
  };
  CHECK(contains(error({}), "--at"));
  CHECK(contains(error({"--at", "5"}), "there is no entry 5, the log has 0 to 4"));
  CHECK(contains(error({"--at", "4", "--coverage", "isued"}), "did you mean 'issued'?"));
  CHECK(contains(error({"--at", "4", "--keep-going"}), "--keep-going needs --check"));
  CHECK(contains(error({"--at", "4", "--seed", "3"}), "--seed needs --sample"));
  CHECK(contains(error({"--at", "4", "--size", "1k", "--base", "b"}), "exclude each other"));
  CHECK(contains(error({"--at", "4", "--base", "none"}), "cannot read 'none'"));
  CHECK(contains(error({"--at", "4", "--disk-sector", "1k"}), "is not one of 512, 4096"));
  for (const char* option : {"--check", "--keep", "--base"})
    CHECK(contains(error({"--at", "4", option, ""}), std::string(option) + ": needs a value"));
  CHECK(contains(error({"--at", "4", "--check", kCheck, "--keep", "log.img", "--force"}),
                 "the run itself works on"));
}

TEST_CASE("a failing image that cannot be kept is told all the same, and kept for who may read") {
  Crash crash(false);
  std::filesystem::create_directory(crash.dir / "there");
  const ProcessResult result =
      crash.run({"--at", "4", "--check", "rm -r there; false {}", "--keep", "there/kept"});
  CHECK(result.exit_status == 2);
  CHECK(contains(result.out, "check fails for image 1: exit status 1"));
  CHECK(contains(result.out, "not kept"));
  CHECK(contains(result.err, "--keep can name a file elsewhere"));
  using std::filesystem::perms;
  std::filesystem::permissions(crash.dir / "log.img", perms::owner_read | perms::owner_write);
  CHECK(crash.run({"--at", "4", "--check", "false {}", "--keep", "kept"}).exit_status == 1);
  CHECK(std::filesystem::status(crash.dir / "kept").permissions() ==
        (perms::owner_read | perms::owner_write));
}

TEST_CASE("--json tells what is pending, and which image fails first") {
  Crash crash(false);
  const auto document = [&](const std::vector<std::string>& options) {
    std::vector<std::string> all = {"--at", "4", "--json"};
    all.insert(all.end(), options.begin(), options.end());
    const ProcessResult result = crash.run(all);
    CHECK(result.err == "");
    return nlohmann::json::parse(result.out);
  };
  const auto shown = document({});
  CHECK(shown["durable_before"] == 2);
  CHECK(shown["pending"] == nlohmann::json({{"writes", 2},
                                            {"bytes", 1024},
                                            {"discards", 0},
                                            {"discarded_bytes", 0},
                                            {"disk_sectors", 2}}));
  CHECK(shown["images"] == 4);
  CHECK(shown["check"] == nullptr);
  const auto failed = document({"--check", kCheck, "--keep", "kept"})["check"];
  CHECK(failed["failed"] == 1);
  CHECK(failed["complete"] == false);
  const auto& first = failed["first_failing"];
  CHECK(first["how"] == "exit status 1");
  CHECK(first["reached_the_disk"] == nlohmann::json({{{"entry", 4}, {"whole", true}}}));
  CHECK(first["lost"] == nlohmann::json({3}));
  CHECK(first["kept"] == "kept");
  const auto passed = document({"--check", "true {}"})["check"];
  CHECK(passed["checked"] == 4);
  CHECK(passed["complete"] == true);
  CHECK(passed["first_failing"] == nullptr);
}

}  // namespace simcheck::test
