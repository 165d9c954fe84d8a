#include "traces/qemu_io_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "model/workload_size.hpp"
#include "traces/lines.hpp"

namespace simcheck::traces {
namespace {

using Does = QemuIoCommand::Does;
using sim::IoKind;
using Words = std::vector<std::string_view>;

constexpr std::uint8_t kFillDefault = 0xcd;  // what qemu-io writes without -P
constexpr std::uint64_t kOffsetMax = std::uint64_t{1} << 62;

struct Known {
  std::string_view name, alias;
  Does does;
  IoKind kind = IoKind::kWrite;
  bool is_async = false;
  const char* why = "";
};

constexpr const char* kIsRead = "it changes nothing and is not logged";
constexpr const char* kAsks = "it is no request";

constexpr Known kCommands[] = {
    {"write", "w", Does::kRequest},
    {"writev", "", Does::kRequest},
    {"aio_write", "", Does::kRequest, IoKind::kWrite, true},
    {"discard", "d", Does::kRequest, IoKind::kDiscard},
    {"flush", "f", Does::kRequest, IoKind::kFlush},
    {"aio_flush", "", Does::kWaitAll},
    {"quit", "q", Does::kEnd},
    {"read", "r", Does::kNothing, {}, false, kIsRead},
    {"readv", "rv", Does::kNothing, {}, false, kIsRead},
    {"aio_read", "", Does::kNothing, {}, false, kIsRead},
    {"sleep", "", Does::kNothing, {}, false, "it only takes time"},
    {"abort", "", Does::kNothing, {}, false, kAsks},
    {"alloc", "", Does::kNothing, {}, false, kAsks},
    {"break", "", Does::kNothing, {}, false, kAsks},
    {"close", "c", Does::kNothing, {}, false, kAsks},
    {"help", "?", Does::kNothing, {}, false, kAsks},
    {"info", "i", Does::kNothing, {}, false, kAsks},
    {"length", "l", Does::kNothing, {}, false, kAsks},
    {"map", "", Does::kNothing, {}, false, kAsks},
    {"open", "o", Does::kNothing, {}, false, kAsks},
    {"remove_break", "", Does::kNothing, {}, false, kAsks},
    {"reopen", "", Does::kNothing, {}, false, kAsks},
    {"resume", "", Does::kNothing, {}, false, kAsks},
    {"sigraise", "", Does::kNothing, {}, false, kAsks},
    {"truncate", "t", Does::kNothing, {}, false, kAsks},
    {"wait_break", "", Does::kNothing, {}, false, kAsks},
};

const Known* find_command(std::string_view name) {
  const auto found = std::ranges::find_if(kCommands, [name](const Known& known) {
    return known.name == name || (!known.alias.empty() && known.alias == name);
  });
  return found == std::end(kCommands) ? nullptr : &*found;
}

// Thrown within this file only.
struct Failure {
  std::string message;
};

// The arguments of one request: flags that may be joined (-qz), then numbers.
class Arguments {
 public:
  explicit Arguments(const Words& words) : words_(words) {}

  QemuIoCommand read(const Known& known) {
    command_ = {
        .does = Does::kRequest, .request = {.kind = known.kind}, .is_async = known.is_async};
    std::size_t at = 1;
    for (; at < words_.size() && words_[at].starts_with('-'); ++at) read_flags(at);
    if (known.kind != IoKind::kFlush) read_range(at);
    if (known.kind == IoKind::kWrite) settle_write();
    return std::move(command_);
  }

 private:
  void read_flags(std::size_t& at) {
    const std::string_view flags = words_[at].substr(1);
    for (std::size_t i = 0; i < flags.size(); ++i) {
      if (flags[i] == 'P' || flags[i] == 's') {
        const std::string_view value = i + 1 < flags.size() ? flags.substr(i + 1) : next_word(at);
        if (flags[i] == 'P') pattern_ = read_pattern(value);
        from_file_ |= flags[i] == 's';
        return;
      }
      read_flag(flags[i]);
    }
  }

  void read_flag(char flag) {
    is_zeroes_ |= flag == 'z';
    command_.request.fua |= flag == 'f';
    if (flag == 'b') leave_out("it writes to the VM state, not to the disk");
    if (flag == 'c') leave_out("it writes compressed data");
    if (flag == 'i') leave_out("it is invalid on purpose");
    if (std::string_view("zfbcinpuqCv").find(flag) == std::string_view::npos)
      throw Failure{fmt::format("-{} is no flag of {}", flag, words_.front())};
  }

  std::string_view next_word(std::size_t& at) const {
    if (++at < words_.size()) return words_[at];
    throw Failure{fmt::format("{} needs a value", words_[at - 1])};
  }

  static std::uint8_t read_pattern(std::string_view text) {
    const auto number = model::parse_size(text);
    if (number && *number <= 255) return static_cast<std::uint8_t>(*number);
    throw Failure{fmt::format("-P takes a byte, 0 to 255, not {}", in_quotes(text))};
  }

  static std::uint64_t read_number(std::string_view text) {
    std::string lower(text);
    if (!lower.empty() && lower.back() >= 'A' && lower.back() <= 'Z' && !lower.starts_with("0x"))
      lower.back() = static_cast<char>(lower.back() - 'A' + 'a');
    const auto number = model::parse_size(lower);
    if (number && *number <= kOffsetMax) return *number;
    throw Failure{
        fmt::format("{} is no offset or length, such as 4096, 64k or 0x1000", in_quotes(text))};
  }

  // OFFSET LENGTH, and of vectored commands further lengths.
  void read_range(std::size_t at) {
    if (words_.size() < at + 2)
      throw Failure{fmt::format("{} needs an offset and a length", words_.front())};
    model::Request& request = command_.request;
    request.offset = read_number(words_[at]);
    for (++at; at < words_.size(); ++at) request.length += read_number(words_[at]);
    if (request.length > kOffsetMax - request.offset) throw Failure{"ends past 2^62"};
    if (request.length == 0 && (is_zeroes_ || request.kind != IoKind::kWrite))
      leave_out("of length 0 it does nothing");
  }

  void settle_write() {
    model::Request& request = command_.request;
    if (is_zeroes_) {
      request.kind = IoKind::kZeroes;
    } else if (!from_file_) {
      request.pattern = pattern_.value_or(kFillDefault);
    }
  }

  void leave_out(const char* why) {
    command_.does = Does::kNothing;
    command_.why = why;
  }

  const Words& words_;
  QemuIoCommand command_;
  std::optional<std::uint8_t> pattern_;
  bool is_zeroes_ = false, from_file_ = false;
};

}  // namespace

bool is_qemu_io_command(std::string_view name) { return find_command(name) != nullptr; }

std::variant<QemuIoCommand, std::string> read_qemu_io_command(std::string_view line) {
  const Words words = words_of(line);
  const Known* known = find_command(words.front());
  if (known == nullptr) return in_quotes(words.front()) + " is no command of qemu-io";
  if (known->does != Does::kRequest) return QemuIoCommand{.does = known->does, .why = known->why};
  try {
    return Arguments(words).read(*known);
  } catch (const Failure& failure) {
    return failure.message;
  }
}

}  // namespace simcheck::traces
