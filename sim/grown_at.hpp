// Lists with an entry for each object that has been met, made when it is needed.
#pragma once

#include <cstddef>
#include <vector>

namespace simcheck::sim {

/// The entry, after as many default ones as that takes.
template <class T>
T& grown_at(std::vector<T>& list, std::size_t index) {
  if (list.size() <= index) list.resize(index + 1);
  return list[index];
}

}  // namespace simcheck::sim
