#include "logs/producer.hpp"

#include <fmt/format.h>

namespace simcheck::logs {
namespace {

// The kernel's target takes the device's logical block size, up to a page.
constexpr std::uint32_t kKernelSectorMin = 512;
constexpr std::uint32_t kKernelSectorMax = 65536;

}  // namespace

std::string_view name(Producer producer) { return producer == Producer::kQemu ? "qemu" : "kernel"; }

void Traits::note(const Entry& entry) {
  const std::uint64_t flags = entry.header.flags;
  constexpr std::uint64_t kKernelFlags = kFlagFua | kFlagMark | kFlagMetadata;
  if ((flags & kKernelFlags) != 0 || entry.header.data_len != 0) {
    if (kernel_only++ == 0) first_kernel_only = entry;
    if ((flags & kKernelFlags) == kFlagMark) ++marks;
  }
  if (flags == 0 && entry.header.nr_sectors == 0) ++empty;
  last = entry;
}

bool Traits::ends_closed(SectorReader& reader) const {
  return last && (last->header.flags & kFlagMark) != 0 && reader.mark_text(*last) == kEndMark;
}

Attribution guess_producer(const Traits& traits, const Superblock& super, bool is_closed) {
  if (traits.kernel_only > 0) {
    const Entry& entry = traits.first_kernel_only;
    if (traits.kernel_only == traits.marks && !is_closed) {
      return {std::nullopt, false,
              fmt::format("entry {} is a MARK, which QEMU never writes, but any tool may append "
                          "one, and nothing else tells",
                          entry.index)};
    }
    const std::string what = entry.header.data_len != 0 && (entry.header.flags & kFlagMark) == 0
                                 ? "data_len"
                                 : flag_names(entry.header.flags);
    return {Producer::kKernel, false,
            fmt::format("entry {} has {}, which QEMU never writes", entry.index, what)};
  }
  if (super.sector_size < kKernelSectorMin || super.sector_size > kKernelSectorMax) {
    return {Producer::kQemu, false,
            fmt::format("no kernel writes sectors of {} bytes", super.sector_size)};
  }
  if (traits.empty > 0) {
    return {Producer::kQemu, false, "it holds writes of length zero, which the kernel passes by"};
  }
  if (super.nr_entries > 0) {
    return {Producer::kQemu, false,
            "it is counted without any FUA or MARK, after which alone the kernel counts"};
  }
  return {std::nullopt, false, "no entry is counted"};
}

}  // namespace simcheck::logs
