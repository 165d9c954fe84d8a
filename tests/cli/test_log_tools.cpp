// `simcheck log`: options, exit statuses and errors of the tools that judge, list and salvage.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "logs/rules.hpp"
#include "logs/writer.hpp"
#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

// A directory with log.img: four writes, of which the third is lost, and a flush.
class Images {
 public:
  Images() {
    logs::ImageWriter image;
    for (std::uint64_t i = 0; i < 4; ++i)
      image.append_write(8 * i, std::vector<std::byte>(1024, std::byte{0x5a}));
    image.append_flush();
    image.put_header(7, {1, 7, 99, 0});
    CHECK_FALSE(image.save(path("log.img")));
  }
  std::string path(const std::string& name) const { return (dir_ / name).string(); }

  ProcessResult log(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "log");
    return simcheck(arguments, {.input = {}, .directory = dir_.path(), .extra_env = {}});
  }

 private:
  TempDir dir_;
};

TEST_CASE("verify: rules can be chosen, and an unknown one has a neighbour") {
  const Images images;
  const auto with = [&](const std::string& rules) {
    return images.log({"verify", "log.img", "--rules=" + rules});
  };
  CHECK(with("all").exit_status == 1);
  CHECK(with("error").exit_status == 1);
  // What the others say of the first two entries is no verdict on the log.
  for (const char* const rules : {"bounds,mark", "-flags,-hole", "warning"}) {
    CHECK(with(rules).exit_status == 2);
    CHECK(contains(with(rules).err, "they need a log that can be followed to its end"));
  }
  logs::ImageWriter sound;
  sound.append_flush();
  CHECK_FALSE(sound.save(images.path("sound.img")));
  const ProcessResult chosen = images.log({"verify", "sound.img", "--rules=bounds,mark"});
  CHECK(chosen.exit_status == 0);
  CHECK(contains(chosen.out, "rules: mark bounds\n"));
  CHECK(contains(with("hols").err, "did you mean 'hole'?"));
  CHECK(contains(with("xyzzyx").err, "'simcheck list rules' lists them"));
  CHECK(contains(with("data").err,
                 "cannot judge 'log.img' by the rules of --rules alone: they need"));
  CHECK(with("data").exit_status == 2);
  write_file(images.path("no.img"), std::string(4096, 'x'));
  const ProcessResult none = images.log({"verify", "no.img", "--rules", "hole"});
  CHECK(none.exit_status == 2);
  CHECK(contains(none.err, "they need a sound superblock"));
  write_file(images.path("data.img"), std::string(4096, 'x'));
  const ProcessResult refused =
      images.log({"verify", "log.img", "--rules", "data", "--data", "data.img"});
  CHECK(refused.exit_status == 2);
  CHECK(contains(refused.err, "a log that can be followed to its end"));
  CHECK(with("hole,").exit_status == 2);
  CHECK(with("hole,-hole").exit_status == 2);
}

TEST_CASE("list rules names every rule with its severity") {
  const auto json = nlohmann::json::parse(simcheck({"list", "rules", "--json"}).out);
  REQUIRE(json["rules"].size() == logs::all_rules().size());
  CHECK(json["rules"][0]["name"] == "super-missing");
  CHECK(json["rules"][0]["severity"] == "error");
  CHECK(contains(simcheck({"list", "rules"}).out, "  header-padding   warning  a header's"));
}

