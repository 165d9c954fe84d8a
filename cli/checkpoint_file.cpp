#include "cli/checkpoint_file.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

#include "cli/atomic_file.hpp"
#include "cli/did_you_mean.hpp"
#include "cli/terminal.hpp"
#include "cli/usage_error.hpp"
#include "cli/version.hpp"
#include "model/archive.hpp"
#include "sim/hash128.hpp"

namespace simcheck::cli {
namespace {

constexpr std::string_view kName = "simcheck-checkpoint ";
constexpr int kCheckpointFormat = 4;

std::string first_line() { return fmt::format("{}{}\n", kName, kCheckpointFormat); }

struct Head {
  std::string version = kVersion;
  Settings settings;

  void save_or_load(model::Archive& archive) { archive(version, settings); }
};

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

// Of the parts in turn, their sizes included.
class Checksum {
 public:
  void add(std::string_view text) { sim::mix(hash_, bytes_of(text)); }
  std::string text() const { return fmt::format("{:016x}{:016x}\n", hash_.high, hash_.low); }

 private:
  sim::Hash128 hash_ = sim::kHashSeed;
};

std::string size_bytes(std::uint64_t size) {
  return {reinterpret_cast<const char*>(&size), sizeof(size)};
}

std::string contents(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw UsageError("does not exist");
  if (!std::filesystem::is_regular_file(status)) throw UsageError("is no regular file");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad())
    throw UsageError(fmt::format("cannot be read: {}", std::strerror(errno)));
  return text;
}

[[noreturn]] void complain_of_damage() {
  throw UsageError(
      "is damaged: its checksum does not match; take another copy of it, or begin anew without "
      "--resume");
}

void require_format(std::string_view text) {
  if (!text.starts_with(kName)) throw UsageError("is no checkpoint of simcheck");
  if (text.starts_with(first_line())) return;
  const std::string_view format = text.substr(kName.size(), text.find('\n') - kName.size());
  if (format == fmt::to_string(kCheckpointFormat))
    complain_of_damage();  // cut short within the line
  throw UsageError(fmt::format("has format {}, and this program reads {}; begin anew",
                               in_quotes(format.substr(0, 10)), kCheckpointFormat));
}

// Takes a part off the text.
std::string_view take_part(std::string_view& text) {
  std::uint64_t size = 0;
  if (text.size() < sizeof(size)) complain_of_damage();
  std::memcpy(&size, text.data(), sizeof(size));
  text.remove_prefix(sizeof(size));
  if (text.size() < size) complain_of_damage();
  const std::string_view part = text.substr(0, size);
  text.remove_prefix(size);
  return part;
}

void require_same(const Head& head, const Settings& settings) {
  if (head.version != kVersion)
    throw UsageError(
        fmt::format("was saved by simcheck {}, and this is {}; use that one, or begin anew",
                    head.version, kVersion));
  const auto other = difference(head.settings, settings);
  if (!other) return;
  const auto shown = [](const std::string& value) {
    return value.empty() ? "not given" : in_quotes(value);
  };
  throw UsageError(
      fmt::format("is of a run in which {} was {}, and here it is {}; repeat the options of "
                  "that run",
                  other->option, shown(other->saved), shown(other->now)));
}

// A right checksum does not make it right: whoever can write a file can compute one.
Head head_in(std::string_view bytes) {
  Head head;
  model::Archive archive{std::string(bytes)};
  try {
    archive(head);
  } catch (const model::ArchiveError&) {
    complain_of_damage();
  }
  return head;
}

std::string state_in(std::string_view text, const Settings& settings) {
  require_format(text);
  Checksum checksum;
  checksum.add(first_line());
  text.remove_prefix(first_line().size());
  const std::string_view head_bytes = take_part(text), state = take_part(text);
  checksum.add(head_bytes);
  checksum.add(state);
  if (text != checksum.text()) complain_of_damage();
  require_same(head_in(head_bytes), settings);
  return std::string(state);
}

}  // namespace

bool is_checkpoint(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string start(kName.size(), '\0');
  return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == kName;
}

CheckpointFile::CheckpointFile(std::string path, Settings settings)
    : path_(std::move(path)), settings_(std::move(settings)) {
  try {
    const AtomicFile probe(path_);
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("--checkpoint: {}", error.what()));
  }
}

void CheckpointFile::save(const std::string& state) {
  try {
    write(state);
    failure_.clear();
  } catch (const UsageError& error) {
    failure_ = fmt::format("--checkpoint: {}", error.what());
    note(failure_ + "; the check goes on");
  }
}

void CheckpointFile::require_saved() const {
  if (!failure_.empty()) throw UsageError(failure_);
}

void CheckpointFile::write(const std::string& state) const {
  Head head{.settings = settings_};
  model::Archive archive;
  archive(head);
  const std::string head_bytes = archive.take_bytes();
  Checksum checksum;
  AtomicFile file(path_);
  file.write(bytes_of(first_line()));
  checksum.add(first_line());
  for (const std::string& part : {std::cref(head_bytes), std::cref(state)}) {
    file.write(bytes_of(size_bytes(part.size())));
    file.write(bytes_of(part));
    checksum.add(part);
  }
  file.write(bytes_of(checksum.text()));
  file.commit();
}

std::string read_checkpoint(const std::string& path, const Settings& settings) {
  try {
    return state_in(contents(path), settings);
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("--resume: {} {}", in_quotes(path), error.what()));
  }
}

}  // namespace simcheck::cli
