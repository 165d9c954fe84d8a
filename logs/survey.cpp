#include "logs/survey.hpp"

namespace simcheck::logs {
namespace {

constexpr std::uint64_t kBeyondMax = 1 << 20;

void on_blanks(Survey& survey, SwallowSuspects& suspects, const Blanks& blanks) {
  if (survey.blanks.size() < Survey::kBlanksKept) survey.blanks.push_back(blanks);
  survey.blanks_total += blanks.count;
  survey.last_blanks = blanks;
  suspects.on_misfit();
}

void walk_counted(Survey& survey, SwallowSuspects& suspects, const EntryVisitor& on_entry) {
  SectorReader& reader = *survey.sectors;
  Walk walk(reader, kFirstEntrySector, 0, survey.super->nr_entries);
  for (Walk::Step step = walk.step(); step != Walk::Step::kEnd; step = walk.step()) {
    if (step == Walk::Step::kFault) {
      survey.misfit = walk.entry();
      survey.misfit_fault = walk.fault();
      suspects.on_misfit();
      break;
    }
    survey.ends_blank = step == Walk::Step::kBlanks;
    if (step == Walk::Step::kBlanks) {
      on_blanks(survey, suspects, {walk.entry().index, walk.entry().log_sector, walk.blanks()});
      continue;
    }
    suspects.on_entry(reader, walk.entry());
    on_entry(reader, walk.entry());
  }
  survey.entries = walk.next_index();
  survey.end_sector = walk.next_sector();
}

// What lies behind the last counted entry.
void look_beyond(Survey& survey) {
  SectorReader& reader = *survey.sectors;
  std::uint64_t at = survey.end_sector;
  if (survey.ends_blank || survey.blanks_total > 1) {
    const std::uint64_t zeroes = reader.zero_sectors(at, UINT64_MAX);
    at += zeroes;
    survey.rest_is_blank = survey.ends_blank && at >= reader.sectors();
  }
  survey.beyond_sector = at;
  while (survey.beyond < kBeyondMax && parses_as_header(reader, at)) {
    at = Entry{0, at, reader.header_at(at)}.placed().end();
    ++survey.beyond;
  }
}

bool is_usable(const Superblock& super, std::uint64_t bytes) {
  return super.magic == kMagic && super.version == kVersion && is_sector_size(super.sector_size) &&
         super.sector_size <= bytes;
}

}  // namespace

Survey survey(const ByteSource& source, const EntryVisitor& on_entry) {
  Survey survey;
  survey.bytes = source.size();
  survey.super = read_superblock(source);
  if (!survey.super) {
    if (survey.bytes >= kSuperblockBytes) survey.unreadable_at = 0;
    return survey;
  }
  survey.super_is_blank = *survey.super == Superblock{0, 0, 0, 0};
  if (!is_usable(*survey.super, survey.bytes)) return survey;

  survey.sectors = std::make_shared<SectorReader>(source, survey.super->sector_size);
  SwallowSuspects suspects;
  walk_counted(survey, suspects, on_entry);
  survey.header_like = suspects.header_like();
  survey.first_header_like = suspects.first_header_like();
  survey.swallowing = find_swallowing(*survey.sectors, suspects.suspects(),
                                      survey.super->nr_entries, survey.search_gave_up);
  if (!survey.misfit) look_beyond(survey);
  if (survey.sectors->failed()) survey.unreadable_at = survey.sectors->failed_offset();
  return survey;
}

}  // namespace simcheck::logs