TEST_CASE("verify: a log that never reached its file is no log that passes unseen") {
  const Images images;
  write_file(images.path("written.img"), std::string(512, 'x') + std::string(512, '\0'));
  write_file(images.path("base.img"), std::string(1024, '\0'));
  CHECK_FALSE(logs::ImageWriter().save(images.path("fresh.img")));
  write_file(images.path("empty.log"), "");
  write_file(images.path("zeroes.log"), std::string(4096, '\0'));
  for (const char* const log : {"empty.log", "zeroes.log"}) {
    const auto verify = [&](const std::vector<std::string>& options) {
      return images.log(with({"verify", log}, options));
    };
    CHECK(verify({}).exit_status == 0);
    CHECK(contains(verify({}).out, "ok, 1 warning\nwarning empty-file: "));
    CHECK(verify({"--strict"}).exit_status == 1);
    const ProcessResult lost = verify({"--data", "written.img", "--base", "base.img"});
    CHECK(lost.exit_status == 1);
    CHECK(contains(lost.out, "error unlogged-data: byte 0 of the data device is 0x78, not 0x00"));
    CHECK(verify({"--data", "base.img", "--base", "base.img"}).exit_status == 0);
    const ProcessResult json =
        verify({"--data", "written.img", "--rules=data,empty-file", "--json"});
    CHECK(nlohmann::json::parse(json.out)["checked"]["data"]["compared_bytes"] == 0);
    CHECK(verify({"--data", "written.img", "--rules=data"}).exit_status == 0);
    CHECK(verify({"--rules=data"}).exit_status == 2);
  }
  CHECK(images.log({"verify", "fresh.img", "--strict"}).exit_status == 0);
}

TEST_CASE("verify: strictness, producer, device and data") {
  const Images images;
  CHECK(images.log({"salvage", "log.img", "out.img"}).exit_status == 0);
  const auto verify = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"verify", "out.img"});
    return images.log(options);
  };
  CHECK(verify({}).exit_status == 0);
  CHECK(verify({"--strict"}).exit_status == 0);
  CHECK(contains(verify({"--producer", "kernel"}).out, "warning end-mark: "));
  CHECK(verify({"--producer", "kernel"}).exit_status == 0);
  CHECK(verify({"--producer", "kernel", "--strict"}).exit_status == 1);
  CHECK(contains(verify({"--device-size", "1k"}).out, "warning device-size: "));
  CHECK(contains(verify({"--producer", "bsd"}).err, "is not one of qemu, kernel"));
  CHECK(contains(verify({"--base", "out.img"}).err, "--base"));
  write_file(images.path("data.img"), std::string(16384, '\x5a'));
  CHECK(verify({"--data", "data.img"}).exit_status == 0);
  CHECK(contains(verify({"--data", "data.img"}).out, "compared: 3072 bytes of the data device"));
  write_file(images.path("data.img"), std::string(16384, '\x5b'));
  CHECK(verify({"--data", "data.img"}).exit_status == 1);
  CHECK(contains(verify({"--data", "none.img"}).err, "cannot read 'none.img'"));
  CHECK(contains(verify({"--data", "."}).err, "it is a directory, not a file or a block device"));
}

TEST_CASE("verify: --quiet is the verdict alone") {
  const Images images;
  for (const char* const option : {"-q", "--quiet"}) {
    const ProcessResult result = images.log({"verify", "log.img", option});
    CHECK(result.exit_status == 1);
    CHECK(result.out == "log.img: violated, 2 errors\n");
  }
  const ProcessResult json = images.log({"verify", "log.img", "-q", "--json"});
  CHECK(nlohmann::json::parse(json.out)["errors"] == 2);
}

TEST_CASE("salvage: the input stays, the output is replaced only by force") {
  const Images images;
  const std::string before = read_file(images.path("log.img"));
  const ProcessResult first = images.log({"salvage", "log.img", "out.img"});
  CHECK(first.exit_status == 0);
  CHECK(contains(first.out, "something lost in 1 place\nlost: entry 2 at sector 7: "));
  CHECK(images.log({"verify", "out.img"}).exit_status == 0);
  CHECK(contains(images.log({"salvage", "log.img", "out.img"}).err, "--force replaces it"));
  CHECK(images.log({"salvage", "log.img", "out.img"}).exit_status == 2);
  CHECK(images.log({"salvage", "log.img", "out.img", "--force"}).exit_status == 0);
  CHECK(contains(images.log({"salvage", "log.img", "log.img", "--force"}).err, "the image itself"));
  CHECK(contains(images.log({"salvage", "none", "new.img"}).err, "cannot read 'none'"));
  write_file(images.path("junk"), std::string(5000, 'x'));
  CHECK(images.log({"salvage", "junk", "new.img"}).exit_status == 2);
  CHECK_FALSE(std::filesystem::exists(images.path("new.img")));
  CHECK(
      contains(images.log({"salvage", "log.img", "."}).err, "'.': exists and is no regular file"));
  CHECK(read_file(images.path("log.img")) == before);
}

