// The real driver as a disk that programs without root can use: blklogwrites, exported by qemu-nbd
// on a socket in the test's directory.
#pragma once

#include <csignal>
#include <string>

#include "tests/qemu/qemu_io.hpp"

namespace simcheck::test {

class NbdExport {
 public:
  /// Over new files data.img and log.img of `dir`; `driver` are further options of blklogwrites.
  NbdExport(const TempDir& dir, const std::string& driver) : dir_(dir) {
    make_sparse(dir / "data.img", 64 << 20);
    make_sparse(dir / "log.img", 256 << 20);
    const std::string image = "driver=blklogwrites," + driver + file("file", "data.img") +
                              ",file.discard=unmap," + file("log", "log.img");
    const ProcessResult result =
        run_process({"qemu-nbd", "--fork", "--pid-file=" + pid_file(), "--socket=" + socket(),
                     "--persistent", "--shared=4", "--discard=unmap", "--image-opts", image});
    INFO("qemu-nbd: ", result.err, result.out);
    REQUIRE(result.exit_status == 0);
  }

  /// Ends qemu-nbd, which closes the log, and waits until it is gone.
  ~NbdExport() {
    const ProcessResult gone = run_process(
        {"sh", "-c",
         "pid=$(cat \"$0\"); kill $pid; while kill -0 $pid 2>/dev/null; do sleep 0.01; done",
         pid_file()});
    CHECK(gone.err == "");
  }
  NbdExport(const NbdExport&) = delete;
  NbdExport& operator=(const NbdExport&) = delete;

  std::string uri() const { return "nbd+unix:///?socket=" + socket(); }

 private:
  std::string file(const std::string& node, const std::string& name) const {
    return node + ".driver=file," + node + ".filename=" + (dir_ / name).string();
  }
  std::string socket() const { return (dir_ / "nbd").string(); }
  std::string pid_file() const { return (dir_ / "nbd.pid").string(); }

  const TempDir& dir_;
};

}  // namespace simcheck::test
