// Logs made by the real driver: qemu-io with blklogwrites over files in a directory of the test.
// A missing qemu-io is a failure; there is nothing to fall back on.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {

struct QemuOptions {
  std::string driver;               // further blklogwrites options: "log-sector-size=4096,"
  std::string cache = "writeback";  // qemu-io -t
  std::uint64_t log_bytes = 64 << 20;
};

inline void make_sparse(const std::filesystem::path& path, std::uint64_t bytes) {
  write_file(path, "");
  std::filesystem::resize_file(path, bytes);
}

// Runs the commands in one qemu-io on log.img and data.img of `dir`, which must exist.
inline void run_qemu_io(const TempDir& dir, const std::vector<std::string>& commands,
                        const QemuOptions& options = {}) {
  const std::string image = "driver=blklogwrites," + options.driver +
                            "file.driver=file,file.discard=unmap,file.filename=data.img," +
                            "log.driver=file,log.filename=log.img";
  std::vector<std::string> argv = {"qemu-io",     "-d",           "unmap", "-t",
                                   options.cache, "--image-opts", image};
  for (const std::string& command : commands) {
    argv.push_back("-c");
    argv.push_back(command);
  }
  const ProcessResult result =
      run_process(argv, {.input = {}, .directory = dir.path(), .extra_env = {}});
  INFO("qemu-io: ", result.err, result.out);
  REQUIRE(result.exit_status == 0);
  REQUIRE(result.out.find("failed") == std::string::npos);
}

// On new files: returns the path of the log.
inline std::filesystem::path make_log(const TempDir& dir, const std::vector<std::string>& commands,
                                      const QemuOptions& options = {}) {
  make_sparse(dir / "data.img", 64 << 20);
  make_sparse(dir / "log.img", options.log_bytes);
  run_qemu_io(dir, commands, options);
  return dir / "log.img";
}

}  // namespace simcheck::test
