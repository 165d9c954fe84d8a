// Writes the seeds of all harnesses: FOLDER/HARNESS/NAME. Those of the readers of logs are the
// same.
#include <filesystem>
#include <fstream>
#include <span>

#include "cli/checkpoint_file.hpp"
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

void put_texts(const fs::path& folder, const std::vector<std::string>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    put(folder, "text-" + std::to_string(i), std::as_bytes(std::span(texts[i])));
}

const std::vector<std::string> kWorkloads = {
    "zeroes, 2*write ; flush", "zeroes 0 4k, write 8k 4k -P 7 fua ; discard 1m 64k, flush",
    "write 4096 512 -f\n# a comment\nflush\n", "3*write 0 1k, 1000*flush"};

void make_seeds(const fs::path& root) {
  for (const char* harness :
       {"log_verify", "log_dump", "log_find", "log_salvage", "log_requests", "workload_file"}) {
    make_log_seeds([&](const std::string& name, const std::vector<std::byte>& bytes) {
      put(root / harness, name, bytes);
    });
  }
  put_texts(root / "workload_text", kWorkloads);
  put_texts(root / "workload_file", kWorkloads);
  put_texts(root / "fault_text",
            {"A.2=eio,B.1=torn-early", "eio=1,torn=1", "eio.log.write=2", "enospc=40,cut"});
  put_texts(root / "schedule_text", {"s1:0*3.1*5.0*2", "s1:", "s1:63.0.63*100"});
  fs::create_directories(root / "checkpoint_file");
  cli::CheckpointFile(root / "checkpoint_file" / "saved", {{"--driver", "fixed"}}).save("state");
  cli::CheckpointFile(root / "checkpoint_file" / "other", {{"--driver", "buggy"}}).save("state");
}

}  // namespace
}  // namespace simcheck::fuzz

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  simcheck::fuzz::make_seeds(argv[1]);
  return 0;
}
