#include "cli/latency_values.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "cli/did_you_mean.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {
namespace {

struct Unit {
  std::string_view suffix;
  double ns;
};
// "s" last: the others end with it.
constexpr std::array<Unit, 4> kUnits{{{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}}};

sim::Latency read_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == text.npos)
    throw UsageError(fmt::format("{} is no range, such as 20us..200us", in_quotes(text)));
  const std::uint64_t min = read_latency_ns(text.substr(0, dots));
  const std::uint64_t max = read_latency_ns(text.substr(dots + 2));
  if (min > max) throw UsageError(fmt::format("{} ends before it begins", in_quotes(text)));
  return sim::Latency::uniform(min, max);
}

}  // namespace

std::uint64_t read_latency_ns(std::string_view text) {
  for (const Unit& unit : kUnits) {
    if (!text.ends_with(unit.suffix)) continue;
    const char* const end = text.data() + text.size() - unit.suffix.size();
    double number = 0;
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    const double ns = number * unit.ns;
    if (error == std::errc{} && stop == end && ns >= 0 &&
        ns <= static_cast<double>(sim::Latency::kMaxNs))
      return static_cast<std::uint64_t>(std::llround(ns));
    break;
  }
  throw UsageError(fmt::format(
      "{} is no latency, such as 250ns, 100us or 1.5ms, of at most an hour", in_quotes(text)));
}

std::string histogram_file(const std::string& text) {
  constexpr std::string_view kKind = "histogram:";
  return text.starts_with(kKind) ? text.substr(kKind.size()) : "";
}

sim::Latency read_latency(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos) return sim::Latency::constant(read_latency_ns(text));
  const std::string kind = text.substr(0, colon), value = text.substr(colon + 1);
  if (kind == "constant") return sim::Latency::constant(read_latency_ns(value));
  if (kind == "uniform") return read_range(value);
  if (kind == "exponential") return sim::Latency::exponential(read_latency_ns(value));
  if (kind == "histogram") return sim::Latency::measured(read_latency_bins(value));
  const std::vector<std::string> kinds = {"constant", "uniform", "exponential", "histogram"};
  throw UsageError(fmt::format("{} is no distribution{}; there are {}", in_quotes(kind),
                               did_you_mean(kind, kinds), fmt::join(kinds, ", ")));
}

}  // namespace simcheck::cli
