// Properties are code of the user's, too: what they throw is told with their name.
#pragma once

#include <fmt/format.h>

#include <new>

#include "properties/property.hpp"
#include "sim/code_failed.hpp"
#include "sim/thrown.hpp"

namespace simcheck::model {

/// What `ask(property)` returns. Throws sim::CodeFailed for what the property throws, but for
/// bad_alloc, which it lets out.
template <class Ask>
auto ask_property(const properties::Property& property, const Ask& ask) {
  try {
    return ask(property);
  } catch (const std::bad_alloc&) {  // nobody's mistake
    throw;
  } catch (...) {
    throw sim::CodeFailed(
        fmt::format("the property {} threw an exception: {}", property.name(), sim::thrown()));
  }
}

inline properties::Judgement judgement_of(const properties::Property& property,
                                          const properties::Evidence& evidence) {
  return ask_property(property, [&](const auto& asked) { return asked.judge(evidence); });
}

inline properties::Judgement crash_judgement_of(const properties::Property& property,
                                                const sim::History& left) {
  return ask_property(property, [&](const auto& asked) { return asked.judge_crash(left); });
}

}  // namespace simcheck::model
