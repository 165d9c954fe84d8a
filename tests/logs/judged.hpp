// Short ways to a verdict for the tests.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "logs/rules.hpp"
#include "logs/writer.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {

inline logs::Verdict judged(const std::vector<std::byte>& bytes) {
  return std::get<logs::Verdict>(logs::verify(logs::MemorySource(bytes)));
}
inline logs::Verdict judged(const logs::ImageWriter& image) { return judged(image.bytes()); }

inline logs::Verdict judged_file(const std::string& path, const logs::VerifyOptions& options = {}) {
  const auto opened = logs::FileSource::open(path);
  return std::get<logs::Verdict>(logs::verify(*std::get<0>(opened), options));
}

// The identifiers of all errors, "" for a sound log: "bounds" or "hole, flags".
inline std::string errors(const logs::Verdict& verdict) {
  std::string ids;
  for (const logs::Finding& finding : verdict.findings) {
    if (finding.rule->severity != logs::Severity::kError) continue;
    ids += (ids.empty() ? "" : ", ") + std::string(finding.rule->id);
  }
  return ids;
}

// The message of the first finding by that rule, "" for none.
inline std::string message(const logs::Verdict& verdict, std::string_view rule) {
  const auto at = std::find_if(verdict.findings.begin(), verdict.findings.end(),
                               [&](const auto& finding) { return finding.rule->id == rule; });
  return at == verdict.findings.end() ? "" : at->message;
}

inline std::vector<std::byte> pattern(std::size_t bytes, std::uint8_t value) {
  return std::vector<std::byte>(bytes, std::byte{value});
}

}  // namespace simcheck::test
