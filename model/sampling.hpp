// The sampling strategies: each execution is drawn at random, none covers anything completely. See
// docs/strategies.md for what each of them promises.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "model/footprint_table.hpp"
#include "model/sampler.hpp"
#include "model/strategy.hpp"

namespace simcheck::model {

/// Uniform over the enabled transitions.
std::unique_ptr<Strategy> make_random_walk(const SampleRange& range);

/// Random priorities with `depth` - 1 changes. `depth` >= 1.
std::unique_ptr<Strategy> make_pct(const SampleRange& range, std::size_t fibers,
                                   std::uint32_t depth);

/// Random priorities of events, drawn again where they race. `footprints` must outlive it.
std::unique_ptr<Strategy> make_pos(const SampleRange& range, const FootprintTable& footprints,
                                   std::size_t fibers);

/// Uniform over the interleavings, as far as the numbers of transitions are known.
std::unique_ptr<Strategy> make_surw(const SampleRange& range, std::size_t fibers);

}  // namespace simcheck::model
