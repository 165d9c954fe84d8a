// Code under test that does not come back: an endless loop within a section, where nobody looks at
// flags and clocks. Last words are its end, too.
#pragma once

namespace simcheck::cli {

/// From now on, until forgo_patience(), lose_patience() does something. If the run is to end after
/// so many seconds (0: no such limit), it is called then.
void begin_patience(double seconds_max);
void forgo_patience();

/// What runs is to end soon: an execution that makes no step for 5 seconds is ended with the whole
/// process, by `signal`, or with status 70 if that is 0. For signal handlers.
void lose_patience(int signal);

/// The same at once, and also if nothing runs. For handlers of the signal.
void end_at_once(int signal);

}  // namespace simcheck::cli
