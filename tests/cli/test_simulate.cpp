// `simcheck simulate`: its output, its document, its exit status, its errors.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"
#include "tests/support/json_schema.hpp"

namespace simcheck::test {
namespace {

using Strings = std::vector<std::string>;
using nlohmann::json;

ProcessResult simulate(Strings arguments, const std::filesystem::path& directory = {}) {
  arguments.insert(arguments.begin(), "simulate");
  return simcheck(arguments, {.directory = directory});
}

json document(Strings arguments, const std::filesystem::path& directory = {}) {
  arguments.push_back("--json");
  const ProcessResult result = simulate(arguments, directory);
  CAPTURE(result.err);
  REQUIRE(result.exit_status != 2);
  return json::parse(result.out);
}

std::string error_of(const Strings& arguments, const std::filesystem::path& directory = {}) {
  const ProcessResult result = simulate(arguments, directory);
  CHECK(result.exit_status == 2);
  CHECK(result.out == "");
  return result.err;
}

}  // namespace

TEST_CASE("the same seed, the same bytes; another seed, others") {
  for (const char* const form : {"--json", "--expect=holds"}) {
    const Strings arguments = {"--requests=3000", "--driver=serialized", form};
    Strings other = arguments;
    other.push_back("--seed=2");
    CHECK(simulate(arguments).out == simulate(arguments).out);
    CHECK(simulate(arguments).out != simulate(other).out);
  }
}

TEST_CASE("exit status: a violation, none, and what was expected") {
  CHECK(simulate({"--requests=500"}).exit_status == 0);
  CHECK(simulate({"--driver=buggy"}).exit_status == 1);
  CHECK(simulate({"--driver=buggy", "--expect=violated"}).exit_status == 0);
  const ProcessResult none = simulate({"--requests=500", "--expect=violated", "-q"});
  CHECK(none.exit_status == 1);
  CHECK(contains(none.err, "a violation was expected, and none was found\n"));
  CHECK(simulate({"--requests=500", "-q"}).out == "holds in this run\n");
  CHECK(simulate({"--driver=buggy", "-q"}).out ==
        "violated: no-overlap, contiguous, log-parses, replay-matches\n");
}

TEST_CASE(
    "what only the segment's end shows is told with requests, and how to have fewer of them") {
  const std::string many = simulate({"--driver=buggy", "--property=log-parses"}).out;
  CHECK(contains(many, "\nThe requests that these name, and who was in flight with them:\n"));
  CHECK(contains(many, "\nWith --segment 8, so few at a time are judged.\n"));
  const std::string few = simulate({"--driver=buggy", "--property=log-parses", "--segment=8"}).out;
  CHECK(contains(few, "\n  simcheck --driver buggy --property log-parses --depth 8 "));
  CHECK(!contains(few, "With --segment"));
}

TEST_CASE("of a driver that keeps no log there are no figures of one") {
  CHECK(contains(simulate({"--requests=100"}).out, "\nlog        100 entries, "));
  CHECK(!contains(simulate({"--requests=100", "--mix=read=1"}).out, "\nlog  "));
}

TEST_CASE("documents keep to the schema, and the page explains every field") {
  const json schema = json::parse(read_file(source_dir() / "docs/simulation.schema.json"));
  const std::string page = read_file(source_dir() / "docs/simulation.md");
  const json broken = document({"--driver=buggy"});
  CHECK(schema_errors(schema, broken) == Strings{});
  CHECK(schema_errors(schema, document({"--requests=300"})) == Strings{});
  const json hit = document({"--driver=serialized", "--faults=eio.log.write=1", "--threads=2"});
  const json cut = document({"--requests=300", "--faults=cut", "--driver=crash-safe"});
  CHECK(schema_errors(schema, hit) == Strings{});
  CHECK(schema_errors(schema, cut) == Strings{});
  for (const json& object :
       {broken, broken["kinds"][0], broken["kinds"][0]["latency_ns"], broken["broken"],
        broken["broken"]["findings"][0], broken["broken"]["in_flight"][0], broken["faults"],
        hit["broken"]["faults"][0], cut["cut"]}) {
    for (const auto& item : object.items()) {
      CAPTURE(item.key());
      CHECK(page.find("`" + item.key() + "`") != std::string::npos);
    }
  }
  json bad = broken;
  bad.erase("seed");
  bad["kinds"][0]["latency_ns"]["p50"] = "long";
  CHECK(schema_errors(schema, bad).size() == 2);
}

TEST_CASE("the command that explores what was in flight finds the violation") {
  const json broken = document({"--driver=buggy", "--depth=3"});
  const std::string command = broken["broken"]["explore"];
  REQUIRE(command.starts_with("simcheck --driver buggy"));
  CHECK(shell("\"$simcheck\"" + command.substr(8)).exit_status == 1);
}

TEST_CASE("faults are drawn from the seed, and told with the segment that they broke") {
  const Strings arguments = {"--driver=serialized", "--faults=eio.log.write=1", "--requests=9999"};
  Strings other = arguments;
  other.push_back("--seed=2");
  CHECK(simulate(arguments).out == simulate(arguments).out);
  const json run = document(arguments);
  CHECK(run["verdict"] == "violated");
  CHECK(run["faults"]["asked"] == "eio.log.write=1");
  CHECK(run["faults"]["struck"]["eio"] <= run["segments"]);
  const std::string fault = run["broken"]["faults"][0]["fault"];
  CHECK(fault.starts_with("eio in a write of the log, for "));
  CHECK(document(other)["broken"]["faults"] != run["broken"]["faults"]);
}

TEST_CASE("what nothing could have broken ends with 3, and a promise about more has no narrowing") {
  const ProcessResult idle =
      simcheck({"simulate", "--requests", "100", "--property", "survives-io-error"});
  CHECK(idle.exit_status == 3);
  CHECK(contains(idle.out, "not exercised in this run"));
  const ProcessResult broken =
      simcheck({"simulate", "--property", "super-interval", "--super-interval", "3", "--depth", "3",
                "--requests", "3000"});
  CHECK(broken.exit_status == 1);
  CHECK_FALSE(contains(broken.out, "To try every order of these"));
}

TEST_CASE("a power cut ends the run at a request of the seed, and what it leaves is judged") {
  const json held = document({"--driver=crash-safe", "--faults=cut", "--requests=3000"});
  CHECK(held["verdict"] == "holds");
  CHECK(held["requests"] < held["cut"]["request"]);
  CHECK(held["cut"]["request"] <= 3000);
  CHECK(held["cut"]["contents"] >= 1);
  const json other =
      document({"--driver=crash-safe", "--faults=cut", "--requests=3000", "--seed=2"});
  CHECK(other["cut"]["planned"] != held["cut"]["planned"]);
  const auto broken = simulate({"--driver=serialized", "--faults=cut", "--requests=3000"});
  CHECK(broken.exit_status == 1);
  CHECK(broken.out.starts_with("violated: crash-parses\n"));
  CHECK(broken.out.find(" --faults cut --depth ") != std::string::npos);
  CHECK(simulate({"--driver=crash-safe", "--faults=cut", "--requests=500", "-q"}).out ==
        "holds in this run, which a power cut ended\n");
  const json early = document({"--driver=buggy", "--faults=cut"});
  CHECK(early["cut"] == json({{"planned", early["cut"]["planned"]}}));
}

TEST_CASE("several threads race, and the command that explores it says how many") {
  const json run = document({"--driver=fixed", "--threads=2"});
  CHECK(run["threads"] == 2);
  REQUIRE(run["broken"]["findings"][0]["property"] == "race-free");
  const std::string command = run["broken"]["explore"];
  CHECK(command.find("--threads 2") != std::string::npos);
  CHECK(simulate({"--driver=serialized", "--threads=3", "--requests=2000"}).exit_status == 0);
}

TEST_CASE("--stats has all figures; what cannot be written is refused before the run") {
  const TempDir directory;
  const Strings arguments = {"--requests=500", "--stats=stats.json", "--json"};
  const auto run = simulate(arguments, directory.path());
  const json stats = json::parse(read_file(directory / "stats.json"));
  const json schema = json::parse(read_file(source_dir() / "docs/simulation-stats.schema.json"));
  CHECK(schema_errors(schema, stats) == Strings{});
  CHECK(stats["simulation"] == json::parse(run.out));
  CHECK(stats["memory_peak"] > 1'000'000);
  CHECK(error_of({"--stats=no/such/file", "--requests=1000000000"}).find("--stats") !=
        std::string::npos);
}

TEST_CASE("progress is shown on a terminal, and nowhere else") {
  CHECK(simulate({"--requests=500"}).err == "");
  const auto on_terminal = shell(
      "TERM=xterm script -qec 'timeout --foreground -s INT 1 \"$simcheck\" simulate --requests "
      "1000000000 "
      ">/dev/null' /dev/null");
  CHECK(on_terminal.out.find(" requests  ") != std::string::npos);
  CHECK(on_terminal.out.find(" left)") != std::string::npos);
}

TEST_CASE("figures are grouped, one is one, and no more are in flight than a segment has") {
  const std::string text = simulate({"--requests=1000", "--segment=3", "--depth=8"}).out;
  CHECK(text.find("1,000 requests, at most 3 at once") != std::string::npos);
  const std::size_t rate = text.find("throughput  ");
  REQUIRE(rate != std::string::npos);
  const std::string figure = text.substr(rate + 12, text.find(" requests/s") - rate - 12);
  CHECK(figure.find(',') == figure.size() - 4);
  CHECK(simulate({"--requests=1", "--mix=write"}).out.find(" 1 entry, ") != std::string::npos);
}

TEST_CASE("mixes, blocks and depths are those asked for") {
  const json run = document({"--requests=2000", "--mix=write=3,read=1", "--block-size=8k",
                             "--depth=3", "--range=1m", "--segment=50"});
  REQUIRE(run["kinds"].size() == 2);
  CHECK(run["kinds"][0]["kind"] == "write");
  CHECK(run["kinds"][0]["bytes"] == run["kinds"][0]["requests"].get<int>() * 8192);
  CHECK(run["kinds"][1]["kind"] == "read");
  CHECK(run["in_flight"]["ns_at"].size() == 4);
  CHECK(run["segments"] == 40);
}

TEST_CASE("latencies: distributions and files") {
  const TempDir directory;
  write_file(directory / "bins", "# measured\n100us 0\n 200us 200us 5 # all\n");
  write_file(directory / "fio.json",
             R"({"jobs": [{"write": {"clat_ns": {"bins": {"128000": 3, "256000": 1}}}}]})");
  const auto median = [&](const std::string& data_latency) {
    const json run =
        document({"--requests=1000", "--mix=write", "--log-latency=0ns", "--completion-latency=0ns",
                  "--wake-latency=0ns", "--data-latency=" + data_latency},
                 directory.path());
    return run["kinds"][0]["latency_ns"]["p50"].get<double>();
  };
  CHECK(median("1.5ms") == doctest::Approx(1'500'000).epsilon(0.02));
  CHECK(median("exponential:1ms") == doctest::Approx(693'000).epsilon(0.1));
  CHECK(median("uniform:1us..3us") == doctest::Approx(2'000).epsilon(0.05));
  CHECK(median("histogram:bins") == doctest::Approx(200'000).epsilon(0.02));
  CHECK(median("histogram:fio.json") == doctest::Approx(128'000).epsilon(0.02));
}

TEST_CASE("what is wrong with a latency is said") {
  const TempDir directory;
  write_file(directory / "bins", "100us 5\nnonsense 4\n");
  write_file(directory / "empty", "# nothing\n");
  write_file(directory / "plain.json", R"({"jobs": []})");
  const auto error = [&](const std::string& latency) {
    return error_of({"--latency=" + latency}, directory.path());
  };
  CHECK(error("100") ==
        "simcheck: --latency: '100' is no latency, such as 250ns, 100us or 1.5ms, of at most an "
        "hour\n");
  CHECK(error("uniform:5us") == "simcheck: --latency: '5us' is no range, such as 20us..200us\n");
  CHECK(error("normal:5us").starts_with("simcheck: --latency: 'normal' is no distribution"));
  CHECK(error("histogram:bins").starts_with("simcheck: --latency: 'bins': line 2: 'nonsense'"));
  CHECK(error("histogram:empty").find("counts nothing") != std::string::npos);
  CHECK(error("histogram:plain.json").find("json+") != std::string::npos);
  write_file(directory / "zero", "");
  CHECK(error("histogram:zero").find("'zero': counts nothing") != std::string::npos);
  CHECK(error("histogram:/dev/zero").find("more than 64 MiB") != std::string::npos);
  CHECK(error("histogram:.").find("Is a directory") != std::string::npos);
  CHECK(error("histogram:none").find("No such file") != std::string::npos);
}

TEST_CASE("options that make no sense are refused") {
  CHECK(error_of({"--depth=65"}).find("from 1 to 64") != std::string::npos);
  CHECK(error_of({"--access-latency=1us"}).find("add --threads 2") != std::string::npos);
  CHECK(error_of({"--access-latency=1us", "--threads=1"}).find("--threads") != std::string::npos);
  CHECK(simulate({"--access-latency=1us", "--threads=2", "--requests=50"}).exit_status != 2);
  CHECK(error_of({"--mix=wirte=3"}).find("did you mean 'write'") != std::string::npos);
  CHECK(error_of({"--mix=write=1,write=5,flush=1"}).find("write is given twice") !=
        std::string::npos);
  CHECK(error_of({"--mix=flush=0,write,flush"}).find("flush is given twice") != std::string::npos);
  CHECK(error_of({"--mix=write=1,"}).find("'write=1,' has an empty part") != std::string::npos);
  CHECK(error_of({"--mix=write=0"}).find("names no kind") != std::string::npos);
  CHECK(error_of({"--workload=write", "--mix=write"}).find("leave out") != std::string::npos);
  CHECK(error_of({"--workload=default"}).find("is a set") != std::string::npos);
  CHECK(error_of({"--block-size=700"}).find("--block-layer pads") != std::string::npos);
  CHECK(error_of({"--block-size=8k", "--range=4k"}).find("--range") != std::string::npos);
  CHECK(error_of({"--property=crash-parses"}).find("add --faults cut") != std::string::npos);
  CHECK(error_of({"--durability=prefix"}).find("add --faults cut") != std::string::npos);
  CHECK(error_of({"--faults=eoi=1"}).find("did you mean 'eio'") != std::string::npos);
}

TEST_CASE("an interrupt ends a run with what it has") {
  const auto result = shell(
      "timeout --foreground -s INT 0.5 \"$simcheck\" simulate --requests 1000000000 -q; "
      "echo $?");
  CHECK(result.out.starts_with("interrupted: no violation in "));
}

}  // namespace simcheck::test
