#include "traces/qemu_io.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "traces/lines.hpp"
#include "traces/qemu_io_command.hpp"

namespace simcheck::traces {
namespace {

// Blank, or a comment: qemu-io has none, people do.
bool says_nothing(std::string_view line) {
  const auto words = words_of(line);
  return words.empty() || words.front().starts_with('#');
}

// Puts requests into stages. A synchronous one with nothing else in flight is a stage of its own;
// with others in flight, what follows waits for it alone.
class Script {
 public:
  void add(const model::Request& request, bool is_async) {
    if (stages_.empty() || is_stage_over_) stages_.emplace_back();
    is_stage_over_ = false;
    outstanding_ |= is_async;
    stages_.back().push_back(request);
    if (is_async) return;
    if (outstanding_) {
      stages_.back().back().waits = true;
    } else {
      is_stage_over_ = true;
    }
  }

  void wait_for_all() {
    if (!stages_.empty() && !stages_.back().empty()) stages_.back().back().waits = false;
    is_stage_over_ = true;
    outstanding_ = false;
  }

  model::Workload take() {
    wait_for_all();
    return {std::move(stages_)};
  }

 private:
  std::vector<model::Stage> stages_;
  bool is_stage_over_ = false;
  bool outstanding_ = false;  // asynchronous ones
};

Error at_line(const Lines& lines, const std::string& message) {
  return Error{fmt::format("line {}: {}", lines.number(), message)};
}

}  // namespace

bool is_qemu_io_script(std::string_view text) {
  Lines lines(text);
  while (lines.next())
    if (!says_nothing(lines.line())) return is_qemu_io_command(words_of(lines.line()).front());
  return false;
}

Result read_qemu_io_script(std::string_view text) {
  using Does = QemuIoCommand::Does;
  Trace trace{.format = "qemu-io script"};
  Script script;
  std::size_t requests = 0;
  Lines lines(text);
  while (lines.next()) {
    if (says_nothing(lines.line())) continue;
    const auto read = read_qemu_io_command(lines.line());
    if (const auto* why = std::get_if<std::string>(&read)) return at_line(lines, *why);
    const auto& command = std::get<QemuIoCommand>(read);
    if (command.does == Does::kEnd) break;
    if (command.does == Does::kWaitAll) script.wait_for_all();
    if (command.does == Does::kNothing)
      trace.omit(std::string(words_of(lines.line()).front()), command.why);
    if (command.does != Does::kRequest) continue;
    if (++requests > kRequestsMax)
      return at_line(lines, fmt::format("more than {} requests", kRequestsMax));
    script.add(command.request, command.is_async);
  }
  if (requests == 0) return Error{"the script holds no requests that write"};
  trace.workload = script.take();
  return trace;
}

}  // namespace simcheck::traces
