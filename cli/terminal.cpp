#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "reports/progress.hpp"
#include "reports/text.hpp"

namespace simcheck::cli {
namespace {

constexpr std::size_t kWidthUnknown = 80;
constexpr const char* kEraseLine = "\r\x1b[K";

// 0 if it is no terminal.
std::size_t terminal_width(int fd) {
  if (isatty(fd) == 0) return 0;
  winsize size{};
  const bool known = ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col != 0;
  return known ? size.ws_col : kWidthUnknown;
}

// One column stays free: in the last one, some terminals already wrap. The width may change.
std::size_t progress_width() { return std::max<std::size_t>(terminal_width(STDERR_FILENO), 2) - 1; }

}  // namespace

std::size_t output_width() {
  const std::size_t standard = reports::TextOptions{}.width;
  const std::size_t width = terminal_width(STDOUT_FILENO);
  return width == 0 ? standard : std::clamp(width, reports::kTextWidthMin, standard);
}

void note(const std::string& text) {
  // A line of progress may be there.
  const std::string start = shows_progress() ? kEraseLine : "";
  std::fputs((start + "simcheck: note: " + text + "\n").c_str(), stderr);
}

bool shows_progress() { return terminal_width(STDERR_FILENO) != 0; }

ProgressLine::ProgressLine(bool wanted) : wanted_(wanted && shows_progress()) {}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs(kEraseLine, stderr);
}

std::function<void(const model::Progress&)> ProgressLine::callback() {
  if (!wanted_) return nullptr;
  return [this](const model::Progress& progress) {
    show(reports::progress_line(progress, progress_width()));
  };
}

void ProgressLine::show(const std::string& text) {
  if (!wanted_) return;
  std::fputs((kEraseLine + text.substr(0, progress_width())).c_str(), stderr);
  shown_ = true;
}

}  // namespace simcheck::cli
