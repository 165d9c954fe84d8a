// Listings and reports, as text and as JSON.
#include "logs/dump.hpp"

#include <nlohmann/json.hpp>

#include "logs/report.hpp"
#include "tests/logs/judged.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::logs {
namespace {

ImageWriter sample() {
  ImageWriter image;
  image.append_write(16, test::pattern(512, 1), kFlagFua);
  image.append_mark("tick");
  image.append_header({});
  image.append_header({});
  image.append_discard(4, 2);
  return image;
}

std::string text_of(const ImageWriter& image) {
  const std::vector<std::byte> bytes = image.bytes();
  std::string text;
  const auto result = dump_text(MemorySource(bytes), [&](std::string_view part) { text += part; });
  const auto* error = std::get_if<Error>(&result);
  return error != nullptr ? error->message : text;
}

std::string json_of(const ImageWriter& image) {
  const std::vector<std::byte> bytes = image.bytes();
  std::string text;
  const auto result =
      dump_json(MemorySource(bytes), "log", [&](std::string_view part) { text += part; });
  CHECK(std::holds_alternative<std::optional<Entry>>(result));
  return text;
}

TEST_CASE("a table of entries") {
  CHECK(text_of(sample()) ==
        "superblock: version 1, 5 entries, sectors of 512 bytes\n"
        "   entry   log sector         sector    sectors  flags\n"
        "       0            1             16          1  FUA\n"
        "       1            3              0          0  MARK \"tick\"\n"
        "       2            4              0          0  -\n"
        "     ... 1 more blank header\n"
        "       4            6              4          2  DISCARD\n");
}

TEST_CASE("a document of entries") {
  ImageWriter image = sample();
  image.put_header(6, {0, 0, 99, 0});
  const nlohmann::json json = nlohmann::json::parse(json_of(image));
  CHECK(json["format"] == "simcheck-log-dump");
  CHECK(json["version"] == 1);
  CHECK(json["entries"].size() == 3);
  CHECK(json["entries"][0]["flags"][0] == "FUA");
  CHECK(json["entries"][1]["mark"] == "tick");
  CHECK(json["entries"][2]["repeated"] == 2);
  CHECK(json["stopped"]["log_sector"] == 6);
  CHECK(json["stopped"]["reason"] == "unknown flags");
  CHECK(nlohmann::json::parse(json_of(ImageWriter()))["entries"].empty());
}

TEST_CASE("what cannot be listed says why") {
  ImageWriter image = sample();
  image.super().magic = 5;
  CHECK(text_of(image) ==
        "no log: it begins with 0x5, a log with the magic number 0x6a736677736872");
  image = sample();
  image.super().version = 9;
  CHECK(text_of(image) == "log of format version 9, only 1 is known");
  image = sample();
  image.super().sector_size = 9;
  CHECK(test::contains(text_of(image), "sector size 9, it must be a power of two from 32 to"));
}

TEST_CASE("marks do not reach a terminal raw") {
  ImageWriter image;
  image.append_mark("\x1b[2J\xff");
  CHECK(test::contains(text_of(image), "\"\\x1b[2J\\xff\""));
  CHECK(nlohmann::json::accept(json_of(image)));
}

TEST_CASE("marks in any language are shown as they are") {
  const std::string name = "r\xc3\xa4tsel \xe2\x82\xac \xf0\x9f\x90\xa7";
  ImageWriter image;
  image.append_mark(name);
  CHECK(test::contains(text_of(image), "\"" + name + "\""));
}

TEST_CASE("a verdict says what was checked") {
  ImageWriter image = sample();
  const std::string text = verdict_text("my.log", test::judged(image));
  CHECK(test::contains(text, "my.log: ok, 3 warnings\nwarning blank-header: 2 headers"));
  CHECK(test::contains(text,
                       "checked: 5 entries of 5 counted, in sectors 0 to 6 of 7, of 512 bytes"));
  CHECK(test::contains(text, "rules: super-missing magic version sector-size"));
  image.super().magic = 5;
  const std::string bad = verdict_text("my.log", test::judged(image));
  CHECK(test::contains(bad, "my.log: violated, 1 error\nerror magic: "));
  CHECK(test::contains(bad, "checked: the superblock only"));
  CHECK_FALSE(test::contains(bad, "bounds swallowed"));
}

TEST_CASE("a verdict as a document") {
  ImageWriter image;
  image.append_zeroes(0, 8);
  image.put_header(2, {0, 0, kFlagFlush, 0});
  image.super().nr_entries = 2;
  image.grow_to(11 * 512);
  const auto json = nlohmann::json::parse(verdict_json("\xff.log", test::judged(image)));
  CHECK(json["format"] == "simcheck-log-verify");
  CHECK(json["verdict"] == "violated");
  CHECK(json["errors"] == 1);
  CHECK(json["findings"][0]["rule"] == "swallowed-header");
  CHECK(json["findings"][0]["breaks"] == nlohmann::json({"no-overlap", "contiguous"}));
  CHECK(json["checked"]["entries"] == 2);
}

}  // namespace
}  // namespace simcheck::logs
