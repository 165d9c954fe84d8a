// Random programs by RapidCheck.
#pragma once

#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/model/random_program.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {

/// Two or three fibers of one to four operations each.
inline rc::Gen<Program> programs(std::vector<OpKind> kinds) {
  const auto op =
      rc::gen::map(rc::gen::tuple(rc::gen::elementOf(std::move(kinds)), rc::gen::inRange(0, 3),
                                  rc::gen::inRange(0, 3)),
                   [](const std::tuple<OpKind, int, int>& t) {
                     return Op{std::get<0>(t), static_cast<std::uint8_t>(std::get<1>(t)),
                               static_cast<std::uint8_t>(std::get<2>(t))};
                   });
  return rc::gen::mapcat(rc::gen::inRange(2, 4), [op](int fibers) {
    const auto fiber = rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, 5), [op](std::size_t n) {
      return rc::gen::container<std::vector<Op>>(n, op);
    });
    return rc::gen::container<Program>(static_cast<std::size_t>(fibers), fiber);
  });
}

}  // namespace simcheck::test
