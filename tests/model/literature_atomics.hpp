// Programs of atomic accesses by which the literature measures itself, beside those of
// literature.hpp. n is their parameter. Numbers of traces come from two collections of results:
//   GenMC    the test suite of that checker (github.com/MPI-SWS/genmc, tests/correct/synthetic,
//            expected.sc.mo.in): consistent executions under sequential consistency
//   Nidhugg  results beside that checker (github.com/nidhugg/nidhugg, benchmarks/SWSC_experiment,
//            summary.txt); "rcmc" is the column of RCMC, which orders all writes
#pragma once

#include "sim/sim.hpp"

namespace simcheck::test {

/// Thread i of n exchanges i for i + 1: 2, 5, 14, 43, 144, 523, 2048 for n = 2, 3, ... (GenMC,
/// casrot). Most exchanges fail, and are reads.
void casrot(sim::World& world, int n);

/// n threads exchange 0 for a number of their own, and then store one: 6, 66, 1200 (GenMC, casw).
void casw(sim::World& world, int n);

/// Two threads store to one variable, look at one of their own, and at the first again; n - 1
/// others store to both of those: 4, 15, 130, 2028 for n = 1, 2, ... (GenMC, CoA).
void coa(sim::World& world, int n);

/// Two threads add the other's Fibonacci number to their own, n times, and a third looks at both:
/// 11, 140, 1698, 19605 (Nidhugg, fib_bench; of SV-COMP).
void fib_bench(sim::World& world, int n);

/// n deposits and a withdrawal, each a load and a store: 4, 36, 576, 14400 (Nidhugg, account,
/// rcmc).
void account(sim::World& world, int n);

/// n readers of x, n writers of y, one that reads y and may write z, and one that reads z and may
/// read y and write x: 5, 18, 90, 600 (Nidhugg, control_flow, rcmc; after the JACM paper, fig. 8).
void control_flow(sim::World& world, int n);

/// Two threads store n times each, a third loads twice: 12, 90, 560, 3150 (Nidhugg, redundant_co,
/// rcmc), which is binomial(2n, n) binomial(2n + 2, 2).
void redundant_co(sim::World& world, int n);

/// Two threads try a lock n times, by a compare-exchange: 4, 26, 192, 1500 (Nidhugg, linuxlock).
void cas_lock(sim::World& world, int n);

/// The same with the lock of Linux's readers and writers, by fetch_sub: 6, 70, 924, 12870, which is
/// binomial(4n, 2n) (Nidhugg, linuxrwlock).
void bias_lock(sim::World& world, int n);

/// Peterson's algorithm, entered twice by each thread, which looks at most n times whether it is
/// its turn: 310, 2420, 10314 (Nidhugg, peterson).
void peterson(sim::World& world, int n);

/// Lamport's bakery of two customers who look at most n times: 47, 133, 267 for n = 2, 4, 6
/// (Nidhugg, bakery).
void bakery(sim::World& world, int n);

}  // namespace simcheck::test
