#include "tests/properties/planted.hpp"

#include <utility>

namespace simcheck::test {
namespace {

using drivers::LogRequest;
using drivers::LogWrites;
using drivers::LogWritesOptions;
using sim::BlockDevice;
using sim::IoFlags;
using sim::IoStatus;
using sim::Payload;
using sim::WaitQueue;
using sim::World;
using u64 = std::uint64_t;

// Passes on what those that are made of it do not change.
class PassesOn : public BlockDevice {
 public:
  explicit PassesOn(BlockDevice& below) : below_(below) {}
  IoStatus do_read(u64 at, std::span<std::byte> to) override { return below_.read(at, to); }
  IoStatus do_write(u64 at, const Payload& data, IoFlags f) override {
    return below_.write(at, data, f);
  }
  IoStatus do_write_zeroes(u64 at, u64 n, IoFlags f) override {
    return below_.write_zeroes(at, n, f);
  }
  IoStatus do_discard(u64 at, u64 n) override { return below_.discard(at, n); }
  IoStatus do_flush() override { return below_.flush(); }
  u64 size() const override { return below_.size(); }

 protected:
  BlockDevice& below_;
};

class NeverFlushed final : public PassesOn {
 public:
  using PassesOn::PassesOn;
  IoStatus do_flush() override { return IoStatus::kOk; }
};

class Mistaken final : public LogWrites {
 public:
  Mistaken(World& world, BlockDevice& data, BlockDevice& log, const LogWritesOptions& options,
           Mistake mistake)
      : LogWrites(world, data, log, options),
        mistake_(mistake),
        in_progress_(world, "super_update_seq", 0),
        queue_(world, "super_update_queue") {}

 private:
  IoStatus log_request(const LogRequest& request) override {
    const u64 entry = cur_log_sector_;
    const u64 seq = ++nr_entries_;
    cur_log_sector_ += request.sectors();
    announce_entry(entry, request);
    announce_zeroes(entry + request.header_sectors, request);
    const bool updates = request.is_flush() || seq % update_interval_ == 0;
    if (mistake_ == Mistake::kSuperFirst && updates) {
      const IoStatus status = update_superblock(seq);
      return status == IoStatus::kOk ? write_entry(entry, request) : status;
    }
    const IoStatus status = write_entry(entry, request);
    return status == IoStatus::kOk && updates ? update_superblock(seq) : status;
  }

  IoStatus update_superblock(u64 seq) {
    auto position = WaitQueue::Position::kBack;
    while (const u64 in_progress = in_progress_) {
      if (seq < in_progress || mistake_ == Mistake::kLeavesItToAny) return IoStatus::kOk;
      queue_.wait(position);
      position = WaitQueue::Position::kFront;
    }
    in_progress_ = seq;
    const IoStatus status =
        write_superblock(mistake_ == Mistake::kOwnCount ? seq : nr_entries_.load());
    in_progress_ = 0;
    queue_.wake_one();
    return status;
  }

  Mistake mistake_;
  sim::Shared<u64> in_progress_;
  WaitQueue queue_;
};

// It flushes the data device by itself, and the driver below does not.
class Draining final : public PassesOn {
 public:
  Draining(World& world, BlockDevice& data, BlockDevice& log, bool mistake)
      : PassesOn(drivers::make_serialized(world, world.make<NeverFlushed>(data), log, {})),
        data_(data),
        mistake_(mistake),
        users_(world, "users", 0),
        queue_(world, "drain queue") {}

  IoStatus do_write(u64 at, const Payload& data, IoFlags f) override {
    return shared([&] { return below_.write(at, data, f); });
  }
  IoStatus do_write_zeroes(u64 at, u64 n, IoFlags f) override {
    return shared([&] { return below_.write_zeroes(at, n, f); });
  }
  IoStatus do_flush() override {
    if (mistake_) data_.flush();
    while (users_ != 0) queue_.wait();
    users_ = -1;
    if (!mistake_) data_.flush();
    const IoStatus status = below_.flush();
    users_ = 0;
    queue_.wake_all();
    return status;
  }

 private:
  template <typename Call>
  IoStatus shared(const Call& call) {
    while (users_ < 0) queue_.wait();
    ++users_;
    const IoStatus status = call();
    users_ = users_ - 1;
    queue_.wake_all();
    return status;
  }

  BlockDevice& data_;
  bool mistake_;
  sim::Shared<int> users_;  // -1: a flush
  WaitQueue queue_;
};

class FlushingFua final : public PassesOn {
 public:
  FlushingFua(BlockDevice& driver, bool mistake) : PassesOn(driver), mistake_(mistake) {}

  IoStatus do_write(u64 at, const Payload& data, IoFlags f) override {
    const bool fua = std::exchange(f.fua, false);
    if (fua && mistake_) below_.flush();
    const IoStatus status = below_.write(at, data, f);
    return fua && !mistake_ ? below_.flush() : status;
  }

 private:
  bool mistake_;
};

}  // namespace

model::MakeDevice with_mistake(Mistake mistake, const LogWritesOptions& options) {
  return [mistake, options](World& world, BlockDevice& data, BlockDevice& log) -> BlockDevice& {
    BlockDevice& below = mistake == Mistake::kNoFlush ? world.make<NeverFlushed>(log) : log;
    return world.make<Mistaken>(world, data, below, options, mistake);
  };
}

model::MakeDevice draining(bool mistake) {
  return [mistake](World& world, BlockDevice& data, BlockDevice& log) -> BlockDevice& {
    return world.make<Draining>(world, data, log, mistake);
  };
}

model::MakeFilter flushing_fua(bool mistake) {
  return [mistake](World& world, BlockDevice& driver, BlockDevice&, BlockDevice&) -> BlockDevice& {
    return world.make<FlushingFua>(driver, mistake);
  };
}

}  // namespace simcheck::test
