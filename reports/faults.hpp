// What a run that looks for faults says of them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "model/result.hpp"

namespace simcheck::reports {

/// "eio=1: 12 plans of one fault on 4 workloads".
std::string faults_text(const model::Result& result);

nlohmann::ordered_json faults_json(const model::FaultResult& faults);

}  // namespace simcheck::reports
