// Code under test that ends the process: by a crash, by a failed assertion, or by exit().
#pragma once

namespace simcheck::cli {

/// From now on such an end has last words (last_words.hpp). A crash then takes its usual course, an
/// exit() in an execution has status 70 whatever it was given. A second call does nothing.
void watch_for_crashes();

/// For when a thread ends: if it is in an execution, what ends it is exit().
void end_if_in_execution();

}  // namespace simcheck::cli
