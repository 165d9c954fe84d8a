#include "cli/interrupt.hpp"

#include <cerrno>
#include <csignal>

#include "cli/patience.hpp"

namespace simcheck::cli {
namespace {

// A signal handler can reach nothing else.
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

// A terminal that goes may send SIGHUP twice, through the shell, too.
void on_signal(int signal) {
  const int error = errno;
  const bool is_first = !interrupted.exchange(true);
  if (is_first) lose_patience(signal);
  if (!is_first && signal != SIGHUP) end_at_once(signal);
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
