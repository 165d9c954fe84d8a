#include "cli/workload_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/catalog.hpp"
#include "cli/did_you_mean.hpp"
#include "cli/usage_error.hpp"
#include "logs/image.hpp"
#include "logs/requests.hpp"
#include "logs/walk.hpp"
#include "model/workload_parser.hpp"
#include "traces/blktrace.hpp"
#include "traces/fio_iolog.hpp"
#include "traces/qemu_io.hpp"

namespace simcheck::cli {
namespace {

constexpr std::size_t kFileBytesMax = std::size_t{1} << 30;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

[[noreturn]] void fail(const std::string& path, std::string_view why) {
  throw UsageError(fmt::format("--workload: {}: {}", in_quotes(path), why));
}

// A text has no NUL; a file that begins with one is a log without a superblock, or no input at all.
void refuse_binary(const std::string& path, std::string_view begin) {
  if (traces::is_blktrace(std::as_bytes(std::span(begin)))) return;
  if (begin.substr(0, 512).find('\0') == begin.npos) return;
  fail(path,
       "neither a text, nor a trace of blktrace, nor a log image: it has no superblock in sector 0 "
       "(a log that was never flushed or closed has none)");
}

// Also of pipes, which a shell makes of <(...).
std::string contents_of(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (file == nullptr) fail(path, std::strerror(errno));
  std::string contents;
  std::array<char, 65536> piece;
  while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), file.get())) {
    if (contents.empty()) refuse_binary(path, {piece.data(), got});
    contents.append(piece.data(), got);
    if (contents.size() > kFileBytesMax) fail(path, "is longer than 1 GiB, and no log image");
  }
  if (std::ferror(file.get()) != 0) fail(path, std::strerror(errno));
  return contents;
}

bool is_seekable(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  return std::filesystem::is_regular_file(status) || std::filesystem::is_block_file(status);
}

model::Request request_of(const logs::LoggedRequest& logged) {
  const auto kind = [&] {
    switch (logged.kind) {
      case logs::RequestKind::kZeroes:
        return sim::IoKind::kZeroes;
      case logs::RequestKind::kDiscard:
        return sim::IoKind::kDiscard;
      case logs::RequestKind::kFlush:
        return sim::IoKind::kFlush;
      case logs::RequestKind::kWrite:
        break;
    }
    return sim::IoKind::kWrite;
  }();
  if (kind == sim::IoKind::kFlush) return {.kind = kind};
  return {.kind = kind,
          .offset = logged.offset_bytes,
          .length = logged.length_bytes,
          .pattern = logged.fill,
          .fua = logged.fua && kind != sim::IoKind::kDiscard};
}

std::string number_of_requests(std::size_t number) {
  return fmt::format("{} request{}", number, number == 1 ? "" : "s");
}

// The log does not say what was in flight together, so everything may have been.
WorkloadInput from_image(const std::string& path, const logs::ByteSource& source) {
  const auto logged = logs::requests_of(source, {.entries_max = traces::kRequestsMax});
  if (const auto* error = std::get_if<logs::Error>(&logged)) fail(path, error->message);
  model::Stage requests;
  for (const logs::LoggedRequest& request : std::get<std::vector<logs::LoggedRequest>>(logged))
    requests.push_back(request_of(request));
  if (requests.empty()) fail(path, "the log holds no requests");
  std::string description =
      fmt::format("log image {}, {}", path, number_of_requests(requests.size()));
  return {.description = std::move(description),
          .workload = {{std::move(requests)}},
          .sector_size = logs::read_superblock(source)->sector_size};
}

// Nothing if the file is no log image.
std::optional<WorkloadInput> try_image(const std::string& path) {
  if (!is_seekable(path)) return std::nullopt;
  const auto opened = logs::FileSource::open(path);
  if (const auto* error = std::get_if<logs::Error>(&opened)) fail(path, error->message);
  const auto& source = *std::get<std::unique_ptr<logs::FileSource>>(opened);
  const auto super = logs::read_superblock(source);
  if (super && super->magic == logs::kMagic) return from_image(path, source);
  return std::nullopt;
}