TEST_CASE("salvage: an empty log does not take the place of one of which nothing can be saved") {
  const Images images;
  write_file(images.path("cut.img"), read_file(images.path("log.img")).substr(0, 512 + 100));
  const ProcessResult result = images.log({"salvage", "cut.img", "out.img"});
  CHECK(result.exit_status == 2);
  CHECK(
      contains(result.err, "cannot salvage 'cut.img': no entry can be saved: entry 0 at sector 1"));
  CHECK_FALSE(std::filesystem::exists(images.path("out.img")));
  // Of one that counts none, that is a copy.
  logs::ImageWriter none;
  CHECK_FALSE(none.save(images.path("none.img")));
  CHECK(images.log({"salvage", "none.img", "out.img"}).exit_status == 0);
}

TEST_CASE("salvage: what the superblock leaves no room for is refused") {
  const Images images;
  const auto salvage = [&](const std::string& image, std::vector<std::string> options) {
    options.insert(options.begin(), {"salvage", image, "out.img", "--force"});
    return images.log(options);
  };
  const ProcessResult other_size = salvage("log.img", {"--sector-size", "4096"});
  CHECK(other_size.exit_status == 2);
  CHECK(contains(other_size.err, "its superblock says sectors of 512 bytes, and not of 4096"));
  CHECK(contains(other_size.err, "leave --sector-size out"));
  CHECK(salvage("log.img", {"--sector-size", "512", "--counted"}).exit_status == 0);

  std::string headless = read_file(images.path("log.img"));
  headless.replace(0, 512, 512, '\0');
  write_file(images.path("headless.img"), headless);
  const ProcessResult uncounted = salvage("headless.img", {"--counted"});
  CHECK(uncounted.exit_status == 2);
  CHECK(contains(uncounted.err, "nothing is counted; leave out --counted"));
  CHECK(salvage("headless.img", {"--sector-size", "512"}).exit_status == 0);
}

