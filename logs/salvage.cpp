#include "logs/salvage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "logs/pieced_source.hpp"
#include "logs/rules.hpp"
#include "logs/salvage_plan.hpp"

namespace simcheck::logs {
namespace {

// What is left after one repair may read as damaged in another way; each round makes it shorter.
constexpr int kRoundsMax = 16;

template <std::size_t kBytes, typename T>
void append_encoded(PiecedSource& log, const T& value) {
  std::array<std::byte, kBytes> bytes;
  encode(value, bytes);
  log.append_bytes(bytes);
}

// A new header in place of the one at `sector`; a mark keeps its text.
void append_header(PiecedSource& log, const EntryHeader& header, std::uint64_t sector,
                   std::uint32_t sector_size) {
  const std::uint64_t text = (header.flags & kFlagMark) != 0 ? header.data_len : 0;
  append_encoded<kEntryHeaderBytes>(log, header);
  log.append_stretch(sector * sector_size + kEntryHeaderBytes, text);
  log.append_zeroes(sector_size - kEntryHeaderBytes - text);
}

std::shared_ptr<PiecedSource> carry_out(const SalvagePlan& plan, const ByteSource& source,
                                        std::shared_ptr<const ByteSource> owner) {
  auto log = std::make_shared<PiecedSource>(source, std::move(owner));
  const std::uint32_t size = plan.super.sector_size;
  append_encoded<kSuperblockBytes>(*log, plan.super);
  log->append_zeroes(size - kSuperblockBytes);
  for (const Stretch& stretch : plan.stretches) {
    const std::uint64_t replaced = stretch.header ? 1 : 0;
    if (stretch.header) append_header(*log, *stretch.header, stretch.sector, size);
    log->append_stretch((stretch.sector + replaced) * size, (stretch.sectors - replaced) * size);
    log->append_zeroes(stretch.zero_sectors * size);
  }
  return log;
}

Result<bool> verifies(const ByteSource& log) {
  const Result<Verdict> verdict = verify(log);
  if (const Error* error = std::get_if<Error>(&verdict)) return *error;
  return std::get<Verdict>(verdict).ok();
}

}  // namespace

std::uint64_t Salvaged::losses() const {
  return static_cast<std::uint64_t>(std::count_if(
      changes.begin(), changes.end(), [](const Change& change) { return change.is_loss; }));
}

Result<Salvaged> salvage(const ByteSource& source, const SalvageOptions& options) {
  Salvaged result;
  const ByteSource* from = &source;
  for (int round = 0; round < kRoundsMax; ++round) {
    const auto planned = plan_salvage(*from, options);
    if (const Error* error = std::get_if<Error>(&planned)) return *error;
    const auto& plan = std::get<SalvagePlan>(planned);
    result.super = plan.super;
    result.changes.insert(result.changes.end(), plan.changes.begin(), plan.changes.end());
    result.log = carry_out(plan, *from, result.log);
    from = result.log.get();
    if (plan.is_first_step) continue;
    const Result<bool> sound = verifies(*result.log);
    if (const Error* error = std::get_if<Error>(&sound)) return *error;
    if (std::get<bool>(sound)) return result;
  }
  return Error{"each repair shows another damage: this is hardly a log"};
}

}  // namespace simcheck::logs
