// What is said when the code under test takes the process down: which workload and schedule led
// there, and the command that comes there again. Said from signal handlers.
#pragma once

#include <string>
#include <string_view>

namespace simcheck::cli {

/// What is known of a check before it runs.
struct LastWords {
  std::string driver;
  std::string command;  ///< all words of a replay line before those of the workload
};

/// From now on tell_last_words() says these; null: it says nothing. They must stay until then.
void prepare_last_words(const LastWords* words);

/// Says on standard error what happened and where, if this thread is in an execution of a check
/// whose words are prepared; else false. May be called by signal handlers. Says it once: whoever
/// comes second waits for the end of the process, which the first has to see to.
bool tell_last_words(std::string_view what, std::string_view remark = {});

}  // namespace simcheck::cli
