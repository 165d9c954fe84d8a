// Wording of what salvage does to an entry.
#pragma once

#include <cstdint>
#include <string>

#include "logs/walk.hpp"

namespace simcheck::logs {

// "entry 3 at sector 28".
std::string place(const Entry& entry);

// "its flags were 0x20, - is kept of them".
std::string repaired(const EntryHeader& was, const EntryHeader& is);

// "; its data, 8 sectors, are lost".
std::string data_of(std::uint64_t sectors);

}  // namespace simcheck::logs
