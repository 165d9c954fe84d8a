// What an execution shows its properties, so that of several that show the same one is judged.
//
// A property is shown events and the final contents of two disks, and says which events' order its
// verdict hangs on (Property::observes). An execution is therefore known by what each of its
// transitions leaves, by fiber and in the fiber's order, where of each item is kept:
//   - an event, all of it but its step, with how many events of its request came before, and how
//     many of those that it is ordered against;
//   - bytes put on a disk, with how many writes that they overlap came before.
// That is exact: where items that are ordered against one another are the edges of a graph, an
// order gives each edge a direction, without a cycle, and the number of predecessors of each item
// tells all directions. (Those with none are first. Without them, it is so again.)
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "model/word_table.hpp"
#include "properties/property.hpp"
#include "sim/disk.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

class Shown {
 public:
  /// Can it tell all that these properties are shown of this scenario?
  static bool tells_all(const properties::PropertyList& properties, const sim::World& world);

  /// `world` before its first transition.
  Shown(const properties::PropertyList& properties, const sim::World& world);

  /// The fiber has just run, as transition number `depth` of the path, from 0. All before that are
  /// noted already.
  void note(std::size_t depth, sim::FiberId fiber, const sim::World& world);

  /// Was an execution remembered that shows what the one does that has just finished? If not, this
  /// one can be remembered before the next transition is noted. `made_last` tells which outcome of
  /// it is meant, if not the one that happened (open_stores.hpp): which stores came last instead.
  bool is_known(const sim::World& world, std::span<const sim::TransitionName> made_last = {});
  void remember();

 private:
  static constexpr std::size_t kOrdersMax = 3;
  static constexpr std::size_t kDevices = 2;  // data and log
  // Behind some transitions of the path: how much there is, and whether it is known in full.
  struct Extent {
    std::uint32_t events = 0;
    std::array<std::uint32_t, kDevices> versions{};
    std::array<std::uint64_t, kDevices> sectors{};  // written: what no bit tells was not
    bool is_told = true;
  };
  // How many there are among the events so far, of which there are at most kEventsMax: of each
  // request (some share a number, which does no harm), and of the kinds that events are ordered
  // against.
  struct Tally {
    std::array<std::uint16_t, 16> of_request{};
    std::array<std::uint16_t, kOrdersMax> reads{}, writes{};
  };

  static std::vector<properties::Order> orders_of(const properties::PropertyList& properties);
  void add_new_events(const sim::World& world, Extent& extent);
  void add_event(const sim::Event& event, Extent& extent);
  std::uint64_t place_of(const sim::Event& event, Tally& tally) const;
  void add_new_versions(std::size_t device, const sim::Disk& disk, Extent& extent);
  void add_version(std::size_t device, const sim::Disk& disk, Extent& extent);
  void add_bytes(std::span<const std::byte> bytes, Extent& extent);
  void add(std::initializer_list<std::uint64_t> words) {
    if (words_.size() < size_ + words.size()) [[unlikely]]
      words_.resize(2 * words_.size() + words.size());
    for (std::uint64_t* to = words_.data() + size_; const std::uint64_t word : words) *to++ = word;
    size_ += words.size();
  }
  std::span<const std::uint64_t> words() const { return {words_.data(), size_}; }

  const std::vector<properties::Order> orders_;
  const std::size_t requests_;  // at the start
  Extent beginning_;
  std::vector<Extent> path_;                       // behind each transition
  std::vector<Tally> tallies_;                     // before each event
  std::vector<std::vector<std::uint32_t>> shown_;  // [fiber][n]: by it up to there, by number
  WordTable numbers_;
  std::vector<std::uint64_t> words_;  // the first size_: what is looked up in a table
  std::size_t size_ = 0;
  WordTable remembered_;
  std::uint64_t asked_ = 0, known_ = 0;
  bool can_remember_ = false;  // words_ are the execution that was asked about
  bool gave_up_ = false;
};

}  // namespace simcheck::model
