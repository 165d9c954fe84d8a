// Standard output that is never lost in silence.
#pragma once

#include <stdexcept>
#include <string_view>

namespace simcheck::cli {

/// Standard output cannot be written. Exit status 2.
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Prepares the process: a closed pipe is an error and not a signal, and a standard stream that was
/// closed by the caller stays unusable, so that no file opened later takes its place.
void secure_standard_streams();

/// Writes all of it. Throws OutputError.
void print(std::string_view text);

}  // namespace simcheck::cli
