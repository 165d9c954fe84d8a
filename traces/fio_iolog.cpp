#include "traces/fio_iolog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "traces/lines.hpp"

namespace simcheck::traces {
namespace {

using model::Request;
using sim::IoKind;

constexpr std::string_view kHeaderBegin = "fio version ";
constexpr std::string_view kHeaderEnd = " iolog";
constexpr std::uint64_t kFileAlignment = std::uint64_t{1} << 20;  // of a file's part of the disk
constexpr std::uint64_t kOffsetMax = std::uint64_t{1} << 62;

// Thrown within this file only.
struct Failure {
  std::string message;
};

struct Action {
  std::string_view name;
  IoKind kind;
  const char* why_left_out = nullptr;
};

constexpr Action kActions[] = {
    {"write", IoKind::kWrite},
    {"trim", IoKind::kDiscard},
    {"sync", IoKind::kFlush},
    {"datasync", IoKind::kFlush},
    {"syncfs", IoKind::kFlush},
    {"read", IoKind::kRead, "it changes nothing and is not logged"},
    {"sync_file_range", IoKind::kFlush, "it makes nothing durable"},
    {"wait", IoKind::kFlush, "it only takes time"},
};

bool is_about_file(std::string_view action) {
  return action == "add" || action == "open" || action == "close";
}

// The word and all before it, as they stand in the line.
std::string_view up_to(std::string_view line, std::string_view word) {
  return line.substr(0, static_cast<std::size_t>(word.data() + word.size() - line.data()));
}

class Reader {
 public:
  explicit Reader(std::string_view text) : lines_(text) {}

  Trace read() {
    while (lines_.next()) read_line();
    if (placed_.empty()) throw Failure{"the log holds no requests that write"};
    lay_out();
    trace_.format = fmt::format("fio iolog, version {}", version_);
    if (runs_ > 1)
      trace_.remarks.push_back(fmt::format(
          "it holds {} logs, one behind the other, as fio appends them; each begins when the one "
          "before it is done",
          runs_));
    return std::move(trace_);
  }

 private:
  // A request, in which file, of which log.
  struct Placed {
    Request request;
    std::size_t file, run;
  };
  struct File {
    std::size_t number = 0;  // in order of appearance
    std::uint64_t end = 0;   // of its requests
  };
  void read_line() {
    const std::string_view line = lines_.line();
    // Without a number in between, the two share their blank.
    const bool has_room = line.size() >= kHeaderBegin.size() + kHeaderEnd.size();
    if (has_room && line.starts_with(kHeaderBegin) && line.ends_with(kHeaderEnd))
      return begin_run(line);
    std::vector<std::string_view> words = words_of(line);
    if (words.empty()) return;
    if (runs_ == 0) fail("stands before the header, which says 'fio version 3 iolog'");
    if (version_ == 3) {
      if (!number_of(words.front())) fail("has no time in front, as lines of version 3 have");
      words.erase(words.begin());
    }
    read_action(words);
  }

  void begin_run(std::string_view line) {
    line.remove_prefix(kHeaderBegin.size());
    line.remove_suffix(kHeaderEnd.size());
    const auto version = number_of(line);
    if (version != 2U && version != 3U)
      fail("is of a version that is not known; fio 3 writes 2 and 3");
    version_ = *version;
    ++runs_;
  }

  // From the line's end, since the name of a file may hold blanks.
  void read_action(const std::vector<std::string_view>& words) {
    const std::size_t n = words.size();
    if (n >= 2 && is_about_file(words[n - 1])) return;
    const bool has_range = n >= 4 && number_of(words[n - 2]) && number_of(words[n - 1]);
    const auto action =
        has_range ? std::ranges::find(kActions, words[n - 3], &Action::name) : std::end(kActions);
    if (action == std::end(kActions))
      fail(
          "is neither FILE add|open|close nor FILE ACTION OFFSET LENGTH with an action of read, "
          "write, trim, sync, datasync, syncfs, sync_file_range, wait");
    if (action->why_left_out != nullptr)
      return trace_.omit(std::string(action->name), action->why_left_out);
    add(*action, name_of_file(words), *number_of(words[n - 2]), *number_of(words[n - 1]));
  }

  std::string name_of_file(const std::vector<std::string_view>& words) const {
    const std::string_view last = words[words.size() - 4];
    const std::string_view all = up_to(lines_.line(), last);
    return std::string(all.substr(static_cast<std::size_t>(words.front().data() - all.data())));
  }

  // fio gives a sync the place of the last write.
  void add(const Action& action, const std::string& name, std::uint64_t offset,
           std::uint64_t length) {
    if (placed_.size() == kRequestsMax)
      fail(fmt::format("is one request more than the {} that are taken", kRequestsMax));
    Request request{.kind = action.kind};
    File& file = files_.try_emplace(name, File{files_.size()}).first->second;
    if (action.kind != IoKind::kFlush) {
      if (offset > kOffsetMax || length > kOffsetMax - offset) fail("ends past 2^62");
      if (length == 0) return trace_.omit("empty " + std::string(action.name), "it does nothing");
      request.offset = offset;
      request.length = length;
      file.end = std::max(file.end, offset + length);
    }
    placed_.push_back({request, file.number, runs_});
  }

  void lay_out() {
    std::vector<std::uint64_t> ends(files_.size()), begins(files_.size());
    for (const auto& [name, file] : files_) ends[file.number] = file.end;
    for (std::size_t i = 1; i < begins.size(); ++i)
      begins[i] =
          begins[i - 1] + (ends[i - 1] + kFileAlignment - 1) / kFileAlignment * kFileAlignment;
    std::size_t run = 0;
    for (Placed& placed : placed_) {
      if (placed.run != run) trace_.workload.stages.emplace_back();
      run = placed.run;
      if (placed.request.kind != IoKind::kFlush) placed.request.offset += begins[placed.file];
      trace_.workload.stages.back().push_back(placed.request);
    }
    if (files_.size() > 1)
      trace_.remarks.push_back(
          fmt::format("its {} files lie one behind the other on the disk", files_.size()));
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Failure{fmt::format("line {}: {} {}", lines_.number(), in_quotes(lines_.line()), what)};
  }

  Lines lines_;
  Trace trace_;
  std::uint64_t version_ = 0;
  std::size_t runs_ = 0;
  std::map<std::string, File> files_;
  std::vector<Placed> placed_;
};

}  // namespace

bool is_fio_iolog(std::string_view text) { return text.starts_with(kHeaderBegin); }

Result read_fio_iolog(std::string_view text) {
  try {
    return Reader(text).read();
  } catch (const Failure& failure) {
    return Error{failure.message};
  }
}

}  // namespace simcheck::traces
