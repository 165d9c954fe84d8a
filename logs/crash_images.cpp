#include "logs/crash_images.hpp"

#include <algorithm>
#include <utility>

#include "logs/overlaps.hpp"

namespace simcheck::logs {
namespace {

constexpr std::uint64_t kOffersPerLook = 256;

// splitmix64, by Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
std::uint64_t mix(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}
std::uint64_t next_random(std::uint64_t& state) { return mix(state += 0x9e3779b97f4a7c15); }

// The next choice of ascending numbers below `limit`; false after the last.
bool next_choice(std::vector<std::uint64_t>& chosen, std::uint64_t limit) {
  for (std::size_t i = chosen.size(); i-- > 0;) {
    if (chosen[i] + (chosen.size() - i) >= limit) continue;
    ++chosen[i];
    for (std::size_t j = i + 1; j < chosen.size(); ++j) chosen[j] = chosen[j - 1] + 1;
    return true;
  }
  return false;
}

// Pieces 0..count, there and not there in turn, changing at each of `cuts`.
Survivor torn_at(std::uint32_t write, std::uint64_t count, const std::vector<std::uint64_t>& cuts,
                 bool first_is_there) {
  Survivor survivor{write, {}};
  std::uint64_t begin = 0;
  bool there = first_is_there;
  for (std::size_t i = 0; i <= cuts.size(); ++i, there = !there) {
    const std::uint64_t end = i == cuts.size() ? count : cuts[i];
    if (there) survivor.runs.emplace_back(begin, end);
    begin = end;
  }
  return survivor;
}

}  // namespace

bool CrashImages::enumerate(const ImageVisitor& visit) {
  visit_ = &visit;
  largest_from_.assign(sectors_.writes() + 1, 0);
  for (std::size_t i = sectors_.writes(); i-- > 0;) {
    const std::uint64_t largest =
        tear_ ? piece_count(i) : std::min<std::uint64_t>(piece_count(i), 1);
    largest_from_[i] = largest_from_[i + 1] + largest;
  }
  for (std::uint64_t size = 0; size <= largest_from_[0]; ++size) {
    image_.survivors.clear();
    if (!extend(0, size)) return has_all() && !refused_;
  }
  return true;
}

// Adds writes from `first_write` on, and tears, that make up exactly `size_left`.
bool CrashImages::extend(std::size_t first_write, std::uint64_t size_left) {
  if (size_left == 0) return offer();
  for (std::size_t i = first_write; largest_from_[i] >= size_left && i < sectors_.writes(); ++i) {
    if (piece_count(i) == 0) continue;
    const std::uint64_t tears_max = tear_ ? std::min(size_left, piece_count(i)) : 1;
    for (std::uint64_t tears = 0; tears < tears_max; ++tears)
      if (!with_tears(i, tears, size_left - 1 - tears)) return false;
  }
  return true;
}

bool CrashImages::with_tears(std::size_t write, std::uint64_t tears, std::uint64_t size_left) {
  if (largest_from_[write + 1] < size_left) return true;
  std::vector<std::uint64_t> cuts(tears);
  for (std::size_t i = 0; i < tears; ++i) cuts[i] = i + 1;
  const std::uint64_t count = piece_count(write);
  do {
    for (const bool first_is_there : {true, false}) {
      if (tears == 0 && !first_is_there) continue;  // that is a lost write
      image_.survivors.push_back(
          torn_at(static_cast<std::uint32_t>(write), count, cuts, first_is_there));
      const bool more = extend(write + 1, size_left);
      image_.survivors.pop_back();
      if (!more) return false;
    }
  } while (next_choice(cuts, count));
  return true;
}

// Of sectors that several of the parts hold, the last version counts. Leaves the parts in order of
// position.
void CrashImages::settle_contents() {
  const auto parts = std::exchange(image_.contents, {});
  for_overlaps(parts, [&](std::uint64_t begin, std::uint64_t end, const auto& covering) {
    const CrashSectors::Part& last = parts[*covering.rbegin()];
    image_.contents.push_back({begin, end, last.stretch, last.version});
    return true;
  });
}

// Leaves one description of each set of bytes: longest parts, none that hold what is durable.
void CrashImages::join_alike() {
  std::size_t kept = 0;
  auto& contents = image_.contents;
  for (const CrashSectors::Part& part : contents) {
    const std::uint32_t content = sectors_.content(part);
    if (content == 0) continue;
    CrashSectors::Part* const last = kept == 0 ? nullptr : &contents[kept - 1];
    if (last != nullptr && last->end == part.begin && last->stretch == part.stretch &&
        sectors_.content(*last) == content) {
      last->end = part.end;
    } else {
      contents[kept++] = part;
    }
  }
  contents.resize(kept);
}

// Shows the image unless its bytes have been shown. False: that was the last.
bool CrashImages::offer() {
  if (may_go_on_ && ++offers_ % kOffersPerLook == 0 && !may_go_on_()) return refuse();
  image_.contents.clear();
  for (const Survivor& survivor : image_.survivors)
    for (const auto& [begin, end] : survivor.runs)
      sectors_.add_parts(survivor.write, begin, end, image_.contents);
  settle_contents();
  join_alike();
  Signature signature;
  for (const CrashSectors::Part& part : image_.contents) {
    const std::uint64_t where = mix(mix(part.begin) + part.end);
    const std::uint64_t content = sectors_.content(part);
    signature.low += mix(where + content + 0x9e3779b97f4a7c15);
    signature.high += mix((where ^ 0xc2b2ae3d27d4eb4f) + (content << 32));
  }
  if (!seen_.insert(signature).second) return true;
  return (*visit_)(image_) ? !has_all() : refuse();
}

bool CrashImages::refuse() {
  refused_ = true;
  return false;
}

Survivor CrashImages::draw(std::uint32_t write, std::uint64_t& state) const {
  const std::uint64_t count = piece_count(write);
  const std::uint64_t kind = next_random(state) % (tear_ && count > 1 ? 3 : 2);
  if (count == 0 || kind == 0) return {write, {}};
  if (kind == 1) return {write, {{0, count}}};
  // Half of the torn ones end somewhere, as where power fails in mid-transfer; the others are there
  // sector by sector, as where a cache is emptied in any order.
  if (next_random(state) % 2 == 0) return {write, {{0, 1 + next_random(state) % (count - 1)}}};
  Survivor survivor{write, {}};
  for (std::uint64_t i = 0; i < count; ++i) {
    if (next_random(state) % 2 == 0) continue;
    if (!survivor.runs.empty() && survivor.runs.back().second == i) {
      ++survivor.runs.back().second;
    } else {
      survivor.runs.emplace_back(i, i + 1);
    }
  }
  return survivor;
}

void CrashImages::sample(std::uint64_t draws, std::uint64_t seed, const ImageVisitor& visit) {
  visit_ = &visit;
  std::uint64_t state = seed;
  for (std::uint64_t i = 0; i < draws; ++i) {
    image_.survivors.clear();
    for (std::uint32_t write = 0; write < sectors_.writes(); ++write) {
      Survivor survivor = draw(write, state);
      if (!survivor.runs.empty()) image_.survivors.push_back(std::move(survivor));
    }
    if (!offer()) return;
  }
}

}  // namespace simcheck::logs
