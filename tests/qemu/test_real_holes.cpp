// Logs of the real driver in trouble: I/O errors on the log, a process killed in mid-run, and the
// data device that the log belongs to.
#include <csignal>
#include <thread>

#include "logs/salvage.hpp"
#include "tests/logs/judged.hpp"
#include "tests/qemu/qemu_io.hpp"

namespace simcheck::test {
namespace {

namespace fs = std::filesystem;

// The verdict on what salvage makes of a log.
logs::Verdict judged_salvaged(const fs::path& path) {
  const auto opened = logs::FileSource::open(path);
  const logs::ByteSource& source = *std::get<0>(opened);
  const auto salvaged = logs::salvage(source);
  if (const auto* error = std::get_if<logs::Error>(&salvaged)) FAIL(error->message);
  const logs::ByteSource& log = *std::get<0>(salvaged).log;
  std::vector<std::byte> bytes(log.size());
  CHECK(log.read(0, bytes));
  return judged(bytes);
}

// Writes of 4k, a discard and a flush; the log fails once wherever `sectors` are written.
std::string run_with_errors(const TempDir& dir, const std::vector<int>& sectors,
                            const std::string& cache = "writeback") {
  std::string image =
      "driver=blklogwrites,file.driver=file,file.discard=unmap,file.filename=data.img,"
      "log.driver=blkdebug,log.image.driver=file,log.image.filename=log.img";
  for (std::size_t i = 0; i < sectors.size(); ++i) {
    const std::string rule = ",log.inject-error." + std::to_string(i);
    image += rule + ".event=none" + rule + ".iotype=write" + rule + ".once=on" + rule +
             ".sector=" + std::to_string(sectors[i]);
  }
  const ProcessResult result = run_process({"qemu-io",
                                            "-d",
                                            "unmap",
                                            "-t",
                                            cache,
                                            "--image-opts",
                                            image,
                                            "-c",
                                            "write -q -P 1 0 4k",
                                            "-c",
                                            "write -q -P 2 8k 4k",
                                            "-c",
                                            "write -q -P 3 16k 4k",
                                            "-c",
                                            "write -q -z 32k 4k",
                                            "-c",
                                            "discard -q 0 4k",
                                            "-c",
                                            "write -q -P 5 64k 4k",
                                            "-c",
                                            "flush"},
                                           {.input = {}, .directory = dir.path(), .extra_env = {}});
  return result.out + result.err;
}

void make_files(const TempDir& dir) {
  make_sparse(dir / "data.img", 64 << 20);
  make_sparse(dir / "log.img", 64 << 20);
}

std::vector<std::string> messages(const logs::Verdict& verdict, std::string_view rule) {
  std::vector<std::string> all;
  for (const auto& finding : verdict.findings)
    if (finding.rule->id == rule) all.push_back(finding.message);
  return all;
}

// Sectors: writes at 1, 10, 19 and 28 (of zeroes), discard 37, write 38, flush 47.
TEST_CASE("an I/O error on the log leaves a hole, which is named") {
  const TempDir dir;
  make_files(dir);
  REQUIRE(contains(run_with_errors(dir, {19}), "Input/output error"));
  const logs::Verdict verdict = judged_file(dir / "log.img");
  CHECK(errors(verdict) == "hole");
  const std::string text = message(verdict, "hole");
  CHECK(contains(text, "entry 2 was never written: its header at sector 19 is blank"));
  CHECK(contains(text, "where a chain of 4 valid entries starts"));
  CHECK(contains(text, "the request whose log write failed was 8 sectors long"));
  CHECK(contains(text, "the last 4 entries of the log are lost to it"));
  CHECK(judged_salvaged(dir / "log.img").entries == 6);
}

TEST_CASE("a hole over what an older log left") {
  const TempDir dir;
  make_files(dir);
  std::string junk;
  for (int i = 0; i < 40000; ++i) junk += static_cast<char>(1 + i * 2654435761U % 251);
  junk.resize(64 << 20);
  write_file(dir / "log.img", junk);
  run_with_errors(dir, {19});
  const logs::Verdict verdict = judged_file(dir / "log.img");
  CHECK(errors(verdict) == "hole, flags");
  CHECK(contains(message(verdict, "hole"), "entry 2's header at sector 19 is impossible"));
  CHECK(contains(message(verdict, "hole"), "a chain of 4 valid entries starts at sector 28"));
  CHECK(judged_salvaged(dir / "log.img").entries == 6);
}

TEST_CASE("a hole over old bytes with nothing behind it but the last flush") {
  const TempDir dir;
  make_files(dir);
  std::string junk(100 * 512, '\0');
  for (std::size_t i = 0; i < junk.size(); ++i) junk[i] = static_cast<char>(1 + i * 7919 % 251);
  junk.resize(64 << 20);
  write_file(dir / "log.img", junk);
  run_with_errors(dir, {38});
  const logs::Verdict verdict = judged_file(dir / "log.img");
  CHECK(errors(verdict) == "hole, flags");
  CHECK(contains(message(verdict, "hole"), "a chain of 1 valid entry starts at sector 47"));
}

TEST_CASE("several errors leave several holes") {
  const TempDir dir;
  make_files(dir);
  run_with_errors(dir, {10, 28, 38});
  const logs::Verdict verdict = judged_file(dir / "log.img");
  const auto holes = messages(verdict, "hole");
  REQUIRE(holes.size() == 3);
  CHECK(contains(holes[0], "entry 1 was never written"));
  CHECK(contains(holes[1], "entry 3 was never written"));
  CHECK(contains(holes[2], "entry 5 was never written"));
  CHECK(judged_salvaged(dir / "log.img").entries == 4);
}

TEST_CASE("neighbours that fail together") {
  const TempDir dir;
  make_files(dir);
  run_with_errors(dir, {10, 19});
  const auto holes = messages(judged_file(dir / "log.img"), "hole");
  REQUIRE(holes.size() == 2);
  CHECK(contains(holes[0], "entry 1 was never written"));
  CHECK(contains(holes[1], "counts 7 entries, 1 more than that makes"));
}

TEST_CASE("a hole over an older log of the same requests shows in the data device alone") {
  const TempDir dir;
  make_files(dir);
  run_with_errors(dir, {});
  make_sparse(dir / "base.img", 64 << 20);
  fs::remove(dir / "data.img");
  make_sparse(dir / "data.img", 64 << 20);
  run_qemu_io(dir, {"write -q -P 1 0 4k", "write -q -P 2 8k 4k", "flush"});
  CHECK(judged_file(dir / "log.img").ok());

  const auto data = logs::FileSource::open(dir / "data.img");
  const auto base = logs::FileSource::open(dir / "base.img");
  logs::VerifyOptions options;
  options.data = std::get<0>(data).get();
  options.base = std::get<0>(base).get();
  CHECK(judged_file(dir / "log.img", options).ok());
  // The same run once more, its second write 8k further on, lost in the log: the old entry stands.
  const ProcessResult result = run_process(
      {"qemu-io", "-t", "writeback", "--image-opts",
       "driver=blklogwrites,file.driver=file,file.filename=data.img,log.driver=blkdebug,"
       "log.image.driver=file,log.image.filename=log.img,log.inject-error.0.event=none,"
       "log.inject-error.0.iotype=write,log.inject-error.0.sector=10",
       "-c", "write -q -P 1 0 4k", "-c", "write -q -P 9 8k 4k", "-c", "flush"},
      {.input = {}, .directory = dir.path(), .extra_env = {}});
  CHECK(contains(result.out + result.err, "Input/output error"));
  CHECK(judged_file(dir / "log.img").ok());
  CHECK(errors(judged_file(dir / "log.img", options)) == "data");
  CHECK(contains(message(judged_file(dir / "log.img", options), "data"),
                 "byte 8192 of the data device is 0x09, not 0x02"));
}

TEST_CASE("a log whose writer was killed, before and after a flush") {
  for (const bool flushed : {false, true}) {
    const TempDir dir;
    make_files(dir);
    const std::string flush = flushed ? "-c flush " : "";
    const ProcessResult result = run_process(
        {"sh", "-c",
         "qemu-io -t writeback --image-opts driver=blklogwrites,file.driver=file,file.filename="
         "data.img,log.driver=file,log.filename=log.img -c 'write -q -P 1 0 4k' " +
             flush +
             "-c 'write -q -P 2 8k 4k' -c 'write -q -z 16k 4k' -c 'sleep 60000' & "
             // Until the third header is there.
             "until [ \"$(dd if=log.img bs=512 skip=" +
             (flushed ? "20" : "19") +
             " count=1 status=none | tr -d '\\0' | wc -c)\" -gt 0 ]; do sleep 0.05; done; "
             "kill -9 $!; wait"},
        {.input = {}, .directory = dir.path(), .extra_env = {}});
    CAPTURE(flushed);
    const logs::Verdict verdict = judged_file(dir / "log.img");
    if (flushed) {
      CHECK(verdict.ok());
      CHECK(contains(message(verdict, "beyond-count"), "2 entries parse behind the counted ones"));
      CHECK(contains(message(verdict, "beyond-count"), "likelier the end of this log"));
    } else {
      CHECK(errors(verdict) == "super-missing");
      CHECK(contains(message(verdict, "super-missing"), "3 entries parse behind it"));
    }
    CHECK(judged_salvaged(dir / "log.img").ok());
    CHECK(judged_salvaged(dir / "log.img").entries == (flushed ? 4U : 3U));
  }
}

TEST_CASE("nothing written, nothing logged") {
  const TempDir dir;
  const fs::path log = make_log(dir, {"read -q 0 4k"});
  CHECK(judged_file(log).ok());
  CHECK(contains(message(judged_file(log), "empty-file"), "nothing was logged"));
}

}  // namespace
}  // namespace simcheck::test
