#include "properties/words.hpp"

#include <fmt/format.h>

#include <string_view>

namespace simcheck::properties {

std::string lane_name(std::uint32_t lane) {
  if (lane < 26) return std::string(1, static_cast<char>('A' + lane));
  return fmt::format("R{}", lane);
}

std::string lane_name(sim::FiberId fiber) { return lane_name(sim::index_of(fiber)); }

std::string request_name(const sim::History& history, sim::RequestId request) {
  const std::uint32_t index = sim::index_of(request);
  return lane_name(index < history.requests.size() ? history.requests[index].lane : index);
}

std::string request_words(const sim::RequestInfo& request) {
  std::string words(to_string(request.kind));
  if (request.kind != sim::IoKind::kFlush) {
    words += fmt::format(" {} {}", byte_count(request.offset), byte_count(request.length));
  }
  if (request.fua) words += " fua";
  return words;
}

std::string describe(const sim::History& history, sim::RequestId request) {
  if (request == sim::kNoRequest) return "no request";
  const std::string name = "request " + request_name(history, request);
  if (sim::index_of(request) >= history.requests.size()) return name;
  return fmt::format("{} ({})", name, request_words(history.requests[sim::index_of(request)]));
}

std::string byte_count(std::uint64_t bytes) {
  constexpr std::string_view kUnits = "kMGT";
  std::string unit;
  for (const char larger : kUnits) {
    if (bytes == 0 || bytes % 1024 != 0) break;
    bytes /= 1024;
    unit = larger;
  }
  return fmt::format("{}{}", bytes, unit);
}

std::string entry_count(std::uint64_t count) {
  return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
}

std::string ordinal(std::uint64_t number) {
  static constexpr const char* kEndings[] = {"th", "st", "nd", "rd"};
  const bool is_teen = number / 10 % 10 == 1;
  return fmt::format("{}{}", number, is_teen || number % 10 > 3 ? "th" : kEndings[number % 10]);
}

std::string log_sectors(std::uint64_t begin, std::uint64_t end) {
  if (end - begin == 1) return fmt::format("log sector {}", begin);
  return fmt::format("log sectors {}..{}", begin, end - 1);
}

}  // namespace simcheck::properties
