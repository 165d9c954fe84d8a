// `log verify`: the verdict on any bytes, in words and as a document, with and without a data
// device.
#include <nlohmann/json.hpp>

#include "logs/report.hpp"
#include "tests/fuzz/harness.hpp"

namespace simcheck::fuzz {
namespace {

void judge(const logs::ByteSource& log, const logs::VerifyOptions& options) {
  const auto result = logs::verify(log, options);
  const auto* verdict = std::get_if<logs::Verdict>(&result);
  require(verdict != nullptr, "memory can be read");
  require(!logs::verdict_text("log", *verdict).empty(), "there is a verdict in words");
  require(nlohmann::json::accept(logs::verdict_json("log", *verdict)), "a document is JSON");
  require(verdict->end_sector <= verdict->sectors || !verdict->walked, "entries are in the image");
}

}  // namespace
}  // namespace simcheck::fuzz

// The log is its own data device and base: what it holds matters less than that it is read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const logs::MemorySource log(fuzz::bytes_of(data, size));
  fuzz::judge(log, {});
  logs::VerifyOptions with_device;
  with_device.data = with_device.base = &log;
  with_device.device_bytes = size;
  fuzz::judge(log, with_device);
  return 0;
}
