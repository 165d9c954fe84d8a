// `--rules`: which rules of the format an image is judged by.
#pragma once

#include <string>
#include <vector>

#include "logs/rules.hpp"

namespace simcheck::cli {

/// A list of rules, severities, and either with '-' in front to leave it out: "error,-hole".
/// One that begins by leaving out begins with all. Throws UsageError.
std::vector<const logs::Rule*> read_rules(const std::string& text);

}  // namespace simcheck::cli
