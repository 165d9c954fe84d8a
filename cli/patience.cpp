#include "cli/patience.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdint>

#include "cli/exit_status.hpp"
#include "cli/last_words.hpp"
#include "cli/worker.hpp"
#include "model/in_progress.hpp"

namespace simcheck::cli {
namespace {

// SIGALRM comes once a second then, and the first time only shows where the execution is.
constexpr std::uint32_t kLooks = 5;

constinit std::atomic<bool> is_patient{false};
constinit std::atomic<int> signal_to_end_by{0};
constinit std::atomic<bool> ends_now{false};

struct Look {
  std::uint64_t sign_of_life = 0;
  std::uint32_t in_vain = 0;
};
constinit thread_local Look last_look;

[[noreturn]] void end() {
  const int signal = signal_to_end_by;
  if (signal == 0) ::_exit(static_cast<int>(ExitStatus::kInternal));
  std::signal(signal, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
  ::kill(::getpid(), signal);
  ::_exit(128 + signal);
}

// At what this thread runs.
void look() {
  const model::InProgress* const execution = model::InProgress::here();
  if (execution == nullptr) {
    last_look = {};
    return;
  }
  const std::uint64_t sign = execution->sign_of_life();
  if (last_look.in_vain == 0 || sign != last_look.sign_of_life) last_look = {sign, 0};
  if (++last_look.in_vain <= kLooks && !ends_now) return;
  const bool told = tell_last_words(ends_now ? "ended at once, by a second signal"
                                             : "the code under test does not come back");
  if (told) end();
}

// The kernel sends it to any thread, which passes it on to those that explore: each can tell only
// of what it does itself.
void on_alarm(int, siginfo_t* info, void*) {
  const int error = errno;
  look();
  if (info->si_code != SI_TKILL) {
    if (ends_now) end();
    signal_other_workers(SIGALRM);
    if (is_patient) ::alarm(1);
  }
  errno = error;
}

void catch_alarms() {
  struct sigaction action {};
  action.sa_sigaction = on_alarm;
  action.sa_flags = static_cast<int>(SA_SIGINFO | SA_ONSTACK | SA_RESTART);
  sigaction(SIGALRM, &action, nullptr);
}

}  // namespace

void begin_patience(double seconds_max) {
  constexpr double kSecondsMost = 1e9;  // more cannot be waited for
  catch_alarms();
  is_patient = true;
  if (seconds_max > 0)
    ::alarm(static_cast<unsigned>(std::ceil(std::min(seconds_max, kSecondsMost))));
}

void forgo_patience() {
  is_patient = false;
  if (!ends_now) ::alarm(0);
}

void lose_patience(int signal) {
  signal_to_end_by = signal;
  if (is_patient) ::alarm(1);
}

void end_at_once(int signal) {
  signal_to_end_by = signal;
  ends_now = true;
  if (!is_patient) end();
  look();
  // Whoever does not come back is told to say so, and has a second for it.
  if (signal_other_workers(SIGALRM) == 0) end();
  ::alarm(1);
}

}  // namespace simcheck::cli
