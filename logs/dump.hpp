// Lists the entries of a log as the headers say, without judging them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "logs/filter.hpp"
#include "logs/image.hpp"

namespace simcheck::logs {

// Takes the next piece of output; logs may be longer than memory.
using Sink = std::function<void(std::string_view)>;

// Writes a table, or one JSON document ("format": "simcheck-log-dump", "version": 1; see
// docs/log-format.md) of the wanted entries. Stops at the first header that cannot be one, says so
// in the output, and gives that entry. An Error, with nothing written before it, when the source
// has no usable superblock; an Error at the end when its medium fails.
Result<std::optional<Entry>> dump_text(const ByteSource& source, const Sink& sink,
                                       const EntryFilter& filter = {});
Result<std::optional<Entry>> dump_json(const ByteSource& source, const std::string& image,
                                       const Sink& sink, const EntryFilter& filter = {});

}  // namespace simcheck::logs
