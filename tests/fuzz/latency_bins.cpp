// `--latency histogram:FILE`.
#include "cli/latency_values.hpp"
#include "cli/usage_error.hpp"
#include "sim/random.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {

void check_latency_bins(Bytes bytes) {
  try {
    const auto latency = sim::Latency::measured(cli::read_latency_bins(input_file(bytes)));
    sim::Random random(1);
    require(latency.draw_ns(random) <= sim::Latency::kMaxNs, "what is drawn was measured");
  } catch (const cli::UsageError&) {
    // says what is wrong with the file
  }
}

}  // namespace simcheck::fuzz