TEST_CASE("find and dump: questions, filters and wrong ones") {
  const Images images;
  CHECK(images.log({"salvage", "log.img", "out.img"}).exit_status == 0);
  const auto find = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"find", "out.img"});
    return images.log(options);
  };
  CHECK(find({"--flush", "1"}).exit_status == 0);
  CHECK(contains(find({"--flush", "1"}).out, "       3           10"));
  CHECK(find({"--flush", "2"}).exit_status == 1);
  CHECK(contains(find({"--flush", "2"}).err, "no such entry, only 1"));
  CHECK(find({"--mark", "x"}).exit_status == 1);
  CHECK(find({"--sector", "9"}).exit_status == 0);
  CHECK(find({"--next", "flush", "--from", "3"}).exit_status == 0);
  CHECK(find({"--next", "fua"}).exit_status == 1);
  CHECK(find({}).exit_status == 2);
  CHECK(find({"--fua", "0"}).exit_status == 2);
  CHECK(find({"--fua", "1", "--flush", "1"}).exit_status == 2);
  CHECK(nlohmann::json::parse(find({"--sector", "9", "--json"}).out)["entries"].size() == 1);

  const ProcessResult partly = images.log({"find", "log.img", "--sector", "9"});
  CHECK(partly.exit_status == 3);
  CHECK(contains(partly.out, "       1            4"));
  CHECK(contains(partly.err, "there may be more: the log cannot be followed to entry 2"));
  const ProcessResult none = images.log({"find", "log.img", "--flush", "1"});
  CHECK(none.exit_status == 3);
  CHECK(contains(none.err,
                 "no such entry before entry 2, but the log cannot be followed to entry 2"));
  CHECK(contains(none.err, "`simcheck log salvage` makes a log of what can be read"));

  for (const char* const tool : {"dump", "stats"}) {
    const ProcessResult result = images.log({tool, "log.img"});
    CHECK(result.exit_status == 3);
    CHECK(contains(result.err, "there may be more: the log cannot be followed to entry 2"));
  }
  CHECK(images.log({"dump", "log.img", "--to", "1"}).exit_status == 0);
  const ProcessResult backwards = images.log({"dump", "log.img", "--from", "3", "--to", "1"});
  CHECK(backwards.exit_status == 2);
  CHECK(contains(backwards.err, "nothing to list: entry 3 is to be the first and entry 1 the"));
  const ProcessResult beyond = images.log({"dump", "log.img", "--json", "--from", "99"});
  CHECK(beyond.exit_status == 2);
  CHECK(beyond.out == "");
  CHECK(contains(beyond.err, "there is no entry 99, the log has 0 to 4"));

  logs::ImageWriter single;
  single.append_flush();
  CHECK_FALSE(single.save(images.path("single.img")));
  CHECK(images.log({"dump", "single.img"}).out.starts_with("superblock: version 1, 1 entry, "));

  CHECK(contains(images.log({"dump", "out.img", "--flag", "flush"}).out, "FLUSH\n"));
  CHECK(contains(images.log({"dump", "out.img", "--flag", "flish"}).err, "did you mean 'flush'"));
  CHECK(contains(images.log({"dump", "out.img", "--sector", "9-8"}).err, "--sector: '8' is not"));
  CHECK(images.log({"stats", "out.img"}).exit_status == 0);
  CHECK(nlohmann::json::parse(images.log({"stats", "out.img", "--json"}).out)["flushes"] == 1);
}

TEST_CASE("find, dump and stats: what lies behind the count is not silently left out") {
  const Images images;
  logs::ImageWriter lagging;
  for (int i = 0; i < 3; ++i) lagging.append_flush();
  lagging.super().nr_entries = 1;
  CHECK_FALSE(lagging.save(images.path("lagging.img")));
  const ProcessResult found = images.log({"find", "lagging.img", "--flush", "2"});
  CHECK(found.exit_status == 1);
  CHECK(contains(found.err,
                 "no such entry, only 1; 2 entries parse behind the count, `simcheck "
                 "log salvage` takes them up"));
  CHECK(contains(images.log({"dump", "lagging.img", "--from", "2"}).err, "2 entries parse behind"));
  CHECK(contains(images.log({"stats", "lagging.img"}).out,
                 "behind the count: 2 entries, not in these figures; `simcheck log salvage` takes "
                 "them up\n"));
  logs::ImageWriter hole;  // of three sectors, which read as three entries
  hole.append_write(0, std::vector<std::byte>(512, std::byte{1}));
  for (int i = 0; i < 3; ++i) hole.append_header({});
  for (int i = 0; i < 2; ++i) hole.append_flush();
  hole.super().nr_entries = 3;
  CHECK_FALSE(hole.save(images.path("hole.img")));
  CHECK(contains(images.log({"find", "hole.img", "--flush", "1"}).err,
                 "no such entry; 2 entries parse behind the count, `simcheck log verify` says what "
                 "the zeroes before may be"));
  CHECK(contains(images.log({"stats", "hole.img"}).out, "behind the count: 2 entries, not in"));
  const ProcessResult json = images.log({"stats", "lagging.img", "--json"});
  CHECK(nlohmann::json::parse(json.out)["beyond_count"] == 2);
}

}  // namespace
}  // namespace simcheck::test
