// The part of the RapidCheck adapter that does not depend on the property's type.

#include "tests/support/rapidcheck.hpp"

#include <rapidcheck/detail/TestListenerAdapter.h>

#include <cstdlib>
#include <sstream>
#include <string>

namespace simcheck::test {
namespace {

rc::detail::TestParams scaled(rc::detail::TestParams params, const PropertyOptions& options) {
  const rc::detail::TestParams defaults;
  params.maxSuccess = options.max_success * params.maxSuccess / defaults.maxSuccess;
  params.maxSize = options.max_size * params.maxSize / defaults.maxSize;
  return params;
}

std::string rerun_line(const std::string& case_name, const rc::detail::FailureResult& failure) {
  rc::detail::Configuration config;
  config.testParams.seed = rc::detail::configuration().testParams.seed;
  config.reproduce = {{case_name, failure.reproduce}};
  return "To run this counterexample alone: RC_PARAMS='" +
         rc::detail::configToMinimalString(config) + "' THIS_TEST_PROGRAM --test-case=\"" +
         case_name + "\"\n";
}

}  // namespace

std::string failure_of(const rc::detail::Property& property, const std::string& case_name,
                       const PropertyOptions& options) {
  const rc::detail::Configuration& config = rc::detail::configuration();
  rc::detail::TestListenerAdapter silent;
  const auto result =
      rc::detail::checkProperty(property, {.id = case_name, .description = case_name},
                                scaled(config.testParams, options), silent, config.reproduce);
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  text << '\n';
  if (result.is<rc::detail::SuccessResult>()) {
    if (!result.get<rc::detail::SuccessResult>().distribution.empty()) MESSAGE(text.str());
    return "";
  }
  if (result.is<rc::detail::FailureResult>())
    text << rerun_line(case_name, result.get<rc::detail::FailureResult>());
  return text.str();
}

void seed_rapidcheck(std::uint64_t seed) {
  const char* given = std::getenv("RC_PARAMS");
  const std::string params = given == nullptr ? "" : given;
  if (params.find("seed=") != std::string::npos) return;
  setenv("RC_PARAMS", ("seed=" + std::to_string(seed) + " " + params).c_str(), /*overwrite=*/1);
}

}  // namespace simcheck::test
