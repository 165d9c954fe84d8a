// The images that a power cut can leave, one after the other: the smallest first, or at random.
//
// An image is told by what of the pending writes reached the disk. Its size is the number of writes
// that did, plus the number of places where one of them tears. Every part of a write may be there
// without the rest, and all combinations are reached in the end.
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "logs/crash_sectors.hpp"

namespace simcheck::logs {

// Of a pending write, what reached the disk: runs [first, second) of its pieces.
struct Survivor {
  std::uint32_t write = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> runs;
};

struct CrashImage {
  std::vector<Survivor> survivors;           // in log order; the other writes are lost
  std::vector<CrashSectors::Part> contents;  // for CrashSectors::apply()
};

// Called with each image that holds other bytes than all before it; false: no more.
using ImageVisitor = std::function<bool(const CrashImage&)>;

class CrashImages {
 public:
  // Without `tear` a write is there wholly or not at all. `may_go_on` is asked now and then, for
  // between two images that differ there may be many that do not.
  CrashImages(const CrashSectors& sectors, bool tear,
              const std::function<bool()>& may_go_on = nullptr)
      : sectors_(sectors), tear_(tear), may_go_on_(may_go_on) {}

  // All of them, the smallest first. Returns true when none is left.
  bool enumerate(const ImageVisitor& visit);

  // `draws` at random: each write is lost, whole or, with `tear`, torn, alike often. The same seed,
  // the same images.
  void sample(std::uint64_t draws, std::uint64_t seed, const ImageVisitor& visit);

  std::uint64_t distinct() const { return seen_.size(); }

 private:
  struct Signature {
    std::uint64_t low = 0, high = 0;
    friend bool operator==(const Signature&, const Signature&) = default;
  };
  struct HashSignature {
    std::size_t operator()(const Signature& signature) const { return signature.low; }
  };

  bool extend(std::size_t first_write, std::uint64_t size_left);
  bool with_tears(std::size_t write, std::uint64_t tears, std::uint64_t size_left);
  bool offer();
  void settle_contents();
  void join_alike();
  bool refuse();
  bool has_all() const { return tear_ && sectors_.images() == distinct(); }
  Survivor draw(std::uint32_t write, std::uint64_t& state) const;
  std::uint64_t piece_count(std::size_t write) const { return sectors_.piece_count(write); }

  const CrashSectors& sectors_;
  bool tear_;
  std::function<bool()> may_go_on_;
  std::uint64_t offers_ = 0;
  bool refused_ = false;  // it is the caller who ended it
  const ImageVisitor* visit_ = nullptr;
  std::vector<std::uint64_t> largest_from_;  // the largest size that writes from here on can have
  CrashImage image_;
  std::unordered_set<Signature, HashSignature> seen_;
};

}  // namespace simcheck::logs
