/*
 * W(N): examples/shared_counter.cpp as a model. N processes over the shared counters cur and nr,
 * three steps each; what a fiber does from one yield to the next is one transition (d_step).
 *
 * -DN=3       how many processes, 1 to 8
 * -DHISTORY   tell all traces apart; without it SPIN merges states, as it is meant to
 * -DCOUNT     print how many different final states there are
 *
 * What a process has read is dead after its step, so a state is the two counters and how far each
 * process has come: orders that lead there are one, and all end alike. What names a Mazurkiewicz
 * trace is the order of all steps 2 and 3 (step 1 touches nothing shared). With HISTORY it is part
 * of the state, and the final states are the traces: (2N)! / 2^N.
 */
#include "final_states.pml"

byte cur = 1;
byte nr;

#ifdef HISTORY
byte history[2 * N];
byte steps;
/* Read as well as written: SPIN leaves out of the state what is only written. */
#define remember()                          \
  history[steps] = history[steps] + _pid + 1; \
  steps++
#else
#define remember() skip
#endif

active [N] proctype fiber() {
  byte own;

  d_step { own = 1 }
  d_step { own = cur; nr++; cur = cur + 1; remember(); own = 0 }
  d_step { own = cur; cur = own + 8; remember(); own = 0; finished++ }
  stay_in_final_state()
}
