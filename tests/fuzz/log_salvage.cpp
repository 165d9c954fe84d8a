// `log salvage`: what is made of any bytes verifies, and salvaging it again changes nothing.
#include <vector>

#include "logs/rules.hpp"
#include "logs/salvage.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {
namespace {

constexpr std::size_t kBytesMax = 64 << 20;  // zeroes of a damaged length may be many

std::optional<std::vector<std::byte>> salvaged(const logs::ByteSource& source) {
  const auto result = logs::salvage(source);
  if (std::holds_alternative<logs::Error>(result)) return std::nullopt;
  const auto& log = *std::get<logs::Salvaged>(result).log;
  require(log.size() <= kBytesMax, "the output is of sensible size");
  std::vector<std::byte> bytes(log.size());
  require(log.read(0, bytes), "memory can be read");
  require(log.next_data(0) <= log.size(), "data lies within the log");
  return bytes;
}

}  // namespace

void check_log_salvage(Bytes bytes) {
  const auto first = salvaged(logs::MemorySource(bytes));
  if (!first) return;
  const logs::MemorySource log(*first);
  const auto verdict = std::get<logs::Verdict>(logs::verify(log));
  require(verdict.ok(), "what is salvaged verifies");
  require(salvaged(log) == first, "a salvaged log needs no repair");
}

}  // namespace simcheck::fuzz
