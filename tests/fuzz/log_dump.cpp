// `log dump`, whole and filtered: the document is one, and a filter only leaves out.
#include <nlohmann/json.hpp>
#include <string>

#include "logs/dump.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {
namespace {

std::string document(const logs::ByteSource& log, const logs::EntryFilter& filter) {
  std::string text;
  const logs::Sink sink = [&](std::string_view part) { text += part; };
  if (std::holds_alternative<logs::Error>(logs::dump_json(log, "log", sink, filter))) return "";
  require(nlohmann::json::accept(text), "a document is JSON");
  return text;
}

}  // namespace

void check_log_dump(Bytes bytes) {
  const logs::MemorySource log(bytes);
  const std::size_t whole = document(log, {}).size();
  logs::EntryFilter some;
  some.entries = {1, 5};
  some.sectors = logs::Range{0, 64};
  require(document(log, some).size() <= whole + 1, "a filter only leaves out");
  logs::dump_text(log, [](std::string_view) {});
}

}  // namespace simcheck::fuzz
