#include "logs/survey.hpp"

#include "logs/other_size.hpp"

namespace simcheck::logs {
namespace {

constexpr std::size_t kFirstHolesMax = 8;

void on_blanks(Survey& survey, SwallowSuspects& suspects, const Blanks& blanks) {
  if (survey.blanks.size() < Survey::kBlanksKept) survey.blanks.push_back(blanks);
  survey.blanks_total += blanks.count;
  survey.last_blanks = blanks;
  suspects.on_misfit();
}

void on_fault(Survey& survey, SwallowSuspects& suspects, const Walk& walk) {
  survey.misfit = walk.entry();
  survey.misfit_fault = walk.fault();
  survey.before_misfit = survey.traits.last;
  suspects.on_misfit();
}

void walk_counted(Survey& survey, SwallowSuspects& suspects, const EntryVisitor& on_entry,
                  WalkObserver* observer) {
  SectorReader& reader = *survey.sectors;
  Walk walk(reader, kFirstEntrySector, 0, survey.super->nr_entries);
  for (Walk::Step step = walk.step(); step != Walk::Step::kEnd; step = walk.step()) {
    if (step == Walk::Step::kFault) {
      on_fault(survey, suspects, walk);
      if (observer != nullptr) observer->on_fault(walk.entry().index);
      break;
    }
    survey.ends_blank = step == Walk::Step::kBlanks;
    if (step == Walk::Step::kBlanks) {
      on_blanks(survey, suspects, {walk.entry().index, walk.entry().log_sector, walk.blanks()});
      if (observer != nullptr) observer->on_blanks(walk.entry(), walk.blanks());
      continue;
    }
    suspects.on_entry(reader, walk.entry());
    on_entry(reader, walk.entry());
    if (observer != nullptr) observer->on_entry(reader, walk.entry());
    survey.traits.note(walk.entry());
  }
  survey.entries = walk.next_index();
  survey.end_sector = walk.next_sector();
}

// Where every counted header can be one and nothing parses behind, blank ones were writes.
bool plain_reading_fits(const Survey& survey) {
  if (survey.misfit) return false;
  return survey.blanks.empty() || !survey.tail || survey.tail->entries == 0;
}

// Where the first hole may be: at any row of blank headers, since those before it may be writes of
// length zero, or at the impossible header. Few, for each costs a pass.
std::vector<Entry> first_holes(const Survey& survey) {
  std::vector<Entry> places;
  for (const Blanks& blanks : survey.blanks) {
    if (places.size() == kFirstHolesMax) break;
    places.push_back({blanks.index, blanks.log_sector, {}});
  }
  if (survey.misfit) places.push_back(*survey.misfit);
  return places;
}

// The reading that comes to exactly the count, or else the first.
void look_for_holes(Survey& survey) {
  if (survey.swallowing || plain_reading_fits(survey)) return;
  const std::uint64_t count = survey.super->nr_entries;
  for (const Preference preference : {Preference::kFirst, Preference::kLongest}) {
    for (const Entry& place : first_holes(survey)) {
      HoleReading reading =
          read_over_holes(*survey.sectors, place.log_sector, place.index, count, preference);
      if (reading.holes.empty()) continue;
      const bool exact = reading.entries == count && reading.beyond == 0;
      if (exact || !survey.over_holes) survey.over_holes = std::move(reading);
      if (exact) return;
    }
  }
}

// Behind the counted entries, in the reading that is believed.
void look_behind_holes(Survey& survey) {
  if (!survey.holes_are_certain()) return;
  survey.tail.reset();
  if (survey.over_holes->stuck) return;
  survey.tail = look_at_tail(*survey.sectors, survey.wrong_entry ? survey.wrong_entry->end_sector
                                                                 : survey.over_holes->end_sector);
}

void without_superblock(Survey& survey, const ByteSource& source) {
  survey.super_is_blank = *survey.super == Superblock{0, 0, 0, 0};
  if (survey.super_is_blank) survey.without_super = look_without_superblock(source);
  survey.other_size = find_other_size(source, *survey.super);
}

// Only where the superblock's own size does not explain what is there.
void look_for_other_size(Survey& survey, const ByteSource& source) {
  if (survey.swallowing || (!survey.misfit && survey.blanks.empty())) return;
  survey.other_size = find_other_size(source, *survey.super);
  if (survey.other_size) survey.tail.reset();
}

}  // namespace

bool is_usable(const Superblock& super, std::uint64_t bytes) {
  return super.magic == kMagic && super.version == kVersion && is_sector_size(super.sector_size) &&
         super.sector_size <= bytes;
}

bool Survey::holes_are_certain() const {
  if (!over_holes) return false;
  for (const Hole& hole : over_holes->holes) {
    if (!hole.zeroes) return true;
  }
  if (over_holes->stuck) return false;
  const std::uint64_t unread = super->nr_entries - over_holes->entries;
  return unread == 0 ? over_holes->beyond == 0 : unread <= over_holes->spare_sectors;
}

std::optional<std::uint64_t> Survey::uncounted_from() const {
  if (!tail || tail->entries == 0 || tail->foreign_bytes || is_closed()) return std::nullopt;
  return tail->entries_sector;
}

bool Survey::is_closed() const { return traits.ends_closed(*sectors); }

Survey survey(const ByteSource& source, const EntryVisitor& on_entry,
              const SurveyOptions& options) {
  Survey survey;
  survey.bytes = source.size();
  survey.can_grow = source.can_grow();
  survey.super = read_superblock(source);
  if (!survey.super) {
    if (survey.bytes >= kSuperblockBytes) survey.unreadable_at = 0;
    return survey;
  }
  if (!is_usable(*survey.super, survey.bytes)) {
    without_superblock(survey, source);
    return survey;
  }
  survey.sectors = std::make_shared<SectorReader>(source, survey.super->sector_size);
  SwallowSuspects suspects;
  walk_counted(survey, suspects, on_entry, options.observer);
  survey.header_like = suspects.header_like();
  survey.first_header_like = suspects.first_header_like();
  if (options.swallowed) {
    survey.swallowing = find_swallowing(*survey.sectors, suspects.suspects(),
                                        survey.super->nr_entries, survey.search_gave_up);
  }
  if (survey.swallowing) {
    survey.tail = look_at_tail(*survey.sectors, survey.swallowing->end_sector());
  } else if (!survey.misfit) {
    survey.tail = look_at_tail(*survey.sectors, survey.end_sector);
  }
  if (options.other_sizes) look_for_other_size(survey, source);
  if (options.holes && !survey.other_size) {
    look_for_holes(survey);
    if (survey.over_holes && survey.before_misfit) {
      survey.wrong_entry = find_wrong_entry(*survey.sectors, *survey.before_misfit,
                                            *survey.over_holes, survey.super->nr_entries);
    }
  }
  look_behind_holes(survey);
  if (survey.sectors->failed()) survey.unreadable_at = survey.sectors->failed_offset();
  return survey;
}

}  // namespace simcheck::logs
