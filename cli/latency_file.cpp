// Measured latencies, from files.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/did_you_mean.hpp"
#include "cli/latency_values.hpp"
#include "cli/usage_error.hpp"
#include "cli/wrong_file.hpp"

namespace simcheck::cli {
namespace {

using Bins = std::vector<sim::LatencyBin>;

constexpr std::size_t kBytesMax = std::size_t{64} << 20;  // fio's take up to a few

std::string contents_of(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) wrong_file(path, std::strerror(errno));
  std::string contents;
  std::vector<char> piece(std::size_t{1} << 16);
  while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), file.get())) {
    contents.append(piece.data(), got);
    if (contents.size() > kBytesMax)
      wrong_file(path, fmt::format("has more than {} MiB, too much for bins", kBytesMax >> 20));
  }
  if (std::ferror(file.get()) != 0) wrong_file(path, std::strerror(errno));
  return contents;
}

// Words of a line, without its comment.
std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line.substr(0, line.find('#')));
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::uint64_t read_bound(const std::string& text) {
  const bool is_plain = text.find_first_not_of("0123456789.") == text.npos;
  return read_latency_ns(is_plain ? text + "ns" : text);
}

std::uint64_t read_count(const std::string& text) {
  std::size_t end = 0;
  const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  if (is_number && text.size() <= 15) return std::stoull(text, &end);
  throw UsageError(fmt::format("{} is no count", in_quotes(text)));
}

sim::LatencyBin read_bin(const std::vector<std::string>& words, const Bins& before) {
  if (words.size() != 2 && words.size() != 3)
    throw UsageError("a line has 'MAX COUNT' or 'MIN MAX COUNT', as in '100us 42'");
  const std::uint64_t min = words.size() == 3 ? read_bound(words[0])
                            : !before.empty() ? before.back().max_ns
                                              : 0;
  const sim::LatencyBin bin{min, read_bound(words[words.size() - 2]), read_count(words.back())};
  if (bin.min_ns > bin.max_ns) throw UsageError("the bin ends before it begins");
  return bin;
}

Bins bins_of_lines(const std::string& path, const std::string& contents) {
  std::istringstream in(contents);
  Bins bins;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const std::vector<std::string> words = words_of(line);
    if (words.empty()) continue;
    try {
      bins.push_back(read_bin(words, bins));
    } catch (const UsageError& error) {
      wrong_file(path, fmt::format("line {}: {}", number, error.what()));
    }
  }
  return bins;
}

// fio names a bin by the latency in its middle, and has 64 bins for each doubling of it.
Bins bins_of_fio(const std::string& path, const std::string& contents) {
  const auto json = nlohmann::json::parse(contents, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) wrong_file(path, "begins with '{', but is no JSON");
  for (const char* direction : {"write", "read", "trim"}) {
    std::map<std::uint64_t, std::uint64_t> counts;
    for (const auto& job : json.value("jobs", nlohmann::json::array())) {
      const nlohmann::json::json_pointer where(fmt::format("/{}/clat_ns/bins", direction));
      if (!job.is_object() || !job.contains(where) || !job[where].is_object()) continue;
      for (const auto& [ns, count] : job[where].items())
        if (count.is_number_unsigned()) counts[read_bound(ns)] += count.get<std::uint64_t>();
    }
    Bins bins;
    for (const auto& [ns, count] : counts)
      bins.push_back({ns - ns / 128, std::min(ns + ns / 128, sim::Latency::kMaxNs), count});
    if (!bins.empty()) return bins;
  }
  wrong_file(path, "holds no latency bins; fio writes them with --output-format=json+");
}

}  // namespace

Bins read_latency_bins(const std::string& path) {
  const std::string contents = contents_of(path);
  const bool is_json = contents.starts_with('{');
  Bins bins = is_json ? bins_of_fio(path, contents) : bins_of_lines(path, contents);
  std::uint64_t all = 0;
  for (const sim::LatencyBin& bin : bins) {
    if (bin.count > (UINT64_MAX >> 2) - all) wrong_file(path, "counts more than there can be");
    all += bin.count;
  }
  if (all == 0) wrong_file(path, "counts nothing; a line has 'MAX COUNT', as in '100us 42'");
  return bins;
}

}  // namespace simcheck::cli
