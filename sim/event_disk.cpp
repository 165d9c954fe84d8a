#include "sim/event_disk.hpp"

#include <algorithm>

namespace simcheck::sim {

std::uint32_t DiskRecord::durable_from(const DiskWrite& write) const {
  if (write.status != IoStatus::kOk) return kNever;
  std::uint32_t from = write.fua ? write.completed : kNever;
  for (const DiskFlush& flush : flushes) {
    if (covers(flush, write)) from = std::min(from, flush.completed);
  }
  return from;
}

ContentAt::ContentAt(const ContentView& device, What what, std::uint32_t step)
    : device_(device), record_(device.record()), what_(what), step_(step) {}

bool ContentAt::is_there(const DiskVersion& version) const {
  const DiskWrite& write = record_.writes[version.effect];
  if (write.took_effect > step_) return false;
  return what_ == What::kVisible || record_.durable_from(write) <= step_;
}

Chunk ContentAt::run_at(std::uint64_t offset, std::uint64_t length_max) const {
  std::uint64_t end = offset + length_max;
  for (auto version = record_.versions.rbegin(); version != record_.versions.rend(); ++version) {
    if (version->end <= offset || end <= version->begin || !is_there(*version)) continue;
    if (version->begin <= offset) {
      return version->run(record_.bytes, offset, std::min(end, version->end) - offset);
    }
    end = version->begin;
  }
  if (record_.settled != nullptr) return record_.settled->run_at(offset, end - offset);
  return {nullptr, end - offset, std::byte{0}};
}

}  // namespace simcheck::sim
