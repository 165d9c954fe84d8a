#include "logs/dump.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "logs/entry_words.hpp"
#include "logs/missing_entry.hpp"
#include "logs/walk.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

using nlohmann::ordered_json;

// Prints one kind of output; begin and end frame the entries.
class Printer {
 public:
  virtual ~Printer() = default;
  virtual void begin(const Superblock& super) = 0;
  virtual void entry(SectorReader& reader, const Entry& entry) = 0;
  virtual void blanks(SectorReader& reader, const Entry& first, std::uint64_t count) = 0;
  virtual void end(const Walk& walk, Walk::Step last) = 0;
};

class TextPrinter final : public Printer {
 public:
  explicit TextPrinter(const Sink& sink) : sink_(sink) {}

  void begin(const Superblock& super) override {
    sink_(fmt::format("superblock: version {}, {}, sectors of {} bytes\n{}", super.version,
                      counted(super.nr_entries, "entry"), super.sector_size, entry_columns()));
  }
  void entry(SectorReader& reader, const Entry& entry) override { sink_(entry_row(reader, entry)); }
  void blanks(SectorReader& reader, const Entry& first, std::uint64_t count) override {
    sink_(entry_row(reader, first));
    if (count > 1)
      sink_(fmt::format("{:>8} {} more blank header{}\n", "...", count - 1, count == 2 ? "" : "s"));
  }
  void end(const Walk& walk, Walk::Step last) override {
    if (last != Walk::Step::kFault) return;
    sink_(fmt::format("{:>8} {:>12} cannot be a header: {}\n", walk.entry().index,
                      walk.entry().log_sector, why(walk.fault())));
  }

 private:
  const Sink& sink_;
};

class JsonPrinter final : public Printer {
 public:
  JsonPrinter(const std::string& image, const Sink& sink) : image_(image), sink_(sink) {}

  void begin(const Superblock& super) override {
    const ordered_json head = {{"format", "simcheck-log-dump"},
                               {"version", 1},
                               {"image", image_},
                               {"sector_size", super.sector_size},
                               {"nr_entries", super.nr_entries}};
    std::string text = json_text(head);
    text.pop_back();  // the closing brace: the entries follow as they are read
    sink_(text + ",\"entries\":[");
  }
  void entry(SectorReader& reader, const Entry& entry) override { put(entry_json(reader, entry)); }
  void blanks(SectorReader& reader, const Entry& first, std::uint64_t count) override {
    ordered_json json = entry_json(reader, first);
    if (count > 1) json["repeated"] = count;
    put(json);
  }
  void end(const Walk& walk, Walk::Step last) override {
    sink_("\n]");
    if (last == Walk::Step::kFault) {
      const ordered_json json = {{"entry", walk.entry().index},
                                 {"log_sector", walk.entry().log_sector},
                                 {"reason", why(walk.fault())}};
      sink_(",\"stopped\":" + json_text(json));
    }
    sink_("}\n");
  }

 private:
  void put(const ordered_json& json) {
    sink_((first_ ? "\n" : ",\n") + json_text(json));
    first_ = false;
  }
  const std::string& image_;
  const Sink& sink_;
  bool first_ = true;
};

void print_blanks(SectorReader& reader, const Walk& walk, const EntryFilter& filter,
                  Printer& printer) {
  const auto part = filter.wants_blanks(walk.entry(), walk.blanks());
  if (part.count == 0) return;
  Entry first = walk.entry();
  first.index += part.skipped;
  first.log_sector += part.skipped;
  printer.blanks(reader, first, part.count);
}

// Ends between which nothing can be.
std::optional<Error> impossible_range(const ByteSource& source, const Superblock& super,
                                      const Range& entries) {
  if (entries.first > entries.last) {
    return Error{fmt::format("nothing to list: entry {} is to be the first and entry {} the last",
                             entries.first, entries.last)};
  }
  if (entries.first <= super.nr_entries) return std::nullopt;
  return no_entry(source, super, entries.first);
}

Result<std::optional<Entry>> print(const ByteSource& source, const EntryFilter& filter,
                                   Printer& printer) {
  const Result<Superblock> super = read_sound_superblock(source);
  if (const Error* error = std::get_if<Error>(&super)) return *error;
  const Superblock& sound = std::get<Superblock>(super);
  if (auto error = impossible_range(source, sound, filter.entries)) return *std::move(error);
  SectorReader reader(source, sound.sector_size);
  printer.begin(sound);
  Walk walk(reader, kFirstEntrySector, 0,
            std::min(sound.nr_entries, saturating_add(filter.entries.last, 1)));
  Walk::Step step = walk.step();
  for (; step == Walk::Step::kEntry || step == Walk::Step::kBlanks; step = walk.step()) {
    if (step == Walk::Step::kBlanks) {
      print_blanks(reader, walk, filter, printer);
    } else if (filter.wants(walk.entry())) {
      printer.entry(reader, walk.entry());
    }
  }
  printer.end(walk, step);
  if (reader.failed())
    return Error{fmt::format("the image cannot be read at byte {}", reader.failed_offset())};
  return step == Walk::Step::kFault ? std::optional(walk.entry()) : std::nullopt;
}

}  // namespace

Result<std::optional<Entry>> dump_text(const ByteSource& source, const Sink& sink,
                                       const EntryFilter& filter) {
  TextPrinter printer(sink);
  return print(source, filter, printer);
}

Result<std::optional<Entry>> dump_json(const ByteSource& source, const std::string& image,
                                       const Sink& sink, const EntryFilter& filter) {
  JsonPrinter printer(image, sink);
  return print(source, filter, printer);
}

}  // namespace simcheck::logs
