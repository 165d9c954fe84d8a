// The disks after a power cut and the recovery from it, which further cuts may have interrupted.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>

#include "model/power_cut.hpp"
#include "sim/crash_image.hpp"
#include "sim/event_history.hpp"
#include "sim/recovery_disk.hpp"

namespace simcheck::model {

class RecoveredDisks {
 public:
  /// Runs the recovery on what the cut left of the two disks, from the beginning after each further
  /// cut. All but `history`, which tells the recovery about the log, must outlive this.
  RecoveredDisks(const sim::CutDisk& data, const sim::CutDisk& log, const PowerCut& power_cut,
                 sim::Choices& choices, const sim::History& history);

  /// What the recovery left. Their records are those of the execution before the cut.
  const sim::ContentView& data() const { return views_[0]; }
  const sim::ContentView& log() const { return views_[1]; }

  /// Of a disk, in bytes: the recovery wrote nothing behind it.
  std::uint64_t end(sim::DeviceRole disk) const;

  /// What the exception said that the recovery let out, if it did.
  const std::optional<std::string>& failure() const { return failure_; }
  /// How often the recovery ran: once more than it was cut.
  std::uint32_t runs() const { return static_cast<std::uint32_t>(runs_.size()); }
  /// What the cuts took, in words: begins with "; ", empty if nothing was lost or cut.
  std::string losses(const sim::History& history) const;

 private:
  // Bytes of one disk, record of another.
  class View final : public sim::ContentView {
   public:
    explicit View(const sim::CutDisk& before) : before_(before) {}
    void show(const sim::ContentView& content) { content_ = &content; }
    sim::Chunk run_at(std::uint64_t offset, std::uint64_t length_max) const override {
      return content_->run_at(offset, length_max);
    }
    std::uint64_t size() const override { return content_->size(); }
    sim::DiskRecord record() const override { return before_.record(); }

   private:
    const sim::CutDisk& before_;
    const sim::ContentView* content_ = nullptr;
  };

  // One start of the recovery.
  struct Run {
    Run(const sim::CutDisk& data_before, const sim::CutDisk& log_before, sim::Choices& choices,
        const PowerCut& power_cut, bool may_be_cut);

    const sim::CutDisk& data_before;
    const sim::CutDisk& log_before;
    sim::CrashImage data_found, log_found;
    sim::RecoveryPower power;
    sim::RecoveryDisk data, log;
    std::optional<sim::CutDisk> data_cut, log_cut;  // if it was cut
  };

  void start(Run& run, const PowerCut& power_cut, const sim::History& history);

  std::list<Run> runs_;
  View views_[2];
  std::optional<std::string> failure_;
};

/// A disk whose power was cut, and what was found on it.
struct CutFound {
  const sim::CutDisk& disk;
  const sim::CrashImage& image;
};

/// Which writes did not survive as a whole, as far as was looked, in words: "the write of 512 bytes
/// at log byte 0 by A". Empty: none.
std::string losses(const CutFound& data, const CutFound& log, const sim::History& history);

}  // namespace simcheck::model
