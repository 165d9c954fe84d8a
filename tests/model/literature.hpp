// The programs by which the literature on partial-order reduction measures itself, a thread per
// fiber. n is the paper's parameter.
#pragma once

#include "sim/sim.hpp"

namespace simcheck::test {

/// One thread writes x, n others read it: 2^n (Abdulla et al., POPL 2014).
void readers(sim::World& world, int n);

/// Thread j of n sets array[j] = array[j - 1] + 1; one more looks for the last zero, from behind
/// (POPL 2014): its path depends on what it reads.
void lastzero(sim::World& world, int n);

/// n threads insert four messages each in a hash table of 128 entries, by compare-exchange
/// (Flanagan, Godefroid, POPL 2005). The hashes of at most 11 threads do not collide.
void indexer(sim::World& world, int n);

/// n threads take a block each for an inode of their own, 32 inodes and 26 blocks under locks
/// (Flanagan, Godefroid, POPL 2005). The first 13 threads do not meet.
void filesystem(sim::World& world, int n);

/// n threads write x, one reads it, and the read can be anywhere: (n + 1)! (Aronis, Jonsson, Lång,
/// Sagonas, "Optimal Dynamic Partial Order Reduction with Observers", TACAS 2018).
void floating_read(sim::World& world, int n);

/// Example 5 of POPL 2014, on which source-DPOR begins an execution that sleep sets cut.
void popl_example(sim::World& world, int n);

/// n philosophers, each takes the fork on the left, then the one on the right. Of the 2^n ways to
/// decide who takes each fork first, two go round in circles: one is the deadlock, the other is
/// impossible.
void philosophers(sim::World& world, int n);

/// n threads do `x = x + 1` with an atomic load and an atomic store.
void lost_update(sim::World& world, int n);

/// n threads add to x atomically: n!.
void counter(sim::World& world, int n);

}  // namespace simcheck::test
