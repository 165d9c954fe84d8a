// A driver that keeps what the built-in ones break under faults, and two planted bugs in it: each
// is found by one property alone.
#pragma once

#include <array>

#include "logs/format.hpp"
#include "sim/sim.hpp"

namespace simcheck::test {

enum class Planted {
  kNothing,
  kLeavesHole,  ///< the position moves on over an entry whose write failed
  kLogsFailed   ///< what the data device refused is logged all the same
};

/// Logs one request at a time, each in one write, and takes a place only once it is written.
template <Planted planted>
class CarefulLog final : public sim::BlockDevice {
 public:
  CarefulLog(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log)
      : world_(world),
        data_(data),
        log_(log),
        busy_(world, "log busy", false),
        queue_(world, "log queue"),
        end_(world, "log end", logs::kFirstEntrySector) {}

  sim::IoStatus do_read(std::uint64_t offset, std::span<std::byte> into) override {
    return data_.read(offset, into);
  }
  sim::IoStatus do_write(std::uint64_t offset, const sim::Payload& data, sim::IoFlags) override {
    return finish(data_.write(offset, data), header_of(offset, data.length(), 0), data);
  }
  sim::IoStatus do_write_zeroes(std::uint64_t offset, std::uint64_t length, sim::IoFlags) override {
    return finish(data_.write_zeroes(offset, length), header_of(offset, length, 0),
                  sim::Payload::filled(std::byte{0}, length));
  }
  sim::IoStatus do_discard(std::uint64_t offset, std::uint64_t length) override {
    return finish(data_.discard(offset, length), header_of(offset, length, logs::kFlagDiscard), {});
  }
  sim::IoStatus do_flush() override {
    return finish(data_.flush(), header_of(0, 0, logs::kFlagFlush), {});
  }
  std::uint64_t size() const override { return data_.size(); }

 private:
  static logs::EntryHeader header_of(std::uint64_t offset, std::uint64_t length,
                                     std::uint64_t flags) {
    return {.sector = offset / 512, .nr_sectors = length / 512, .flags = flags};
  }

  sim::IoStatus finish(sim::IoStatus data_status, const logs::EntryHeader& header,
                       const sim::Payload& data) {
    if (data_status != sim::IoStatus::kOk && planted != Planted::kLogsFailed) return data_status;
    while (busy_) queue_.wait();
    busy_ = true;
    const sim::IoStatus status = append(header, data);
    busy_ = false;
    queue_.wake_one();
    return status != sim::IoStatus::kOk ? status : data_status;
  }

  sim::IoStatus append(const logs::EntryHeader& header, const sim::Payload& data) {
    const std::uint64_t sector = end_;
    std::array<std::byte, logs::kEntryHeaderBytes> bytes;
    logs::encode(header, bytes);
    sim::Payload entry = sim::Payload::of(bytes);
    entry.append_fill(std::byte{0}, 512 - bytes.size()).append(data);
    const sim::IoStatus status = log_.write(sector * 512, entry, {.label = "entry"});
    if (status != sim::IoStatus::kOk && planted != Planted::kLeavesHole) return status;
    end_ = sector + entry.length() / 512;
    world_.emit({.kind = sim::EventKind::kEntryPlaced,
                 .sector = sector,
                 .nr_sectors = header.nr_sectors,
                 .flags = header.flags});
    return status;
  }

  sim::World& world_;
  sim::BlockDevice& data_;
  sim::BlockDevice& log_;
  sim::Shared<bool> busy_;
  sim::WaitQueue queue_;
  sim::Shared<std::uint64_t> end_;
};

}  // namespace simcheck::test
