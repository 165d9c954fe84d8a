/*
 * How the models end. No process ever dies: its death would be a transition of its own, which
 * simcheck does not have. With -DCOUNT process 0 takes one more step when all have finished; SPIN
 * expands each different state once, so that step counts final states. It adds a state to each of
 * them, so it is not for measuring.
 */
byte finished;

#ifdef COUNT
c_decl {
  static unsigned long final_states;
  __attribute__((destructor)) static void print_final_states(void) {
    printf("final states: %lu\n", final_states);
  }
}
#define stay_in_final_state()                                                   \
  end_counted: d_step { _pid == 0 && finished == N; c_code { final_states++; } } \
  end: false
#else
#define stay_in_final_state() end: false
#endif
