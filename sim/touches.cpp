// Not inline: a transition that is run again, as most are, makes no footprint.
#include "sim/touches.hpp"

namespace simcheck::sim {

void Touches::add_to_footprint(const Access& use) {
  for (Access& access : footprint_) {
    if (access.object != use.object || access.begin != use.begin || access.end != use.end) continue;
    if (access.mode != use.mode) access.mode = both(access.mode, use.mode);
    return;
  }
  footprint_.push_back(use);
}

}  // namespace simcheck::sim
