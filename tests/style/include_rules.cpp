#include "tests/style/include_rules.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace simcheck::test {
namespace {

using Prefixes = std::vector<std::string_view>;

// What the quoted includes of a room may begin with; rooms left out may include everything.
const std::map<std::string_view, Prefixes> kMayInclude = {
    {"logs", {"logs/"}},
    {"sim", {"sim/"}},
    {"properties", {"properties/", "sim/event", "logs/"}},
    {"drivers", {"drivers/", "sim/sim.hpp", "logs/"}},
    {"model", {"model/", "sim/", "properties/property.hpp"}},
    {"traces", {"traces/", "model/workload"}},
    {"reports", {"reports/", "model/", "logs/printable.hpp"}},
};

// The only rooms that may use a library; libraries not listed are free for all.
const std::map<std::string_view, Prefixes> kUsersOf = {
    {"boost/", {"sim/", "tests/", "bench/"}},
    {"CLI/", {"cli/", "tests/cli/"}},
    {"doctest/", {"tests/"}},
    {"rapidcheck", {"tests/"}},
    {"benchmark/", {"bench/"}},
};

bool begins_with_any(std::string_view text, const Prefixes& prefixes) {
  return std::ranges::any_of(prefixes, [&](auto prefix) { return text.starts_with(prefix); });
}

std::string wrong_with_quoted(const SourceTree& tree, const SourceFile& file,
                              const std::string& target) {
  if (find_file(tree, target) == nullptr) return "no file " + target + " (paths start at the root)";
  const auto rule = kMayInclude.find(file.room());
  if (rule == kMayInclude.end() || begins_with_any(target, rule->second)) return "";
  return std::string(file.room()) + "/ may not include " + target;
}

std::string wrong_with_angled(const SourceTree& tree, const SourceFile& file,
                              const std::string& target) {
  if (find_file(tree, target) != nullptr) return "write \"" + target + "\", not <" + target + ">";
  for (const auto& [library, users] : kUsersOf)
    if (target.starts_with(library) && !begins_with_any(file.path, users))
      return std::string(file.room()) + "/ may not include <" + target + ">";
  return "";
}

// Depth-first search that reports the include which closes a circle.
class CycleFinder {
 public:
  explicit CycleFinder(const SourceTree& tree) : tree_(tree) {}

  Offences run() {
    for (const SourceFile& file : tree_) visit(file);
    return offences_;
  }

 private:
  enum class State { kUnseen, kOpen, kDone };

  void visit(const SourceFile& file) {
    State& state = states_[file.path];  // references into a std::map stay valid
    if (state != State::kUnseen) return;
    state = State::kOpen;
    for (const Include& include : includes_of(file)) {
      const SourceFile* target = include.quoted ? find_file(tree_, include.target) : nullptr;
      if (target == nullptr) continue;
      if (states_[target->path] == State::kOpen)
        offences_.push_back(offence(file, include.line, include.target + " closes a circle"));
      visit(*target);
    }
    state = State::kDone;
  }

  const SourceTree& tree_;
  std::map<std::string, State> states_;
  Offences offences_;
};

}  // namespace

Offences room_offences(const SourceTree& tree) {
  Offences offences;
  for (const SourceFile& file : tree)
    for (const Include& include : includes_of(file)) {
      const std::string wrong = include.quoted ? wrong_with_quoted(tree, file, include.target)
                                               : wrong_with_angled(tree, file, include.target);
      if (!wrong.empty()) offences.push_back(offence(file, include.line, wrong));
    }
  return offences;
}

Offences own_header_offences(const SourceTree& tree) {
  Offences offences;
  for (const SourceFile& file : tree) {
    if (file.is_header() || find_file(tree, file.header()) == nullptr) continue;
    const std::vector<Include> includes = includes_of(file);
    if (includes.empty() || includes.front().target != file.header())
      offences.push_back(offence(file, includes.empty() ? 1 : includes.front().line,
                                 "the first include must be " + file.header()));
  }
  return offences;
}

Offences cycle_offences(const SourceTree& tree) { return CycleFinder(tree).run(); }

}  // namespace simcheck::test
