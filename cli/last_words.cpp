#include "cli/last_words.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstring>

#include "model/in_progress.hpp"
#include "model/schedule.hpp"
#include "sim/fiber.hpp"

namespace simcheck::cli {
namespace {

using Place = model::InProgress::Place;

constinit std::atomic<const LastWords*> prepared{nullptr};
constinit std::atomic<bool> is_told{false};
static_assert(std::atomic<const LastWords*>::is_always_lock_free);

// Standard error without stdio, whose locks the interrupted code may hold.
class Writer {
 public:
  ~Writer() { flush(); }

  void put(std::string_view text) {
    while (!text.empty()) {
      if (used_ == buffer_.size()) flush();
      const std::size_t bytes = std::min(text.size(), buffer_.size() - used_);
      std::memcpy(buffer_.data() + used_, text.data(), bytes);
      used_ += bytes;
      text.remove_prefix(bytes);
    }
  }
  void put(std::size_t number) {
    std::array<char, 20> digits;
    char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    put({digits.data(), static_cast<std::size_t>(end - digits.data())});
  }
  // Neither workloads nor faults have quotes in them.
  void put_quoted(std::string_view text) {
    put("'");
    put(text);
    put("'");
  }

 private:
  void flush() {
    for (std::size_t done = 0; done < used_;) {
      const ssize_t bytes = ::write(STDERR_FILENO, buffer_.data() + done, used_ - done);
      if (bytes <= 0) break;
      done += static_cast<std::size_t>(bytes);
    }
    used_ = 0;
  }

  std::array<char, 512> buffer_;
  std::size_t used_ = 0;
};

void put_place(Writer& out, const model::InProgress& execution) {
  switch (execution.place()) {
    case Place::kBefore:
      return out.put("before its first execution, while the driver is made or tried out");
    case Place::kInStep:
      out.put("fiber ");
      out.put(execution.fiber());
      out.put(", in step ");
      out.put(execution.steps());
      return out.put(" of the schedule");
    case Place::kBetween:
      out.put("behind step ");
      out.put(execution.steps());
      return out.put(" of the schedule, as it is given up or goes on");
    case Place::kSimulated:
      out.put("fiber ");
      out.put(execution.fiber());
      return out.put(", in virtual time: the same command comes here again");
    case Place::kJudging:
      return out.put("while the properties judge the schedule");
  }
}

void put_command(Writer& out, const LastWords& words, const model::InProgress& execution) {
  out.put(words.command);
  out.put(" --workload ");
  out.put_quoted(execution.subject().workload);
  if (!execution.subject().fault_plan.empty()) {
    out.put(" --fault-plan ");
    out.put_quoted(execution.subject().fault_plan);
  }
  out.put(" --replay '");  // shells take the star for a pattern
  model::spell_schedule(
      execution.steps(), [&](std::size_t i) { return execution.step(i); },
      [&](std::string_view piece) { out.put(piece); });
  out.put("'");
}

}  // namespace

void prepare_last_words(const LastWords* words) { prepared.store(words); }

bool tell_last_words(std::string_view what, std::string_view remark) {
  const LastWords* const words = prepared.load();
  const model::InProgress* const execution = model::InProgress::here();
  if (words == nullptr || execution == nullptr) return false;
  while (is_told.exchange(true)) ::pause();
  Writer out;
  out.put("simcheck: ");
  out.put(what);
  out.put(": driver '");
  out.put(words->driver);
  out.put("'");
  const bool is_simulated = execution->place() == Place::kSimulated;
  if (!is_simulated) out.put(", workload ");
  if (!is_simulated) out.put_quoted(execution->subject().workload);
  out.put("\n  ");
  put_place(out, *execution);
  out.put(remark);
  out.put("\n");
  if (is_simulated) return true;
  out.put("  to come here again, in a debugger: gdb --args ");
  put_command(out, *words, *execution);
  out.put("\n");
  return true;
}

}  // namespace simcheck::cli
