// The tree keeps the include rules, and the checker finds what breaks them.

#include <doctest/doctest.h>

#include "tests/style/include_rules.hpp"
#include "tests/support/files.hpp"
#include "tests/support/paths.hpp"

namespace simcheck::test {
namespace {

SourceTree planted(std::initializer_list<std::pair<const char*, const char*>> files) {
  const TempDir root;
  for (const auto& [path, text] : files) write_file(root / path, text);
  return load_tree(root.path());
}

}  // namespace

TEST_CASE("rooms include only what they may") {
  const SourceTree tree = load_tree(source_dir());
  REQUIRE(!tree.empty());
  check_clean(room_offences(tree));
}

TEST_CASE("a .cpp file includes its own header first") {
  check_clean(own_header_offences(load_tree(source_dir())));
}

TEST_CASE("includes have no cycles") { check_clean(cycle_offences(load_tree(source_dir()))); }

TEST_CASE("a forbidden room is found, with its line") {
  const SourceTree tree = planted({{"sim/world.cpp", "// A file.\n\n#include \"model/run.hpp\"\n"},
                                   {"model/run.hpp", "// A file.\n#include \"sim/ids.hpp\"\n"},
                                   {"sim/ids.hpp", "// A file.\n"}});
  CHECK(room_offences(tree) == Offences{"sim/world.cpp:3: sim/ may not include model/run.hpp"});
}

TEST_CASE("a part of a room is allowed without the rest") {
  const SourceTree tree = planted({{"properties/p.cpp",
                                    "#include \"sim/event_history.hpp\"\n"
                                    "# include \"sim/world.hpp\"\n"},
                                   {"sim/event_history.hpp", ""},
                                   {"sim/world.hpp", ""}});
  CHECK(room_offences(tree) ==
        Offences{"properties/p.cpp:2: properties/ may not include sim/world.hpp"});
}

TEST_CASE("paths not from the root, angle brackets and foreign libraries are found") {
  const SourceTree tree = planted({{"logs/a.cpp",
                                    "#include \"b.hpp\"\n"
                                    "#include <logs/b.hpp>\n"
                                    "#include <boost/context/fiber.hpp>\n"},
                                   {"logs/b.hpp", ""}});
  CHECK(room_offences(tree) ==
        Offences{"logs/a.cpp:1: no file b.hpp (paths start at the root)",
                 "logs/a.cpp:2: write \"logs/b.hpp\", not <logs/b.hpp>",
                 "logs/a.cpp:3: logs/ may not include <boost/context/fiber.hpp>"});
}

TEST_CASE("an own header that is not first is found") {
  const SourceTree tree = planted(
      {{"logs/a.cpp", "// A.\n#include <vector>\n#include \"logs/a.hpp\"\n"}, {"logs/a.hpp", ""}});
  CHECK(own_header_offences(tree) ==
        Offences{"logs/a.cpp:2: the first include must be logs/a.hpp"});
}

TEST_CASE("a cycle is found") {
  const SourceTree tree = planted({{"sim/a.hpp", "#include \"sim/b.hpp\"\n"},
                                   {"sim/b.hpp", "#include \"sim/c.hpp\"\n"},
                                   {"sim/c.hpp", "\n#include \"sim/a.hpp\"\n"}});
  CHECK(cycle_offences(tree) == Offences{"sim/c.hpp:2: sim/a.hpp closes a circle"});
}

}  // namespace simcheck::test
