// log.img of a test's directory, replayed.
#pragma once

#include <filesystem>
#include <string>

#include "logs/replay.hpp"
#include "logs/replay_file.hpp"
#include "tests/qemu/qemu_io.hpp"

namespace simcheck::test {

// Onto `target` of the directory, which is made unless it is there. Returns what was done.
inline logs::ReplayCounts replay(const TempDir& dir, const std::string& target,
                                 const logs::ReplayOptions& options = {}, std::uint64_t from = 0) {
  if (!std::filesystem::exists(dir / target)) make_sparse(dir / target, 64 << 20);
  const auto log = std::get<0>(logs::FileSource::open(dir / "log.img"));
  const auto file = std::get<0>(logs::FileTarget::open(dir / target));
  const auto super = std::get<logs::Superblock>(logs::read_sound_superblock(*log));
  logs::Replayer replayer(*log, super, *file, options);
  REQUIRE(!replayer.skip_to(from));
  const auto error = replayer.run_to(super.nr_entries);
  if (error) FAIL(error->message);
  return replayer.counts();
}

inline bool is_data_image(const TempDir& dir, const std::string& target) {
  return read_file(dir / target) == read_file(dir / "data.img");
}

}  // namespace simcheck::test
