// What a sampling run saw and what it may promise, in words and as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "model/result.hpp"

namespace simcheck::reports {

/// "at least 1,048,576 distinct traces".
std::string traces_text(const model::Sampled& sampled);

/// "523 distinct traces, seed 1"; of a soak, with its rounds.
std::string sampling_text(const model::SamplingResult& sampling);

/// What each run promises, and all of them; empty if nothing is promised.
std::string odds_text(const model::Result& result);

nlohmann::ordered_json sampled_json(const model::Sampled& sampled);
nlohmann::ordered_json sampling_json(const model::SamplingResult& sampling);

}  // namespace simcheck::reports
