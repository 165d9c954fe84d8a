#include "cli/interrupt.hpp"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>

#include "cli/patience.hpp"

namespace simcheck::cli {
namespace {

// A signal handler can reach nothing else.
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

// timeout(1) sends its signal to the process and to the process's group: that is one request.
constexpr std::int64_t kTogetherNs = 300'000'000;
std::atomic<std::int64_t> first_at{0};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// A terminal that goes may send SIGHUP twice, through the shell, too.
void on_signal(int signal) {
  const int error = errno;
  const std::int64_t now = now_ns();
  std::int64_t first = 0;
  if (first_at.compare_exchange_strong(first, now)) {
    interrupted = true;
    lose_patience(signal);
  } else if (signal != SIGHUP && now - first > kTogetherNs) {
    end_at_once(signal);
  }
  errno = error;
}

// As nohup has it for what is to outlive its terminal.
bool is_ignored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

const std::atomic<bool>& catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESTART);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    if (signal != SIGHUP || !is_ignored(signal)) sigaction(signal, &action, nullptr);
  return interrupted;
}

}  // namespace simcheck::cli
