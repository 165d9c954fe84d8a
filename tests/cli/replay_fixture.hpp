// A small log and a target, and `simcheck log replay` of one to the other.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "logs/writer.hpp"
#include "tests/cli/command.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {

/// Entry i < 6 writes 'a' + i to sector i, entries 2 and 5 are FLUSH, and 6 is the mark "end".
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

/// A check that fails from entry 3 on.
inline const std::string kNoD = "! grep -q d {}";

}  // namespace simcheck::test
