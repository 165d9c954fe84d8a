// `log salvage`: what is made of any bytes verifies, and salvaging it again changes nothing.
#include <vector>

#include "logs/rules.hpp"
#include "logs/salvage.hpp"
#include "tests/fuzz/harness.hpp"

namespace simcheck::fuzz {
namespace {

constexpr std::size_t kBytesMax = 64 << 20;  // zeroes of a damaged length may be many

std::optional<std::vector<std::byte>> salvaged(const logs::ByteSource& log) {
  const auto plan = logs::plan_salvage(log);
  if (std::holds_alternative<logs::Error>(plan)) return std::nullopt;
  std::vector<std::byte> bytes;
  const auto grow = [&](std::uint64_t by) {
    require(by <= kBytesMax && bytes.size() + by <= kBytesMax, "the output is of sensible size");
    bytes.resize(bytes.size() + by);
  };
  const auto error = logs::write_salvaged(
      log, std::get<logs::SalvagePlan>(plan),
      {[&](auto part) { bytes.insert(bytes.end(), part.begin(), part.end()); }, grow});
  require(!error, "memory can be read");
  return bytes;
}

}  // namespace
}  // namespace simcheck::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const auto first = fuzz::salvaged(logs::MemorySource(fuzz::bytes_of(data, size)));
  if (!first) return 0;
  const logs::MemorySource log(*first);
  const auto verdict = std::get<logs::Verdict>(logs::verify(log));
  fuzz::require(verdict.ok(), "what is salvaged verifies");
  fuzz::require(fuzz::salvaged(log) == first, "a salvaged log needs no repair");
  return 0;
}
