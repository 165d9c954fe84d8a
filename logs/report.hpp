// A verdict on a log as text for people and as a JSON document for programs.
#pragma once

#include <string>

#include "logs/rules.hpp"

namespace simcheck::logs {

// Findings by rule, then what exactly was checked. Ends in a newline. The log is called violated
// when there is a finding of severity `least` or above.
std::string verdict_text(const std::string& image, const Verdict& verdict,
                         Severity least = Severity::kError);

// Its first line alone.
std::string verdict_line(const std::string& image, const Verdict& verdict,
                         Severity least = Severity::kError);

// One document, "format": "simcheck-log-verify", "version": 1; see docs/log-format.md.
std::string verdict_json(const std::string& image, const Verdict& verdict,
                         Severity least = Severity::kError);

}  // namespace simcheck::logs