std::vector<std::string> notes_of(const traces::Trace& trace) {
  std::vector<std::string> notes = trace.remarks;
  for (const traces::Omission& omission : trace.omissions)
    notes.push_back(
        fmt::format("{} x {} left out: {}", omission.count, omission.what, omission.why));
  return notes;
}

// Of a kind that only other programs write; nothing if it is none of these.
std::optional<traces::Result> try_trace(std::string_view contents) {
  if (traces::is_fio_iolog(contents)) return traces::read_fio_iolog(contents);
  const auto bytes = std::as_bytes(std::span(contents));
  if (traces::is_blktrace(bytes)) return traces::read_blktrace(bytes);
  return std::nullopt;
}

WorkloadInput from_trace(const std::string& path, traces::Result result) {
  if (const auto* error = std::get_if<traces::Error>(&result)) fail(path, error->message);
  auto& trace = std::get<traces::Trace>(result);
  return {.description = fmt::format("{} {}, {}", trace.format, path,
                                     number_of_requests(trace.workload.size())),
          .workload = std::move(trace.workload),
          .notes = notes_of(trace)};
}

// A script of qemu-io separates its commands by line ends, a workload by commas and semicolons.
bool is_script(std::string_view contents) {
  return contents.find_first_of(",;") == contents.npos && traces::is_qemu_io_script(contents);
}

// With a guess at what a misspelt kind was to be. A word alone may have been a set's name.
std::string in_words(const model::WorkloadError& error, const std::string& text) {
  std::vector<std::string> known = {"write", "zeroes", "discard", "flush"};
  if (error.unknown_kind == text)
    for (const WorkloadSetInfo& set : all_workload_sets()) known.emplace_back(set.name);
  return error.message + did_you_mean(error.unknown_kind, known);
}

WorkloadInput from_file(const std::string& path, const model::ParseOptions& options) {
  if (auto input = try_image(path)) return *std::move(input);
  const std::string contents = contents_of(path);
  if (auto trace = try_trace(contents)) return from_trace(path, *std::move(trace));
  auto parsed = model::parse_workload(contents, options);
  if (auto* workload = std::get_if<model::Workload>(&parsed))
    return {.description = "file " + path, .workload = std::move(*workload)};
  if (is_script(contents)) {
    auto script = traces::read_qemu_io_script(contents);
    const auto* error = std::get_if<traces::Error>(&script);
    if (error != nullptr && error->message.find("qemu-io") == std::string::npos) {
      fail(path, error->message +
                     " (read as a script of qemu-io, a command a line; requests of a workload have "
                     "commas or semicolons between them)");
    }
    return from_trace(path, std::move(script));
  }
  fail(path, in_words(std::get<model::WorkloadError>(parsed), contents));
}

// Texts of several words are no misspelt paths.
bool looks_like_path(std::string_view argument) {
  return argument.find('/') != argument.npos || argument.find_first_of(" ,;*") == argument.npos;
}

// Every request, unless these are many and were given in short, such as "5000*write".
std::string description_of(const model::Workload& workload, const std::string& given) {
  constexpr std::size_t kWhole = 300;  // bytes
  std::string whole = model::to_text(workload);
  if (whole.size() <= kWhole || whole.size() <= given.size()) return whole;
  std::string line = given;
  std::ranges::replace(line, '\n', ' ');
  return line;
}

}  // namespace

WorkloadInput read_workload(const std::string& argument, std::uint64_t extent_bytes) {
  const model::ParseOptions options{.extent_bytes = extent_bytes};
  auto parsed = model::parse_workload(argument, options);
  if (auto* workload = std::get_if<model::Workload>(&parsed)) {
    std::string description = description_of(*workload, argument);
    return {.description = std::move(description), .workload = std::move(*workload)};
  }
  std::error_code error;
  if (std::filesystem::exists(argument, error)) return from_file(argument, options);
  if (argument == "-") fail(argument, "is no file; standard input is '/dev/stdin'");
  const std::string prefix = looks_like_path(argument) ? "no such file, and no workload: " : "";
  fail(argument, prefix + in_words(std::get<model::WorkloadError>(parsed), argument));
}

}  // namespace simcheck::cli
