#include "logs/salvage_words.hpp"

#include <fmt/format.h>

#include "logs/words.hpp"

namespace simcheck::logs {

std::string place(const Entry& entry) {
  return fmt::format("entry {} at sector {}", entry.index, entry.log_sector);
}

std::string repaired(const EntryHeader& was, const EntryHeader& is) {
  if (was.flags > kFlagsAll)
    return fmt::format("its flags were {:#x}, {} is kept of them", was.flags, flag_names(is.flags));
  if (was.flags != is.flags) {
    return fmt::format("its flags were {}, {} by where the next header is", flag_names(was.flags),
                       flag_names(is.flags));
  }
  if (was.nr_sectors != is.nr_sectors) {
    return fmt::format("its length was {}, {} by where the next header is",
                       counted(was.nr_sectors, "sector"), is.nr_sectors);
  }
  return fmt::format("its data_len was {}, {} by what lies behind it", was.data_len, is.data_len);
}

std::string data_of(std::uint64_t sectors) {
  if (sectors == 0) return "; it had no data";
  return fmt::format("; its data, {}, {} lost", counted(sectors, "sector"),
                     sectors == 1 ? "is" : "are");
}

}  // namespace simcheck::logs
