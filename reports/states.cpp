#include "reports/states.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/plain_text.hpp"

namespace simcheck::reports {

std::string states_text(const model::Visited& visited) {
  return fmt::format("{}, {}", counted(visited.states, "state"),
                     counted(visited.revisits, "revisit"));
}

std::string all_states_text(const model::Visited& visited) {
  return fmt::format("{}; chance that a state was missed: below 1 in 10^{}", states_text(visited),
                     model::missed_exponent(visited));
}

nlohmann::ordered_json visited_json(const model::Visited& visited) {
  return {{"states", visited.states},
          {"revisits", visited.revisits},
          {"full", visited.full},
          {"missed_exponent", model::missed_exponent(visited)}};
}

}  // namespace simcheck::reports
