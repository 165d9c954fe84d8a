// A log after salvage, which verifies.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "logs/salvage.hpp"
#include "tests/logs/judged.hpp"

namespace simcheck::test {

struct Salvaged : logs::Salvaged {
  std::vector<std::byte> bytes;

  std::string words() const { return logs::salvage_text("in", "out", *this); }
};

inline Salvaged salvaged(const std::vector<std::byte>& image,
                         const logs::SalvageOptions& options = {}) {
  const logs::MemorySource source(image);
  const auto result = logs::salvage(source, options);
  if (const auto* error = std::get_if<logs::Error>(&result)) FAIL(error->message);
  Salvaged salvaged{std::get<logs::Salvaged>(result), {}};
  salvaged.bytes.resize(salvaged.log->size());
  CHECK(salvaged.log->read(0, salvaged.bytes));
  salvaged.log.reset();
  CHECK(judged(salvaged.bytes).ok());
  return salvaged;
}

inline Salvaged salvaged(const logs::ImageWriter& image, const logs::SalvageOptions& options = {}) {
  return salvaged(image.bytes(), options);
}

}  // namespace simcheck::test
