// A file as a block device, where the machine permits it.
#pragma once

#include <fcntl.h>
#include <linux/loop.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace simcheck::test {

class LoopDevice {
 public:
  explicit LoopDevice(const std::string& file) {
    const int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
    const int backing = open(file.c_str(), O_RDWR | O_CLOEXEC);
    // Another process may take the free one first.
    for (int attempt = 0; attempt < 10 && path_.empty() && control >= 0 && backing >= 0; ++attempt)
      attach(control, backing);
    if (path_.empty()) why_not_ = std::strerror(errno);
    if (backing >= 0) close(backing);
    if (control >= 0) close(control);
  }
  ~LoopDevice() {
    if (fd_ < 0) return;
    ioctl(fd_, LOOP_CLR_FD, 0);
    close(fd_);
  }
  LoopDevice(const LoopDevice&) = delete;
  LoopDevice& operator=(const LoopDevice&) = delete;

  const std::string& path() const { return path_; }  // empty: there is none
  const std::string& why_not() const { return why_not_; }

 private:
  void attach(int control, int backing) {
    const int number = ioctl(control, LOOP_CTL_GET_FREE);
    if (number < 0) return;
    const std::string path = "/dev/loop" + std::to_string(number);
    const int fd = open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    if (ioctl(fd, LOOP_SET_FD, backing) != 0) {
      const int error = errno;
      close(fd);
      errno = error;
      return;
    }
    fd_ = fd;
    path_ = path;
  }

  int fd_ = -1;
  std::string path_;
  std::string why_not_;
};

}  // namespace simcheck::test
