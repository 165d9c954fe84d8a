// What the command takes for granted of a driver that it does not know.
#include <doctest/doctest.h>

#include <stdexcept>
#include <vector>

#include "cli/catalog.hpp"
#include "cli/check_options.hpp"
#include "cli/command_line.hpp"
#include "cli/workload_source.hpp"
#include "drivers/log_writes.hpp"
#include "model/check.hpp"
#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/paths.hpp"

namespace simcheck::test {
namespace {

// Fails a request behind the first place of the disk, if it comes first: not symmetric.
class Picky final : public sim::BlockDevice {
 public:
  Picky(sim::World& world, sim::BlockDevice& data, sim::BlockDevice&)
      : data_(data), first_(world, "first", true) {}

 private:
  sim::IoStatus do_read(std::uint64_t offset, std::span<std::byte> into) override {
    return data_.read(offset, into);
  }
  sim::IoStatus do_write(std::uint64_t offset, const sim::Payload& data, sim::IoFlags) override {
    if (first_.exchange(false) && offset != 0) throw std::runtime_error("not the first place");
    return data_.write(offset, data);
  }
  sim::IoStatus do_write_zeroes(std::uint64_t offset, std::uint64_t length, sim::IoFlags) override {
    return data_.write_zeroes(offset, length);
  }
  sim::IoStatus do_discard(std::uint64_t offset, std::uint64_t length) override {
    return data_.discard(offset, length);
  }
  sim::IoStatus do_flush() override { return data_.flush(); }
  std::uint64_t size() const override { return data_.size(); }

  sim::BlockDevice& data_;
  sim::Shared<bool> first_;
};

// A generation of the log writer that is not one of simcheck's own.
class Appends final : public drivers::LogWrites {
 public:
  using LogWrites::LogWrites;

 private:
  sim::IoStatus log_request(const drivers::LogRequest& request) override {
    const std::uint64_t entry = cur_log_sector_;
    ++nr_entries_;
    cur_log_sector_ += request.sectors();
    announce_entry(entry, request);
    announce_zeroes(entry + request.header_sectors, request);
    const sim::IoStatus status = write_entry(entry, request);
    if (status != sim::IoStatus::kOk) return status;
    if (request.is_flush() || nr_entries_ % update_interval_ == 0)
      return write_superblock(nr_entries_);
    return sim::IoStatus::kOk;
  }
};

// With nothing but what any driver must keep, which two requests exchanged cannot break.
model::Verdict verdict_of(const cli::Extensions& own, std::vector<const char*> arguments) {
  cli::extend_catalog(own);
  arguments.insert(arguments.begin(), {"simcheck", "--workload", "2*write", "--workers", "1"});
  const auto line = cli::read_command_line(static_cast<int>(arguments.size()), arguments.data());
  const auto verdict =
      model::check(cli::check_options(line.options, cli::choose_workloads(line.options))).verdict;
  cli::extend_catalog({});
  return verdict;
}

// tests/programs/small.cpp
ProcessResult small(const std::string& options) {
  return shell("PATH=" + (build_dir() / "tests").string() + ":$PATH; small " + options);
}

}  // namespace

TEST_CASE("requests of a driver of one's own are interchangeable only if it says so") {
  const std::vector<std::string_view> properties = {"no-exception", "deadlock-free"};
  const cli::Extensions silent{.drivers = {cli::driver<Picky>("picky", "looks at offsets")},
                               .default_properties = properties};
  CHECK(verdict_of(silent, {}) == model::Verdict::kViolated);
  CHECK(verdict_of(silent, {"--symmetry", "on"}) == model::Verdict::kHolds);
  const cli::Extensions wrong{.drivers = {cli::driver<Picky>("picky", "looks at offsets", true)},
                              .default_properties = properties};
  CHECK(verdict_of(wrong, {}) == model::Verdict::kHolds);
}

TEST_CASE("what the command line says of the log reaches a driver that takes it") {
  const cli::Extensions own{.drivers = {cli::driver<Appends>("appends", "as fixed does")}};
  CHECK(own.drivers[0].takes_options);
  CHECK_FALSE(cli::driver<Picky>("picky", "looks at offsets").takes_options);
  CHECK(verdict_of(own, {"--log-sector-size", "4096"}) == model::Verdict::kHolds);
  CHECK(verdict_of(own, {"--initial-log", "append"}) == model::Verdict::kHolds);
}

TEST_CASE("several threads are judged by race-free whatever the default properties are") {
  cli::extend_catalog({.default_properties = {"no-exception"}});
  const auto names = [](std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "simcheck");
    const auto line = cli::read_command_line(static_cast<int>(arguments.size()), arguments.data());
    std::vector<std::string_view> all;
    for (const auto* property : line.options.properties) all.push_back(property->name);
    return all;
  };
  CHECK(names({}) == std::vector<std::string_view>{"no-exception"});
  CHECK(names({"--threads", "2"}) == std::vector<std::string_view>{"no-exception", "race-free"});
  cli::extend_catalog({});
}

TEST_CASE("help tells the recovery that runs by default") {
  CHECK(contains(small("--help").out, "(default: rescan)"));
  CHECK(contains(simcheck({"--help"}).out, "(default: none)"));
}

TEST_CASE("compare looks at a program's own drivers, unless others are named") {
  const auto head_of = [](const std::string& options) {
    const std::string out = small("compare --depth 1 --super-interval 1 " + options).out;
    return out.substr(0, out.find('\n'));
  };
  CHECK(head_of("").ends_with(" small"));
  CHECK(!contains(head_of(""), "fixed"));
  CHECK(contains(head_of("--drivers small,fixed"), "small          fixed"));
}

TEST_CASE("a simulation's requests lie within the driver's size") {
  const ProcessResult fitting = small("simulate --requests 500");
  CHECK(contains(small("simulate --requests 500 --json").out, "of 4k in 128k"));
  CHECK(contains(fitting.out, "500 requests"));
  CHECK(!contains(fitting.out, "failed"));
  CHECK(fitting.err == "");
  const ProcessResult outside = small("simulate --requests 500 --range 64m");
  CHECK(contains(outside.err, "of 500 requests failed, with no --faults: do they lie within"));
  CHECK(small("simulate --requests 500 --range 64m --quiet").err == "");
  CHECK(small("simulate --requests 500 --faults eio=1").err == "");
  CHECK(contains(small("simulate --block-size 256k").err,
                 "--block-size: 256k are more than the 128k that the driver small has"));
}

}  // namespace simcheck::test
