// What becomes of somebody who reads a broken log, in words.
#pragma once

#include <string>

#include "model/result.hpp"

namespace simcheck::reports {

/// Where a reader who follows the headers goes astray; empty if every entry is found.
std::string reader_story(const model::Trace& trace);

}  // namespace simcheck::reports
