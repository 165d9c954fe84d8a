// The command that shows a counterexample again, ready to be pasted into a shell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/result.hpp"

namespace simcheck::reports {

/// As one word of a POSIX shell's command line; control characters as $'...', which bash, ksh and
/// zsh know.
std::string shell_quoted(std::string_view word);

/// The words behind the program: "--driver", "buggy", "--workload", ...
std::vector<std::string> replay_arguments(const model::Result& result,
                                          const model::Counterexample& counterexample);

/// "simcheck --driver buggy --workload 'zeroes 0 4k, write 8k 4k' --replay s1:...", never wrapped.
std::string replay_line(const model::Result& result, const model::Counterexample& counterexample);

}  // namespace simcheck::reports
