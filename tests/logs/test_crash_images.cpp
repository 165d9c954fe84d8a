// The images of a power cut, against an oracle that tries every version of every sector, and every
// subset of the writes.
#include "logs/crash_images.hpp"

#include <algorithm>
#include <set>

#include "tests/logs/judged.hpp"
#include "tests/logs/memory_target.hpp"
#include "tests/logs/random_log.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::logs {
namespace {

using test::MemoryTarget;
using Bytes = std::vector<std::byte>;

const std::function<bool()> kGoOn = [] { return true; };

// A cut of a log in memory: what is durable, and the images, as bytes.
class Cut {
 public:
  Cut(const Bytes& log, const CrashOptions& options, const CrashModel& model, const Bytes& base)
      : log_(log), source_(log_), model_(model), target_(0) {
    const Superblock super = *read_superblock(source_);
    point_ = std::get<CrashPoint>(find_crash_point(source_, super, options));
    target_.content = base;
    REQUIRE(!replay_durable(source_, super, point_, model_, target_, kGoOn));
    durable_.emplace(target_.content);
    sectors_.emplace(
        std::get<CrashSectors>(CrashSectors::make(source_, point_, model_, *durable_)));
  }
  Cut(const Cut&) = delete;
  Cut& operator=(const Cut&) = delete;

  const CrashPoint& point() const { return point_; }
  const CrashSectors& sectors() const { return *sectors_; }
  const Bytes& durable() const { return target_.content; }

  Bytes bytes(const CrashImage& image) const {
    MemoryTarget copy(0);
    copy.content = target_.content;
    REQUIRE(!sectors_->apply(image.contents, copy));
    return copy.content;
  }

  // All of them; each is another one, and none is smaller than the one before.
  std::set<Bytes> images(bool tear) const {
    std::set<Bytes> all;
    std::size_t last_size = 0;
    CrashImages images(*sectors_, tear);
    CHECK(images.enumerate([&](const CrashImage& image) {
      CHECK(all.insert(bytes(image)).second);
      CHECK(size(image) >= last_size);
      last_size = size(image);
      return true;
    }));
    CHECK(images.distinct() == all.size());
    return all;
  }

 private:
  // Writes that are there, and places where they tear.
  std::size_t size(const CrashImage& image) const {
    std::size_t size = 0;
    for (const Survivor& survivor : image.survivors) {
      size += 1;
      const std::uint64_t count = sectors_->piece_count(survivor.write);
      for (const auto& [begin, end] : survivor.runs) size += (begin != 0) + (end != count);
    }
    return size;
  }

