#include "logs/byte_compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "logs/format.hpp"

namespace simcheck::logs {

std::uint64_t Padded::next_data(std::uint64_t offset) const {
  if (offset >= size()) return UINT64_MAX;
  const std::uint64_t next = source_->next_data(offset);
  return next >= size() ? UINT64_MAX : next;
}

bool Padded::read(std::uint64_t offset, std::span<std::byte> to) const {
  const std::uint64_t there = offset < size() ? size() - offset : 0;
  const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(there, to.size()));
  std::fill(to.begin() + static_cast<std::ptrdiff_t>(bytes), to.end(), std::byte{0});
  return bytes == 0 || source_->read(offset, to.first(bytes));
}

bool ByteCompare::read(Expected expected, std::uint64_t at, std::size_t bytes) {
  const auto fail = [&](const char* what, std::uint64_t offset) {
    error_ = Error{fmt::format("the {} cannot be read at byte {}", what, offset)};
    return false;
  };
  if (!expected.source.read(expected.at, wanted(bytes)))
    return fail("log or the base", expected.at);
  return device_.read(at, found(bytes)) || fail("data device", at);
}

std::optional<OtherByte> ByteCompare::difference(Expected expected, std::uint64_t begin,
                                                 std::uint64_t end) {
  const std::uint64_t length = end - begin;
  for (std::uint64_t done = 0; done < length && !error_;) {
    const std::uint64_t zeroes =
        std::min(expected.source.next_data(expected.at + done) - (expected.at + done),
                 device_.next_data(begin + done) - (begin + done));
    done = saturating_add(done, zeroes);
    if (done >= length) break;
    const auto bytes =
        static_cast<std::size_t>(std::min<std::uint64_t>(kChunkBytes, length - done));
    if (!read({expected.source, expected.at + done}, begin + done, bytes)) break;
    const auto there = found(bytes);
    const auto [wrong, right] = std::mismatch(there.begin(), there.end(), wanted(bytes).begin());
    if (wrong == there.end()) {
      done += bytes;
      continue;
    }
    return OtherByte{begin + done + static_cast<std::uint64_t>(wrong - there.begin()),
                     std::to_integer<std::uint8_t>(*right), std::to_integer<std::uint8_t>(*wrong)};
  }
  return std::nullopt;
}

void ByteCompare::for_atoms(Expected expected, std::uint64_t begin, std::uint64_t end,
                            std::size_t atom_bytes, bool equal, const Visit& visit) {
  for (std::uint64_t at = begin; at < end && !error_; at += kChunkBytes) {
    const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(kChunkBytes, end - at));
    if (!read({expected.source, expected.at + (at - begin)}, at, bytes)) return;
    std::size_t from = 0;  // of the neighbours that are visited next
    for (std::size_t i = 0; i < bytes; i += atom_bytes) {
      const std::size_t length = std::min(atom_bytes, bytes - i);
      const bool same = std::memcmp(wanted(bytes).data() + i, found(bytes).data() + i, length) == 0;
      if (same == equal) continue;
      if (from < i) visit(at + from, at + i);
      from = i + length;
    }
    if (from < bytes) visit(at + from, at + bytes);
  }
}

}  // namespace simcheck::logs
