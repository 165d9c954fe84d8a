// RapidCheck properties as doctest cases (Debian's RapidCheck has adapters for other frameworks
// only). Inside a property use RC_ASSERT and friends: a doctest CHECK would not shrink.
//
//   RC_TEST_CASE("addition commutes", [](std::uint32_t a, std::uint32_t b) {
//     RC_ASSERT(a + b == b + a);
//   });
//   RC_TEST_CASE("a dear property", [](const Workload& w) { ... }, {.max_success = 20});
//
// A failure shows RapidCheck's counterexample and the RC_PARAMS that reproduces exactly it.
#pragma once

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cstdint>
#include <string>
#include <utility>

namespace simcheck::test {

struct PropertyOptions {
  int max_success = 100;  // cases tried; RC_PARAMS=max_success=1000 multiplies every one by ten
  int max_size = 100;     // RapidCheck's size, e.g. the length of the longest container
};

// Tries `property` and says why it failed and how to run that case again; empty if it held.
std::string failure_of(const rc::detail::Property& property, const std::string& case_name,
                       const PropertyOptions& options = {});

// Checks `property` inside the running doctest case; one property per case, because the case's name
// is what the reproduce string refers to.
template <typename Callable>
void check_property(Callable&& property, const PropertyOptions& options = {}) {
  const doctest::TestCaseData& test_case = *doctest::getContextOptions()->currentTest;
  const std::string failure = failure_of(rc::detail::toProperty(std::forward<Callable>(property)),
                                         test_case.m_name, options);
  if (!failure.empty())
    ADD_FAIL_AT(test_case.m_file.c_str(), static_cast<int>(test_case.m_line), failure);
}

// Makes `seed` RapidCheck's, unless RC_PARAMS names one. Call before the first property.
void seed_rapidcheck(std::uint64_t seed);

}  // namespace simcheck::test

#define RC_TEST_CASE(name, ...) \
  TEST_CASE(name) { ::simcheck::test::check_property(__VA_ARGS__); }
