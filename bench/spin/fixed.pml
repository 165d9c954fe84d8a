/*
 * The driver `fixed` (drivers/fixed.cpp) as a model: N requests in flight at once, each a process.
 * A section of the driver's code, from one wait to the next, is one transition (d_step), and so is
 * the effect of a disk request.
 *
 * -DN=6            how many requests
 * -DFLUSHES=0      how many of them are flushes; the others write zeroes
 * -DINTERVAL=4096  entries between superblock updates
 * -DBUGGY          the driver before the fix: reserves the header alone
 * -DHISTORY        tell all traces apart; without it SPIN merges states, as it is meant to
 * -DCOUNT          print how many different final states there are
 *
 * The assertions are no-overlap and contiguous. They look at where entries are, so that is part of
 * every state: the order of the reservations. What names a Mazurkiewicz trace is, besides, how many
 * entries each last section saw, and the order of the effects on the superblock. With HISTORY these
 * are part of the state too, and the final states are the traces: (N!)^2 FLUSHES!.
 *
 * Left out: contents, the data device, errors, and the other promises.
 */
#ifndef FLUSHES
#define FLUSHES 0
#endif
#ifndef INTERVAL
#define INTERVAL 4096
#endif
#define ZEROES 8 /* sectors: 4k */

#include "final_states.pml"

byte cur = 1; /* in log sectors; 0 is the superblock */
byte nr;
byte entry[N]; /* where each header goes; 0: not placed yet */
byte super;    /* the count on disk */
hidden byte i;

#ifdef HISTORY
byte seen[N];
byte supers;
byte super_place[N];
/* Read as well as written: SPIN leaves out of the state what is only written. */
#define remember_nr() seen[_pid] = seen[_pid] + nr
#define remember_super() \
  supers++;              \
  super_place[_pid] = super_place[_pid] + supers
#else
#define remember_nr() skip
#define remember_super() skip
#endif

/* Write-zeroes are the first processes, flushes the last. */
#define size_of(who) (who < N - FLUSHES -> 1 + ZEROES : 1)
#define updates_super(is_flush) (is_flush || nr % INTERVAL == 0)

/* Nothing that others could see: a section that only submits, or an effect on sectors of its own. */
#define own_step() d_step { skip }

/* Within a section. The promises are judged when a place is fixed, as in simcheck. */
inline reserve(sectors) {
  entry[_pid] = cur;
  nr++;
  cur = cur + sectors;
  for (i : 0 .. N - 1) {
    /* no-overlap */
    assert(i == _pid || entry[i] == 0 || entry[i] + size_of(i) <= entry[_pid] ||
           entry[_pid] + size_of(_pid) <= entry[i])
  }
}

#define place_zeroes(where) assert(where == entry[_pid] + 1) /* contiguous */

/* From the section that finds the entry written to the end of the request. */
inline superblock_step(is_flush) {
  if
  :: d_step { !updates_super(is_flush); remember_nr(); finished++ }
  :: d_step { updates_super(is_flush); remember_nr(); count = nr };
     d_step { super = count; remember_super() };
     own_step(); /* submits the log's flush */
     own_step();
     d_step { finished++ }
  fi
}

active [N - FLUSHES] proctype write_zeroes() {
  byte count;

  own_step(); /* submits the data operation */
  own_step();
#ifdef BUGGY
  d_step { reserve(1) }
  own_step();
  d_step { place_zeroes(cur); cur = cur + ZEROES }
#else
  d_step { reserve(size_of(_pid)); place_zeroes(entry[_pid] + 1) } /* submits the header */
  own_step();
  own_step(); /* submits the zeroes */
#endif
  own_step();
  superblock_step(false);
  stay_in_final_state()
}

#if FLUSHES > 0
active [FLUSHES] proctype flush() {
  byte count;

  own_step(); /* submits the data device's flush */
  own_step();
  d_step { reserve(1) }
  own_step();
  superblock_step(true);
  stay_in_final_state()
}
#endif
