// Inputs to begin with, made by simcheck itself.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace simcheck::fuzz {

// Takes a seed and the name of its file.
using SeedSink = std::function<void(const std::string&, const std::vector<std::byte>&)>;

void make_log_seeds(const SeedSink& put);

}  // namespace simcheck::fuzz
