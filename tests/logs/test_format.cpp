// Superblocks and headers to bytes and back.
#include "logs/format.hpp"

#include <array>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::logs {
namespace {

TEST_CASE("a superblock's bytes are those of a real log") {
  std::array<std::byte, kSuperblockBytes> bytes;
  encode(Superblock{kMagic, kVersion, 3, 512}, bytes);
  const unsigned char real[] = {0x72, 0x68, 0x73, 0x77, 0x66, 0x73, 0x6a, 0, 1, 0, 0, 0, 0, 0,
                                0,    0,    3,    0,    0,    0,    0,    0, 0, 0, 0, 2, 0, 0};
  CHECK(std::memcmp(bytes.data(), real, sizeof real) == 0);
}

RC_TEST_CASE("entry headers round-trip", [](std::uint64_t sector, std::uint64_t nr_sectors,
                                            std::uint64_t flags, std::uint64_t data_len) {
  std::array<std::byte, kEntryHeaderBytes> bytes;
  const EntryHeader header{sector, nr_sectors, flags, data_len};
  encode(header, bytes);
  RC_ASSERT(decode_entry(bytes) == header);
})

RC_TEST_CASE("superblocks round-trip", [](std::uint64_t magic, std::uint64_t version,
                                          std::uint64_t nr_entries, std::uint32_t sector_size) {
  std::array<std::byte, kSuperblockBytes> bytes;
  const Superblock super{magic, version, nr_entries, sector_size};
  encode(super, bytes);
  RC_ASSERT(decode_superblock(bytes) == super);
})

TEST_CASE("sector sizes") {
  CHECK(is_sector_size(32));
  CHECK(is_sector_size(8388608));
  for (const std::uint64_t wrong : {0U, 1U, 16U, 31U, 513U, 8388609U, 16777216U}) {
    CHECK_FALSE(is_sector_size(wrong));
  }
}

TEST_CASE("arithmetic at the end of 64 bits") {
  CHECK(saturating_add(UINT64_MAX, 1) == UINT64_MAX);
  CHECK(saturating_add(UINT64_MAX - 1, 1) == UINT64_MAX);
  CHECK(checked_mul(1ULL << 55, 512) == std::nullopt);
  CHECK(checked_mul((1ULL << 55) - 1, 512) == UINT64_MAX - 511);
  CHECK(checked_mul(0, UINT64_MAX) == 0);
}

TEST_CASE("flags by name") {
  CHECK(flag_names(0) == "-");
  CHECK(flag_names(kFlagFlush | kFlagFua) == "FLUSH|FUA");
  CHECK(flag_names(kFlagMark | 0x40) == "MARK|0x40");
  CHECK(flag_names(0x20) == "0x20");
}

}  // namespace
}  // namespace simcheck::logs
