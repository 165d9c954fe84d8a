// The superblock: there, of this format, and with a sector size that a log can have.
#include <fmt/format.h>

#include <array>

#include "logs/rules.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

void judge_empty(const Survey& survey, Findings& findings) {
  if (!survey.is_empty()) return;
  findings.add(fmt::format(
      "the file {}: nothing was logged, or whoever wrote the log was killed, or ran with "
      "cache=unsafe, before it reached the file; with --data and --base that is told apart",
      survey.bytes == 0 ? "is empty (0 bytes)" : "holds nothing but zeroes"));
}

void judge_present(const Survey& survey, Findings& findings) {
  const NoSuperblock& behind = survey.without_super;
  if (survey.is_empty()) return;
  if (survey.bytes < kSuperblockBytes) {
    findings.add(fmt::format("the file is cut short: {}, a superblock alone takes 28",
                             counted(survey.bytes, "byte")));
  } else if (survey.super_is_blank && behind.entries > 0) {
    findings.add(fmt::format(
        "sector 0 has no superblock, only zeroes, but {} {} behind it, in sectors of {} "
        "bytes: the log was written with cache=unsafe, or its writer was killed before "
        "the first flush; `simcheck log salvage` makes a log of them",
        counted(behind.entries, "entry"), behind.entries == 1 ? "parses" : "parse",
        behind.sector_size));
  } else if (survey.super_is_blank) {
    findings.add(
        "sector 0 has no superblock, only zeroes, and the bytes behind it are no entries under any "
        "sector size: this is no log, or its first entry is lost");
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

// "3 entries parse in sectors of 512 bytes"
std::string parsing(const NoSuperblock& found) {
  return fmt::format("{} {} in sectors of {} bytes", counted(found.entries, "entry"),
                     found.entries == 1 ? "parses" : "parse", found.sector_size);
}

constexpr std::string_view kTakesTheOther = "`simcheck log salvage` makes a log of them";

// "; 3 entries parse in sectors of 512 bytes", or nothing.
std::string under_another(const Survey& survey) {
  if (!survey.other_size) return "";
  return fmt::format("; {}: likelier that number is damaged, {}", parsing(*survey.other_size),
                     kTakesTheOther);
}

// Of a size that a log can have: what lies behind does not have it.
void judge_legal_size(const Survey& survey, Findings& findings) {
  if (!survey.other_size || !survey.sectors) return;
  findings.add(
      fmt::format("{}: the superblock's sector size is damaged, which says {} bytes, and "
                  "in those hardly anything parses; {}",
                  parsing(*survey.other_size), survey.super->sector_size, kTakesTheOther));
}

void judge_sector_size(const Survey& survey, Findings& findings) {
  if (!has_magic(survey)) return;
  const std::uint32_t size = survey.super->sector_size;
  if (!is_sector_size(size)) {
    findings.add(
        fmt::format("the superblock's sector size is {}, it must be a power of two from "
                    "{} to {}: no entry can be found without it{}",
                    size, kSectorSizeMin, kSectorSizeMax, under_another(survey)));
  }
  judge_legal_size(survey, findings);
}

void judge_whole(const Survey& survey, Findings& findings) {
  if (!has_magic(survey) || !is_sector_size(survey.super->sector_size)) return;
  if (survey.bytes >= survey.super->sector_size) return;
  findings.add(fmt::format("the file is cut short within sector 0: it has {}, a sector {}{}",
                           counted(survey.bytes, "byte"), survey.super->sector_size,
                           under_another(survey)));
}

// Judged of any file.
Rule rule(std::string_view id, Severity severity, std::string_view summary,
          void (*judge)(const Survey&, Findings&)) {
  return {id, severity, summary, judge, nullptr, {}, Needs::kNothing};
}

const std::array kRules = {
    rule("super-missing", Severity::kError, "sector 0 holds a superblock", judge_present),
    rule("magic", Severity::kError, "the superblock has the format's magic number", judge_magic),
    rule("version", Severity::kError, "the superblock's version is 1", judge_version),
    rule("sector-size", Severity::kError, "the sector size is a power of two, and the entries'",
         judge_sector_size),
    rule("super-bounds", Severity::kError, "sector 0 is whole", judge_whole),
    rule("empty-file", Severity::kWarning, "something was logged", judge_empty),
};

}  // namespace

std::span<const Rule> superblock_rules() { return kRules; }

}  // namespace simcheck::logs
