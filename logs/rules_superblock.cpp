// The superblock: there, of this format, and with a sector size that a log can have.
#include <fmt/format.h>

#include <array>

#include "logs/rules.hpp"

namespace simcheck::logs {
namespace {

void judge_present(const Survey& survey, Findings& findings) {
  if (survey.bytes == 0) {
    findings.add("the file is empty (0 bytes): a log begins with a superblock of 28 bytes");
  } else if (survey.bytes < kSuperblockBytes) {
    findings.add(
        fmt::format("the file is cut short: {} bytes, a superblock alone takes 28", survey.bytes));
  } else if (survey.super_is_blank) {
    findings.add(
        "sector 0 has no superblock, only zeroes: the log was never closed or flushed, or this is "
        "no log; how many entries it holds and their sector size are not recorded");
  }
}

// Formats that a log is easily mistaken for, by their first bytes.
std::string_view other_format(std::uint64_t magic) {
  if ((magic & 0xffffffff) == 0xfb494651) {
    return "; this is a qcow2 image, `qemu-img convert -O raw` makes a raw one of it";
  }
  if ((magic & 0xffff) == 0x8b1f) return "; this is gzip data, unpack it first";
  return "";
}

void judge_magic(const Survey& survey, Findings& findings) {
  if (!survey.super || survey.super_is_blank || survey.super->magic == kMagic) return;
  findings.add(
      fmt::format("the superblock's magic number is {:#x}, a log has {:#x}: this is no "
                  "log-writes log, or its sector 0 was overwritten{}",
                  survey.super->magic, kMagic, other_format(survey.super->magic)));
}

bool has_magic(const Survey& survey) { return survey.super && survey.super->magic == kMagic; }

void judge_version(const Survey& survey, Findings& findings) {
  if (!has_magic(survey) || survey.super->version == kVersion) return;
  findings.add(
      fmt::format("the superblock says format version {}, only version {} exists: its "
                  "entries cannot be interpreted",
                  survey.super->version, kVersion));
}

void judge_sector_size(const Survey& survey, Findings& findings) {
  if (!has_magic(survey)) return;
  const std::uint32_t size = survey.super->sector_size;
  if (!is_sector_size(size)) {
    findings.add(
        fmt::format("the superblock's sector size is {}, it must be a power of two from "
                    "{} to {}: no entry can be found without it",
                    size, kSectorSizeMin, kSectorSizeMax));
  }
}

void judge_whole(const Survey& survey, Findings& findings) {
  if (!has_magic(survey) || !is_sector_size(survey.super->sector_size)) return;
  if (survey.bytes >= survey.super->sector_size) return;
  findings.add(fmt::format("the file is cut short within sector 0: it has {} bytes, a sector {}",
                           survey.bytes, survey.super->sector_size));
}

const std::array kRules = {
    Rule{"super-missing", Severity::kError, "sector 0 holds a superblock", judge_present},
    Rule{"magic", Severity::kError, "the superblock has the format's magic number", judge_magic},
    Rule{"version", Severity::kError, "the superblock's version is 1", judge_version},
    Rule{"sector-size", Severity::kError, "the sector size is a power of two, 32 to 8388608",
         judge_sector_size},
    Rule{"super-bounds", Severity::kError, "sector 0 is whole", judge_whole},
};

}  // namespace

std::span<const Rule> superblock_rules() { return kRules; }

}  // namespace simcheck::logs
