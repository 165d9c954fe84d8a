// `--resume FILE`. A checksum keeps damage out, so inputs are tried as a file, and as the head of a
// file whose checksum is right.
#include <fmt/format.h>

#include <string>

#include "cli/checkpoint_file.hpp"
#include "cli/usage_error.hpp"
#include "sim/hash128.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {
namespace {

std::string with_size(std::string_view part) {
  const std::uint64_t size = part.size();
  return std::string(reinterpret_cast<const char*>(&size), sizeof size) + std::string(part);
}

std::string file_with_head(std::string_view head) {
  const std::string line = "simcheck-checkpoint 4\n", state = "state";
  sim::Hash128 hash = sim::kHashSeed;
  for (const std::string_view part : {std::string_view(line), head, std::string_view(state)})
    sim::mix(hash, std::as_bytes(std::span(part)));
  return line + with_size(head) + with_size(state) +
         fmt::format("{:016x}{:016x}\n", hash.high, hash.low);
}

void read(Bytes file) {
  try {
    cli::read_checkpoint(input_file(file), {{"--driver", "fixed"}});
  } catch (const cli::UsageError&) {
    // says what is wrong with the file
  }
}

}  // namespace

void check_checkpoint_file(Bytes bytes) {
  read(bytes);
  const std::string file = file_with_head(text_of(bytes));
  read(std::as_bytes(std::span(file)));
}

}  // namespace simcheck::fuzz
