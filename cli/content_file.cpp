#include "cli/content_file.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace simcheck::cli {

void append_content(AtomicFile& file, const sim::ContentView& content, std::uint64_t end) {
  std::vector<std::byte> piece(std::size_t{1} << 16);
  for (std::uint64_t offset = 0; offset < end;) {
    const sim::Chunk run = content.run_at(offset, end - offset);
    if (run.bytes == nullptr && run.fill == std::byte{0}) {
      file.write_zeroes(run.length);  // a terabyte of them is one run
      offset += run.length;
      continue;
    }
    const std::size_t length = std::min<std::uint64_t>(piece.size(), end - offset);
    sim::read_content(content, offset, std::span(piece).first(length));
    file.write(std::span<const std::byte>(piece).first(length));
    offset += length;
  }
}

}  // namespace simcheck::cli
