// Two runs of one trace: the recorded one, and the one of now.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "model/result.hpp"
#include "reports/trace_file.hpp"

namespace simcheck::reports {

/// The first step, from 0, that differs in who ran, what happened, or what was touched; nothing if
/// the runs are the same to their ends. It may be the length of the shorter one.
std::optional<std::size_t> first_difference(const model::Counterexample& recorded,
                                            const model::Counterexample& now);

/// Says that they are the same, or where and how they differ. Lines of at most `width` columns.
std::string comparison_text(const TraceFile& recorded, const model::Counterexample& now,
                            std::optional<std::size_t> difference, std::size_t width);

}  // namespace simcheck::reports
