#include "logs/dump.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

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
  virtual void blanks(const Entry& first, std::uint64_t count) = 0;
  virtual void end(const Walk& walk, Walk::Step last) = 0;
};

class TextPrinter final : public Printer {
 public:
  explicit TextPrinter(const Sink& sink) : sink_(sink) {}

  void begin(const Superblock& super) override {
    sink_(
        fmt::format("superblock: version {}, {} entries, sectors of {} bytes\n{:>8} {:>12} {:>14} "
                    "{:>10}  {}\n",
                    super.version, super.nr_entries, super.sector_size, "entry", "log sector",
                    "sector", "sectors", "flags"));
  }
  void entry(SectorReader& reader, const Entry& entry) override {
    const EntryHeader& header = entry.header;
    std::string text;
    if ((header.flags & kFlagMark) != 0) {
      text = fmt::format(" \"{}\"", printable(reader.mark_text(entry)));
    }
    sink_(fmt::format("{:>8} {:>12} {:>14} {:>10}  {}{}\n", entry.index, entry.log_sector,
                      header.sector, header.nr_sectors, flag_names(header.flags), text));
  }
  void blanks(const Entry& first, std::uint64_t count) override {
    entry_line(first);
    if (count > 1)
      sink_(fmt::format("{:>8} {} more blank header{}\n", "...", count - 1, count == 2 ? "" : "s"));
  }
  void end(const Walk& walk, Walk::Step last) override {
    if (last != Walk::Step::kFault) return;
    sink_(fmt::format("{:>8} {:>12} cannot be a header: {}\n", walk.entry().index,
                      walk.entry().log_sector, why(walk.fault())));
  }

 private:
  void entry_line(const Entry& entry) {
    sink_(fmt::format("{:>8} {:>12} {:>14} {:>10}  -\n", entry.index, entry.log_sector, 0, 0));
  }
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
    std::string text = text_of(head);
    text.pop_back();  // the closing brace: the entries follow as they are read
    sink_(text + ",\"entries\":[");
  }
  void entry(SectorReader& reader, const Entry& entry) override {
    ordered_json json = fields(entry);
    if ((entry.header.flags & kFlagMark) != 0) json["mark"] = reader.mark_text(entry);
    if (entry.header.data_len != 0) json["data_len"] = entry.header.data_len;
    put(json);
  }
  void blanks(const Entry& first, std::uint64_t count) override {
    ordered_json json = fields(first);
    if (count > 1) json["repeated"] = count;
    put(json);
  }
  void end(const Walk& walk, Walk::Step last) override {
    sink_("\n]");
    if (last == Walk::Step::kFault) {
      const ordered_json json = {{"entry", walk.entry().index},
                                 {"log_sector", walk.entry().log_sector},
                                 {"reason", why(walk.fault())}};
      sink_(",\"stopped\":" + text_of(json));
    }
    sink_("}\n");
  }

 private:
  static std::string text_of(const ordered_json& json) {
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  }
  static ordered_json fields(const Entry& entry) {
    ordered_json flags = ordered_json::array();
    for (std::uint64_t flag = 1; flag <= kFlagMetadata; flag *= 2) {
      if ((entry.header.flags & flag) != 0) flags.push_back(flag_names(flag));
    }
    return {{"entry", entry.index},
            {"log_sector", entry.log_sector},
            {"sector", entry.header.sector},
            {"nr_sectors", entry.header.nr_sectors},
            {"flags", flags}};
  }
  void put(const ordered_json& json) {
    sink_((first_ ? "\n" : ",\n") + text_of(json));
    first_ = false;
  }
  const std::string& image_;
  const Sink& sink_;
  bool first_ = true;
};

std::optional<Error> print(const ByteSource& source, Printer& printer) {
  const Result<Superblock> super = read_sound_superblock(source);
  if (const Error* error = std::get_if<Error>(&super)) return *error;
  const Superblock& sound = std::get<Superblock>(super);
  SectorReader reader(source, sound.sector_size);
  printer.begin(sound);
  Walk walk(reader, kFirstEntrySector, 0, sound.nr_entries);
  Walk::Step step = walk.step();
  for (; step == Walk::Step::kEntry || step == Walk::Step::kBlanks; step = walk.step()) {
    if (step == Walk::Step::kEntry) {
      printer.entry(reader, walk.entry());
    } else {
      printer.blanks(walk.entry(), walk.blanks());
    }
  }
  printer.end(walk, step);
  if (!reader.failed()) return std::nullopt;
  return Error{fmt::format("the image cannot be read at byte {}", reader.failed_offset())};
}

}  // namespace

std::optional<Error> dump_text(const ByteSource& source, const Sink& sink) {
  TextPrinter printer(sink);
  return print(source, printer);
}

std::optional<Error> dump_json(const ByteSource& source, const std::string& image,
                               const Sink& sink) {
  JsonPrinter printer(image, sink);
  return print(source, printer);
}

}  // namespace simcheck::logs
