// The include rules of the house: which room may see which (docs name the reasons), own header
// first, paths from the root, no cycles.
#pragma once

#include "tests/style/source_tree.hpp"

namespace simcheck::test {

Offences room_offences(const SourceTree& tree);
Offences own_header_offences(const SourceTree& tree);
Offences cycle_offences(const SourceTree& tree);

}  // namespace simcheck::test
