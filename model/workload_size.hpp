// Sizes as users write them: 4096, 4k, 0x1000; k, m, g and t are powers of 1024.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace simcheck::model {

/// The number, or nothing for other text and for what does not fit 64 bits.
std::optional<std::uint64_t> parse_size(std::string_view text);

/// The shortest such text without a fraction: "4k", "1536", "0".
std::string size_text(std::uint64_t bytes);

}  // namespace simcheck::model
