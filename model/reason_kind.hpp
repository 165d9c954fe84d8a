// What two reasons of one kind have in common.
#pragma once

#include <string>

namespace simcheck::model {

/// A reason without what differs from one execution to the next: names of lanes, numbers, requests,
/// and the particulars behind a colon, such as who waits for whom.
std::string kind_of_reason(const std::string& reason);

}  // namespace simcheck::model
