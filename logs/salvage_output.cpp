// A salvage plan carried out, and put into words.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "logs/entry_words.hpp"
#include "logs/salvage.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kChunkBytes = 1 << 20;

class Copier {
 public:
  Copier(const ByteSource& source, const SalvageSink& sink) : source_(source), sink_(sink) {}

  // False when the source cannot be read.
  bool copy(std::uint64_t begin, std::uint64_t end);
  std::uint64_t failed_at() const { return at_; }

 private:
  const ByteSource& source_;
  const SalvageSink& sink_;
  std::vector<std::byte> chunk_ = std::vector<std::byte>(kChunkBytes);
  std::uint64_t at_ = 0;
};

bool Copier::copy(std::uint64_t begin, std::uint64_t end) {
  for (at_ = begin; at_ < end;) {
    const std::uint64_t data = std::min(source_.next_data(at_), end);
    if (data > at_) sink_.zeroes(data - at_);
    at_ = data;
    const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(kChunkBytes, end - at_));
    const auto part = std::span(chunk_).first(bytes);
    if (bytes == 0) break;
    if (!source_.read(at_, part)) return false;
    sink_.bytes(part);
    at_ += bytes;
  }
  return true;
}

// A header or superblock in a sector of its own.
template <typename T, std::size_t kBytes>
void put_sector(const T& value, std::uint32_t sector_size, const SalvageSink& sink) {
  std::array<std::byte, kBytes> bytes;
  encode(value, bytes);
  sink.bytes(bytes);
  sink.zeroes(sector_size - kBytes);
}

}  // namespace

std::optional<Error> write_salvaged(const ByteSource& source, const SalvagePlan& plan,
                                    const SalvageSink& sink) {
  const std::uint32_t size = plan.super.sector_size;
  put_sector<Superblock, kSuperblockBytes>(plan.super, size, sink);
  Copier copier(source, sink);
  for (const Stretch& stretch : plan.stretches) {
    std::uint64_t sector = stretch.sector;
    if (stretch.header) {
      put_sector<EntryHeader, kEntryHeaderBytes>(*stretch.header, size, sink);
      ++sector;
    }
    if (!copier.copy(sector * size, (stretch.sector + stretch.sectors) * size)) {
      return Error{fmt::format("the image cannot be read at byte {}", copier.failed_at())};
    }
    if (stretch.zero_sectors > 0) sink.zeroes(stretch.zero_sectors * size);
  }
  return std::nullopt;
}

std::string salvage_text(const std::string& image, const std::string& out,
                         const SalvagePlan& plan) {
  std::string text =
      fmt::format("{}: {} of {}", out, counted(plan.super.nr_entries, "entry"), image);
  if (plan.changes.empty()) return text + ", which needed no repair\n";
  if (plan.losses() == 0) {
    text += ", nothing lost\n";
  } else {
    text += fmt::format(", something lost in {}\n", counted(plan.losses(), "place"));
  }
  for (const Change& change : plan.changes) {
    text += fmt::format("{}: {}\n", change.is_loss ? "lost" : "repaired", change.message);
  }
  return text;
}

std::string salvage_json(const std::string& image, const std::string& out,
                         const SalvagePlan& plan) {
  ordered_json json = {{"format", "simcheck-log-salvage"},
                       {"version", 1},
                       {"image", image},
                       {"out", out},
                       {"sector_size", plan.super.sector_size},
                       {"nr_entries", plan.super.nr_entries},
                       {"lost", ordered_json::array()},
                       {"repaired", ordered_json::array()}};
  for (const Change& change : plan.changes) {
    ordered_json entry = ordered_json::object();
    if (change.entry) entry["entry"] = *change.entry;
    if (change.log_sector) entry["sector"] = *change.log_sector;
    entry["message"] = change.message;
    json[change.is_loss ? "lost" : "repaired"].push_back(entry);
  }
  return json_text(json, 2) + "\n";
}

}  // namespace simcheck::logs