  Bytes log_;
  MemorySource source_;
  CrashModel model_;
  CrashPoint point_;
  MemoryTarget target_;
  std::optional<MemorySource> durable_;
  std::optional<CrashSectors> sectors_;
};

// Every combination of the versions that disk sectors have gone through since they were durable.
std::set<Bytes> by_versions(const test::RandomLog& log, const Cut& cut, const CrashModel& model,
                            const Bytes& base) {
  std::vector<std::vector<Bytes>> versions;  // by disk sector
  const auto slice = [&](const Bytes& device, std::size_t i) {
    const std::size_t end = std::min<std::size_t>((i + 1) * model.disk_sector, device.size());
    return Bytes(device.begin() + static_cast<std::ptrdiff_t>(i * model.disk_sector),
                 device.begin() + static_cast<std::ptrdiff_t>(end));
  };
  const std::size_t sectors = (base.size() + model.disk_sector - 1) / model.disk_sector;
  for (std::size_t i = 0; i < sectors; ++i) versions.push_back({slice(base, i)});
  std::set<std::uint64_t> pending;
  for (const DeviceWrite& write : cut.point().pending) pending.insert(write.entry);
  Bytes device = base;
  for (std::size_t e = 0; e < cut.point().end; ++e) {
    log.apply(e, device, std::byte{0});
    const EntryHeader& header = log.entries[e].header;
    if (header.nr_sectors == 0) continue;
    const std::size_t first = header.sector * log.sector_size / model.disk_sector;
    const std::size_t last =
        ((header.sector + header.nr_sectors) * log.sector_size - 1) / model.disk_sector;
    for (std::size_t i = first; i <= last; ++i) {
      if (!pending.contains(e)) versions[i].clear();
      versions[i].push_back(slice(device, i));
    }
  }
  std::set<Bytes> images = {Bytes()};
  for (const auto& choices : versions) {
    std::set<Bytes> longer;
    for (const Bytes& image : images) {
      for (const Bytes& choice : choices) {
        Bytes next = image;
        next.insert(next.end(), choice.begin(), choice.end());
        longer.insert(next);
      }
    }
    images = longer;
  }
  return images;
}

CrashOptions random_cut(const test::RandomLog& log) {
  CrashOptions options;
  options.at = *rc::gen::inRange<std::uint64_t>(0, log.entries.size());
  options.coverage = *rc::gen::element(Coverage::kLogged, Coverage::kIssued);
  return options;
}

RC_TEST_CASE(
    "torn images are all combinations of the sectors' versions",
    [] {
      const test::RandomLog log = test::random_log(6);
      RC_PRE(!log.entries.empty());
      const CrashOptions options = random_cut(log);
      const CrashModel model{*rc::gen::element<std::uint32_t>(512, 4096), DiscardMode::kZero};
      const Bytes base = test::pattern(test::kDeviceSectors * log.sector_size, 3);
      const Cut cut(log.image(), options, model, base);
      const auto images = cut.sectors().images();
      RC_PRE(images.has_value() && *images <= 512);
      const std::set<Bytes> expected = by_versions(log, cut, model, base);
      RC_ASSERT(*images == expected.size());
      RC_ASSERT(cut.images(true) == expected);
    },
    {.max_success = 200});

RC_TEST_CASE("whole images are all subsets of the writes", [] {
  test::RandomLog log = test::random_log(8);
  RC_PRE(!log.entries.empty());
  log.sector_size = 512;
  for (auto& entry : log.entries)
    if (!entry.data.empty()) entry.data.resize(entry.header.nr_sectors * 512, entry.data[0]);
  const CrashOptions options = random_cut(log);
  const Bytes base = test::pattern(test::kDeviceSectors * 512, 3);
  const Cut cut(log.image(), options, {}, base);
  const auto& pending = cut.point().pending;
  std::set<Bytes> expected;
  for (std::size_t subset = 0; subset < (std::size_t{1} << pending.size()); ++subset) {
    Bytes device = base;
    std::size_t next = 0;
    for (std::size_t e = 0; e < cut.point().end; ++e) {
      const bool is_pending = next < pending.size() && pending[next].entry == e;
      if (!is_pending || ((subset >> next) & 1) != 0) log.apply(e, device, std::byte{0});
      next += is_pending;
    }
    expected.insert(device);
  }
  RC_ASSERT(cut.images(false) == expected);
});

// Entries 0 and 1: writes of 4 and 2 sectors that do not touch.
Bytes two_writes() {
  ImageWriter image;
  image.append_write(0, test::pattern(4 * 512, 1));
  image.append_write(8, test::pattern(2 * 512, 2));
  return image.bytes();
}

TEST_CASE("the smallest first: whole writes before torn ones, early ones before late ones") {
  const Cut cut(two_writes(), {.at = 1}, {}, Bytes(16 * 512));
  CHECK(cut.sectors().images() == 64);
  std::vector<std::string> shown;
  CrashImages images(cut.sectors(), true);
  images.enumerate([&](const CrashImage& image) {
    std::string text;
    for (const Survivor& survivor : image.survivors) {
      text += std::to_string(survivor.write) + ":";
      for (const auto& [begin, end] : survivor.runs)
        text += std::to_string(begin) + "-" + std::to_string(end) + " ";
    }
    shown.push_back(text);
    return shown.size() < 9;
  });
  CHECK(shown == std::vector<std::string>{"", "0:0-4 ", "1:0-2 ", "0:0-4 1:0-2 ", "0:0-1 ",
                                          "0:1-4 ", "0:0-2 ", "0:2-4 ", "0:0-3 "});
}

TEST_CASE("writes that change nothing make no images") {
  const Cut cut(two_writes(), {.at = 1}, {}, test::pattern(16 * 512, 1));
  CHECK(cut.sectors().images() == 4);
  CHECK(cut.sectors().piece_count(0) == 0);
  CHECK(cut.images(true).size() == 4);
}

TEST_CASE("more images than 64 bits count have a logarithm") {
  ImageWriter image;
  image.append_write(0, test::pattern(100 * 512, 1));
  const Cut cut(image.bytes(), {.at = 0}, {}, Bytes(100 * 512));
  CHECK(!cut.sectors().images());
  CHECK(cut.sectors().images_log2() == doctest::Approx(100));
}

TEST_CASE("what lies past the end of the device is left out") {
  const Cut cut(two_writes(), {.at = 1}, {}, Bytes(9 * 512));
  CHECK(cut.sectors().images() == 32);
  const Cut empty(two_writes(), {.at = 1}, {}, Bytes());
  CHECK(empty.sectors().images() == 1);
  CHECK(empty.images(true).size() == 1);
}

TEST_CASE("discards may be ignored") {
  ImageWriter image;
  image.append_discard(0, 3);
  const Bytes base = test::pattern(4 * 512, 1);
  const Cut zeroing(image.bytes(), {.at = 0}, {}, base);
  CHECK(zeroing.sectors().images() == 8);
  const Cut ignoring(image.bytes(), {.at = 0}, {512, DiscardMode::kIgnore}, base);
  CHECK(ignoring.sectors().images() == 1);
}

TEST_CASE("samples: of the images that there are, the same for the same seed, others for another") {
  const Cut cut(two_writes(), {.at = 1}, {}, Bytes(16 * 512));
  const std::set<Bytes> all = cut.images(true);
  const auto sampled = [&](std::uint64_t seed, bool tear) {
    std::vector<Bytes> list;
    CrashImages images(cut.sectors(), tear);
    images.sample(20, seed, [&](const CrashImage& image) {
      list.push_back(cut.bytes(image));
      CHECK(all.contains(list.back()));
      return true;
    });
    CHECK(std::set<Bytes>(list.begin(), list.end()).size() == list.size());
    return list;
  };
  CHECK(sampled(1, true) == sampled(1, true));
  CHECK(sampled(1, true) != sampled(2, true));
  CHECK(sampled(1, true).size() > 8);
  CHECK(sampled(1, false).size() == 4);
}

}  // namespace
}  // namespace simcheck::logs
