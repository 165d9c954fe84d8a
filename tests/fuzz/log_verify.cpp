// `log verify`: the verdict on any bytes, in words and as a document, with and without a data
// device.
#include <nlohmann/json.hpp>

#include "logs/report.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

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
// The log is its own data device and base: what it holds matters less than that it is read.

void check_log_verify(Bytes bytes) {
  const logs::MemorySource log(bytes);
  judge(log, {});
  logs::VerifyOptions with_device;
  with_device.data = with_device.base = &log;
  with_device.device_bytes = bytes.size();
  judge(log, with_device);
}

}  // namespace simcheck::fuzz
