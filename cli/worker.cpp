#include "cli/worker.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <memory>

#include "cli/crash.hpp"
#include "sim/sanitizer.hpp"

namespace simcheck::cli {
namespace {

// One that finds no place is not sent signals; the process ends all the same.
constinit std::array<std::atomic<pid_t>, 1024> workers{};

pid_t this_thread() { return static_cast<pid_t>(::syscall(SYS_gettid)); }

// AddressSanitizer brings a stack of its own for this, and so may a program that embeds the check.
class SignalStack {
 public:
  SignalStack() {
    stack_t present{};
    if (SIMCHECK_ASAN || sigaltstack(nullptr, &present) != 0) return;
    if ((present.ss_flags & SS_DISABLE) == 0) return;
    memory_ = std::make_unique<std::byte[]>(kBytes);
    stack_t own{};
    own.ss_sp = memory_.get();
    own.ss_size = kBytes;
    sigaltstack(&own, nullptr);
  }
  ~SignalStack() {
    if (!memory_) return;
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    sigaltstack(&none, nullptr);
  }
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;

 private:
  static constexpr std::size_t kBytes = 64 * 1024;
  std::unique_ptr<std::byte[]> memory_;
};

class Worker {
 public:
  Worker() {
    for (std::atomic<pid_t>& place : workers) {
      pid_t free = 0;
      if (!place.compare_exchange_strong(free, this_thread())) continue;
      place_ = &place;
      return;
    }
  }
  // Several threads may call exit() at once. Only the first comes to what std::atexit() was given,
  // and a later one would end the process; but each destroys its own objects before.
  ~Worker() {
    end_if_in_execution();
    if (place_ != nullptr) place_->store(0);
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

 private:
  SignalStack stack_;
  std::atomic<pid_t>* place_ = nullptr;
};

}  // namespace

void begin_worker() { [[maybe_unused]] static thread_local const Worker worker; }

std::size_t signal_other_workers(int signal) {
  std::size_t sent = 0;
  for (const std::atomic<pid_t>& place : workers) {
    const pid_t thread = place.load();
    if (thread == 0 || thread == this_thread()) continue;
    if (::syscall(SYS_tgkill, ::getpid(), thread, signal) == 0) ++sent;
  }
  return sent;
}

}  // namespace simcheck::cli
