// One entry as a row of a table and as a JSON object.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "logs/walk.hpp"

namespace simcheck::logs {

// Column names, and the rows below them. They end in a newline.
std::string entry_columns();
std::string entry_row(SectorReader& reader, const Entry& entry);

nlohmann::ordered_json flags_json(std::uint64_t flags);  // their names
nlohmann::ordered_json entry_json(SectorReader& reader, const Entry& entry);

// A document as text; paths and marks need not be UTF-8, a document must.
std::string json_text(const nlohmann::ordered_json& json, int indent = -1);

}  // namespace simcheck::logs
