// A simulated disk.
//
// Model. A request is submitted, takes effect at some later moment, and completes after that. Two
// requests outstanding on one disk take effect in any order and complete in any order; these are
// separate choices. An effect is atomic. What took effect is visible to reads at once. The disk has
// a volatile write cache: a write is durable only after a flush that was submitted after the
// write's completion has completed, or at its completion if it had FUA. Discarded bytes read as
// zero. Memory is used for what was written only, so a terabyte costs nothing.
//
// Faults hit a disk as planned (faults.hpp states what each does, when, and by default: nothing).
// Without a plan the only error is a request past the end. Not modelled here: latency (see
// simulate.hpp). What power cuts leave: crash_image.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/block_device.hpp"
#include "sim/disk_request.hpp"
#include "sim/event_content.hpp"
#include "sim/event_disk.hpp"
#include "sim/faults.hpp"
#include "sim/settled_content.hpp"
#include "sim/version_index.hpp"
#include "sim/world.hpp"

namespace simcheck::sim {

class Disk final : public BlockDevice, public ContentView {
 public:
  static constexpr std::uint64_t kDefaultBytes = std::uint64_t{1} << 40;

  Disk(World& world, std::string name, std::uint64_t size_bytes = kDefaultBytes);

  IoStatus do_read(std::uint64_t offset, std::span<std::byte> into) override;
  IoStatus do_write(std::uint64_t offset, const Payload& data, IoFlags flags) override;
  IoStatus do_write_zeroes(std::uint64_t offset, std::uint64_t length, IoFlags flags) override;
  IoStatus do_discard(std::uint64_t offset, std::uint64_t length) override;
  IoStatus do_flush() override;
  std::uint64_t size() const override { return size_; }

  /// Puts content there before the first transition; it is durable.
  void prepare(std::uint64_t offset, const Payload& data);

  Chunk run_at(std::uint64_t offset, std::uint64_t length_max) const override;

  /// True once everything in [offset, +length) that took effect is durable. For tests and crash
  /// models; not a transition, so no part of any footprint.
  bool is_durable(std::uint64_t offset, std::uint64_t length) const;

  /// From now on the disk keeps a record, and tells the world of its moments, for whoever observes
  /// them (World::observe). Its head are the first `head_bytes`. Before the first transition.
  void watch(DeviceRole role, std::uint64_t head_bytes);
  DiskRecord record() const override;
  /// What took effect, as in a record, whether it keeps one or not.
  std::span<const DiskVersion> versions() const { return versions_.items(); }
  const std::byte* version_bytes() const { return bytes_.items().data(); }

  /// The end of the last byte ever written.
  std::uint64_t end_of_content() const;

  /// Until the next effect, content is found by a search, if there is much of it.
  void index() {
    if (versions_.size() > kWalkedMax) index_.make(versions_.items());
  }

  /// At rest: the past is over. What is there has been there from the start, and is durable; the
  /// record begins anew. What was written since the last settle() to bytes [forget_begin,
  /// forget_end) is forgotten and reads as zero: for logs, which nobody reads while they grow.
  void settle(std::uint64_t forget_begin = 0, std::uint64_t forget_end = 0);

  /// Changes the past: effect number `effect` came after all others. For explorers, between
  /// executions, of writes whose order nobody saw.
  void make_last(std::uint32_t effect);

  const std::string& name() const { return name_; }
  ObjectId id() const { return id_; }

  /// For World: the request takes effect now.
  void take_effect(DiskRequest& request);

 private:
  using Version = DiskVersion;
  static constexpr std::size_t kWalkedMax = 100;  // versions; a walk of these is as fast
  // What is known of effect number i, for durability.
  struct Effect {
    bool fua = false;

    friend bool operator==(const Effect&, const Effect&) = default;
  };

  [[gnu::always_inline]] inline IoStatus submit(DiskRequest request);
  void complete(const DiskRequest& request);
  bool in_bounds(const DiskRequest& request) const;
  FaultKind fault_of(const DiskRequest& request) const;
  void apply(DiskRequest& request);
  void append(const DiskRequest& request, std::uint64_t begin, std::uint64_t length);
  void add_versions(std::uint64_t begin, std::span<const Chunk> chunks, std::uint64_t length,
                    std::uint32_t effect);
  static std::uint64_t misdirection(FaultKind fault);       // bytes further on
  static std::uint64_t untorn(const DiskRequest& request);  // how many bytes take effect
  void corrupt(std::uint64_t begin, std::uint64_t length, std::uint32_t effect);
  void add_version(std::uint64_t begin, const Chunk& chunk, std::uint32_t effect);
  void narrate(IoMoment moment, const DiskRequest& request) {
    if (world_.narrating()) [[unlikely]]
      report(moment, request);
  }
  void report(IoMoment moment, const DiskRequest& request) const;
  bool is_durable(std::uint32_t effect) const;
  Chunk run_below(std::uint64_t offset, std::uint64_t end) const;
  void tell_states(const DiskRequest& request) {
    if (StateHasher* states = world_.states()) [[unlikely]]
      tell(*states, request);
  }
  void tell(StateHasher& states, const DiskRequest& request) const;
  // While watched (disk_record.cpp).
  struct Watched {
    DeviceRole role{};
    std::uint64_t head_bytes = 0;
    std::vector<DiskWrite> writes;  // by effect
    std::vector<DiskFlush> flushes;
  };
  void note_submission(DiskRequest& request);
  void note_effect(const DiskRequest& request, std::uint64_t begin, std::uint64_t length);
  void note_completion(const DiskRequest& request);
  void notice(DiskMoment moment);

  World& world_;
  std::string name_;
  ObjectId id_;
  std::uint64_t size_;
  Tape<Version> versions_;  // in order of effect
  Tape<std::byte> bytes_;   // of versions
  Tape<Effect> effects_;
  Tape<std::uint32_t> completed_;          // effects, in order of completion
  std::uint32_t durable_completions_ = 0;  // so many of completed_ are durable
  std::unique_ptr<Watched> watched_;
  std::unique_ptr<SettledContent> settled_;  // below all versions
  VersionIndex index_;                       // of the versions, or empty
};

}  // namespace simcheck::sim
