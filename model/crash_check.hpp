// Judges what power cuts leave: for each distinct state in which the power was cut, every image of
// the disks that a reader can tell from the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "model/cut_hasher.hpp"
#include "model/hash_set.hpp"
#include "model/power_cut.hpp"
#include "model/result.hpp"
#include "properties/property.hpp"
#include "sim/crash_image.hpp"
#include "sim/event_history.hpp"

namespace simcheck::model {

class Archive;

/// What one property said of one execution that broke it.
struct BrokenProperty {
  std::size_t property = 0;  ///< index into the property list
  properties::Violation violation;
};

/// What one disk holds after a cut, and the recovery from it if there is one.
struct CutContent {
  const sim::ContentView& content;
  std::uint64_t written_end = 0;  ///< bytes; the recovery wrote nothing behind it
};

/// Whoever was asked wants the run to end, and the judging of an execution is not over.
struct JudgingStopped {};

class CrashCheck {
 public:
  /// `properties` must outlive this.
  CrashCheck(const properties::PropertyList& properties, PowerCut power_cut);

  /// Asked before each image. True: judge() ends with JudgingStopped, as if it had not begun.
  void ask_to_stop(std::function<bool()> must_stop) { must_stop_ = std::move(must_stop); }

  /// `history` ends with a cut. Adds what its images break to `broken`, once for each property, and
  /// notes what was exercised. One state may have so many images that it takes hours. Throws
  /// JudgingStopped.
  void judge(const sim::History& history, std::vector<BrokenProperty>& broken,
             std::vector<bool>& exercised);

  /// Shows every image that breaks a property, as that property was shown it.
  using ShowBroken = std::function<void(const CutContent& data, const CutContent& log)>;
  void show_broken(ShowBroken show) { show_broken_ = std::move(show); }

  /// Forgets all, as the exploration does when it starts over.
  void start_over();

  /// So far, of a state that is being judged, too.
  CrashCounts counts() const;
  void save_or_load(Archive& archive);

 private:
  // Beyond this many states of a workload, some are judged more than once.
  static constexpr std::size_t kStatesMax = std::size_t{1} << 24;

  struct CutDisks {
    sim::CutDisk data, log;
  };

  std::optional<properties::Violation> judge(std::size_t property, const CutDisks& disks,
                                             sim::History history, std::vector<bool>& exercised);
  properties::Judgement judge_image(const properties::Property& property, const CutDisks& disks,
                                    sim::History& history, sim::Choices& choices);
  properties::Judgement judge_recovered(const properties::Property& property, const CutDisks& disks,
                                        sim::History& history, sim::Choices& choices);

  const properties::PropertyList& properties_;
  PowerCut power_cut_;
  ShowBroken show_broken_;
  bool sees_data_ = false;  // cuts are tried around what happens on the data device, too
  SeenEvents seen_events_;
  CutHasher hasher_;
  HashSet seen_;
  CrashCounts counts_;  // of what is judged
  CrashCounts now_;     // of the state that is being judged
  std::function<bool()> must_stop_;
};

}  // namespace simcheck::model
