#include "cli/interrupt.hpp"

#include <csignal>

namespace simcheck::cli {
namespace {

// A signal handler can reach nothing else.
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void on_signal(int) { interrupted.store(true, std::memory_order_relaxed); }

// As nohup has it for what is to outlive its terminal.
bool is_ignored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

const std::atomic<bool>& catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  for (const int signal : {SIGINT, SIGTERM}) sigaction(signal, &action, nullptr);
  if (is_ignored(SIGHUP)) return interrupted;
  // A terminal that goes may send it twice, through the shell, too.
  action.sa_flags = static_cast<int>(SA_RESTART);
  sigaction(SIGHUP, &action, nullptr);
  return interrupted;
}

}  // namespace simcheck::cli
