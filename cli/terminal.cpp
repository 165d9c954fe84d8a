#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "cli/option_values.hpp"
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

// Shells that are asked to export it keep it up to date; users set it where the terminal is wrong.
std::size_t columns_wanted() {
  const char* const text = std::getenv("COLUMNS");
  if (text == nullptr) return 0;
  std::size_t columns = 0;
  const char* const end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, columns);
  return error == std::errc{} && stop == end ? columns : 0;
}

bool is_set(const char* variable) {
  const char* const value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

// One without a name may be anything.
bool is_terminal_dumb() {
  return !is_set("TERM") || std::string_view(std::getenv("TERM")) == "dumb";
}

// Can what stands on its last line be written over?
bool is_error_output_a_screen() { return isatty(STDERR_FILENO) != 0 && !is_terminal_dumb(); }

// One column stays free: in the last one, some terminals already wrap. The width may change.
std::size_t progress_width() { return std::max<std::size_t>(terminal_width(STDERR_FILENO), 2) - 1; }

}  // namespace

std::size_t output_width() {
  const std::size_t standard = reports::TextOptions{}.width;
  std::size_t width = terminal_width(STDOUT_FILENO);
  if (width == 0) return standard;
  if (const std::size_t wanted = columns_wanted(); wanted != 0) width = wanted;
  return std::clamp(width, reports::kTextWidthMin, standard);
}

ColorChoice read_color_choice(const std::string& text) {
  using enum ColorChoice;
  return read_choice<ColorChoice>(text, {{"auto", kAuto}, {"always", kAlways}, {"never", kNever}});
}

bool is_output_coloured(ColorChoice choice) {
  if (choice != ColorChoice::kAuto) return choice == ColorChoice::kAlways;
  return isatty(STDOUT_FILENO) != 0 && !is_terminal_dumb() && !is_set("NO_COLOR");
}

void note(const std::string& text) {
  // A line of progress may be there.
  const std::string start = is_error_output_a_screen() ? kEraseLine : "";
  std::fputs((start + "simcheck: note: " + text + "\n").c_str(), stderr);
}

bool is_watched() { return isatty(STDERR_FILENO) != 0; }

ProgressLine::ProgressLine(bool wanted) : wanted_(wanted && is_error_output_a_screen()) {}

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
