// Writes the seeds of all harnesses: FOLDER/HARNESS/NAME.
#include <filesystem>
#include <fstream>
#include <span>

#include "cli/checkpoint_file.hpp"
#include "cli/command.hpp"
#include "tests/fuzz/seeds.hpp"

namespace simcheck::fuzz {
namespace {

namespace fs = std::filesystem;

void put(const fs::path& folder, const std::string& name, std::span<const std::byte> bytes) {
  fs::create_directories(folder);
  std::ofstream file(folder / name, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

void put_texts(const fs::path& folder, const std::string& name,
               const std::vector<std::string>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    put(folder, name + "-" + std::to_string(i), std::as_bytes(std::span(texts[i])));
}

const std::vector<std::string> kWorkloads = {
    "zeroes, 2*write ; flush", "zeroes 0 4k, write 8k 4k -P 7 fua ; discard 1m 64k, flush",
    "write 4096 512 -f\n# a comment\nflush\n", "3*write 0 1k, 1000*flush"};

const std::vector<std::string> kIologs = {
    "fio version 2 iolog\n/dev/sda add\n/dev/sda open\n/dev/sda write 0 4096\n/dev/sda sync 0 0\n"
    "/dev/sda trim 8192 4096\n/dev/sda read 0 512\n/dev/sda wait 100 0\n/dev/sda close\n",
    "fio version 3 iolog\n1 a add\n2 a open\n3 a write 0 4096\n4 b add\n5 b write 4096 512\n"
    "6 a datasync 0 0\n7 a close\n"};

const std::vector<std::string> kScripts = {
    "aio_write -P 1 0 4k\naio_write -z 8k 4k\naio_flush\nwrite -f -z -u 0x1000 1M\nflush\nquit\n",
    "# comment\nopen -o driver=x f\nread 0 4k\ndiscard 1M 64k\nsleep 5\naio_write -q 0 1k 1k 2k\n"};

// Events of a version-7 trace: a write, a flush with data, a discard, completed and followed by
// bytes of a driver.
std::vector<std::byte> blktrace_events(bool is_big_endian) {
  std::vector<std::byte> bytes;
  const auto put = [&](std::uint64_t value, unsigned width) {
    for (unsigned i = 0; i < width; ++i)
      bytes.push_back(std::byte(value >> (8 * (is_big_endian ? width - 1 - i : i))));
  };
  constexpr std::uint64_t kWrite = 1U << 17, kFlush = 1U << 18, kDiscard = 1U << 29,
                          kFua = 1U << 31;
  std::uint64_t time = 0;
  for (const std::uint64_t action :
       {1 | kWrite, 7 | kWrite, 8 | kWrite, 1 | kWrite | kFlush | kFua, 1 | kWrite | kDiscard}) {
    put(0x65617407, 4);
    put(++time, 4);    // sequence
    put(time, 8);      // time
    put(8 * time, 8);  // sector
    put(4096, 4);      // bytes
    put(action, 4);
    put(77, 4);       // pid
    put(8 << 20, 4);  // device
    put(0, 4);        // processor
    put(0, 2);        // error
    const unsigned more = time == 3 ? 5 : 0;
    put(more, 2);
    bytes.insert(bytes.end(), more, std::byte{0x65});
  }
  return bytes;
}

// As the command writes them.
void make_files_of_a_violation(const fs::path& folder) {
  const std::string trace = folder / "trace.json", baseline = folder / "baseline.json";
  std::vector<std::string> words = {"simcheck",         "--driver", "buggy",   "--workload",
                                    "zeroes, flush",    "--quiet",  "--trace", trace,
                                    "--write-baseline", baseline};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  cli::run_command(static_cast<int>(arguments.size()), arguments.data());
}

void make_seeds(const fs::path& root) {
  for (const char* harness : {"log_reports", "log_images", "workload"}) {
    make_log_seeds([&](const std::string& name, const std::vector<std::byte>& bytes) {
      put(root / harness, name, bytes);
    });
  }
  put_texts(root / "workload", "iolog", kIologs);
  put_texts(root / "workload", "script", kScripts);
  put_texts(root / "workload", "text", kWorkloads);
  for (const bool is_big_endian : {false, true})
    put(root / "workload", is_big_endian ? "blktrace-big" : "blktrace-little",
        blktrace_events(is_big_endian));
  put_texts(root / "option", "faults",
            {"A.2=eio,B.1=torn-early", "eio=1,torn=1", "eio.log.write=2", "enospc=40,cut"});
  put_texts(root / "option", "schedule", {"s1:0*3.1*5.0*2", "s1:", "s1:63.0.63*100"});
  put_texts(root / "file", "latency",
            {"1000 1\n2us 3\n", "0 10 5\n10 20 7  # in ns\n",
             R"({"jobs":[{"write":{"clat_ns":{"bins":{"100":3,"250":4}}}}]})"});
  cli::CheckpointFile(root / "file" / "saved", {{"--driver", "fixed"}}).save("state");
  cli::CheckpointFile(root / "file" / "other", {{"--driver", "buggy"}}).save("state");
  make_files_of_a_violation(root / "file");
}

}  // namespace
}  // namespace simcheck::fuzz

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  simcheck::fuzz::make_seeds(argv[1]);
  return 0;
}
