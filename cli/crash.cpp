#include "cli/crash.hpp"

#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <cstdlib>

#include "cli/exit_status.hpp"
#include "cli/last_words.hpp"
#include "sim/assert.hpp"
#include "sim/sanitizer.hpp"

namespace simcheck::cli {
namespace {

struct Crash {
  int signal;
  const char* what;
  struct sigaction before {};  // what was to be done about it
};

std::array<Crash, 5> crashes = {{{SIGSEGV, "SIGSEGV in the code under test"},
                                 {SIGBUS, "SIGBUS in the code under test"},
                                 {SIGFPE, "SIGFPE in the code under test"},
                                 {SIGILL, "SIGILL in the code under test"},
                                 {SIGABRT, "SIGABRT in the code under test"}}};

// 0 where it is not known.
std::uintptr_t stack_pointer_of([[maybe_unused]] const void* context) {
#if defined(__x86_64__)
  const auto* const at = static_cast<const ucontext_t*>(context);
  return static_cast<std::uintptr_t>(at->uc_mcontext.gregs[REG_RSP]);
#elif defined(__aarch64__)
  return static_cast<std::uintptr_t>(static_cast<const ucontext_t*>(context)->uc_mcontext.sp);
#else
  return 0;
#endif
}

// Below each stack lies a page that is mapped and may not be touched.
bool is_stack_full(const siginfo_t& info, const void* context) {
  constexpr std::uintptr_t kNear = 64 * 1024;
  const auto at = reinterpret_cast<std::uintptr_t>(info.si_addr);
  const std::uintptr_t stack = stack_pointer_of(context);
  return info.si_signo == SIGSEGV && info.si_code == SEGV_ACCERR && stack != 0 &&
         at + kNear > stack && at < stack + kNear;
}

// What was to be done about the signal is done once this returns: where an instruction failed, it
// fails again, so that a debugger or a core dump shows it; else the signal is sent once more.
void on_crash(int signal, siginfo_t* info, void* context) {
  for (const Crash& crash : crashes) {
    if (crash.signal != signal) continue;
    tell_last_words(crash.what,
                    is_stack_full(*info, context) ? "; its stack of 256 KiB is full" : "");
    sigaction(signal, &crash.before, nullptr);
  }
  if (info->si_code <= 0) raise(signal);
}

void watch_for_signals() {
  struct sigaction action {};
  action.sa_sigaction = on_crash;
  action.sa_flags = static_cast<int>(SA_SIGINFO | SA_ONSTACK);
  for (const Crash& crash : crashes) sigaddset(&action.sa_mask, crash.signal);
  for (Crash& crash : crashes) sigaction(crash.signal, &action, &crash.before);
}

void on_assertion() { tell_last_words("an assertion failed while it ran"); }

}  // namespace

void end_if_in_execution() {
  if (tell_last_words("the code under test called exit()"))
    ::_exit(static_cast<int>(ExitStatus::kInternal));
}

void watch_for_crashes() {
  static bool is_watching = false;
  if (is_watching) return;
  is_watching = true;
  // Sanitizers report crashes themselves.
  if (!SIMCHECK_ASAN) watch_for_signals();
  sim::tell_more_of_assertions(on_assertion);
  std::atexit(end_if_in_execution);
  std::at_quick_exit(end_if_in_execution);
}

}  // namespace simcheck::cli
