// A main with drivers that take the process down, or the check: for the tests of what is said then.
// Most do so in one of two writes only, and only if that was begun last and is done first.
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <new>
#include <stdexcept>

#include "cli/command.hpp"
#include "sim/assert.hpp"

namespace simcheck::test {
namespace {

using sim::BlockDevice, sim::IoFlags, sim::IoStatus, sim::Payload;

volatile std::uint64_t sink = 0;

void write_to_nowhere() { *reinterpret_cast<volatile int*>(sink + 8) = 1; }

void divide_by_nothing() { std::raise(SIGFPE); }

void execute_nonsense() { __builtin_trap(); }

void give_up() { std::abort(); }

void call_exit() { std::exit(0); }

void assert_nonsense() { SIMCHECK_ASSERT(sink != 0, "there is a sink"); }

// Says that it is there, past all buffers.
void loop() {
  [[maybe_unused]] const auto told = ::write(STDOUT_FILENO, "looping\n", 8);
  for (;;) sink = sink + 1;
}

// Not optimised away: each call needs what it got from the next.
std::uint64_t fill_stack(std::uint64_t depth) {
  volatile std::uint64_t room[64] = {depth};
  return depth == UINT64_MAX ? 0 : fill_stack(depth + 1) + room[sink % 64];
}

void recurse() { sink = fill_stack(0); }

template <void (*misdeed)(), bool on_error = false>
class Misbehaving final : public BlockDevice {
 public:
  Misbehaving(sim::World& world, BlockDevice& data, BlockDevice&)
      : data_(data), begun_(world, "begun"), done_(world, "done") {}

  IoStatus do_write(std::uint64_t at, const Payload& bytes, IoFlags flags) override {
    const std::uint64_t number = begun_.fetch_add(1);
    const IoStatus status = data_.write(at, bytes, flags);
    const bool is_ahead = done_.fetch_add(1) == 0 && number == 1;
    if (on_error ? status != IoStatus::kOk : is_ahead) misdeed();
    return status;
  }
  IoStatus do_read(std::uint64_t at, std::span<std::byte> to) override {
    return data_.read(at, to);
  }
  IoStatus do_write_zeroes(std::uint64_t at, std::uint64_t bytes, IoFlags flags) override {
    return data_.write_zeroes(at, bytes, flags);
  }
  IoStatus do_discard(std::uint64_t at, std::uint64_t bytes) override {
    return data_.discard(at, bytes);
  }
  IoStatus do_flush() override { return data_.flush(); }
  std::uint64_t size() const override { return data_.size(); }

 private:
  BlockDevice& data_;
  sim::Shared<std::uint64_t> begun_, done_;
};

// Does nothing, and says that it did.
class Idle : public BlockDevice {
 public:
  explicit Idle(BlockDevice& data) : data_(data) {}

  IoStatus do_read(std::uint64_t, std::span<std::byte>) override { return IoStatus::kOk; }
  IoStatus do_write(std::uint64_t, const Payload&, IoFlags) override { return IoStatus::kOk; }
  IoStatus do_write_zeroes(std::uint64_t, std::uint64_t, IoFlags) override { return IoStatus::kOk; }
  IoStatus do_discard(std::uint64_t, std::uint64_t) override { return IoStatus::kOk; }
  IoStatus do_flush() override { return IoStatus::kOk; }
  std::uint64_t size() const override { return data_.size(); }

 private:
  BlockDevice& data_;
};

// The first of all executions ends here.
struct Stillborn final : Idle {
  Stillborn(sim::World&, BlockDevice& data, BlockDevice&) : Idle(data) { call_exit(); }
};

// Takes more memory than there is.
struct Greedy final : Idle {
  Greedy(sim::World&, BlockDevice& data, BlockDevice&) : Idle(data) { throw std::bad_alloc(); }
};

// Breaks a promise in discards. What its flushes do depends, behind the first `calm`, on how many
// there were on the thread.
template <int calm>
class Fickle final : public BlockDevice {
 public:
  Fickle(sim::World&, BlockDevice& data, BlockDevice&) : data_(data) {}

  IoStatus do_read(std::uint64_t, std::span<std::byte>) override { return IoStatus::kOk; }
  IoStatus do_write(std::uint64_t, const Payload&, IoFlags) override { return IoStatus::kOk; }
  IoStatus do_write_zeroes(std::uint64_t, std::uint64_t, IoFlags) override { return IoStatus::kOk; }
  IoStatus do_discard(std::uint64_t, std::uint64_t) override {
    throw std::runtime_error("no discards");
  }
  IoStatus do_flush() override {
    thread_local int flushes = 0;
    return ++flushes > calm && flushes % 2 != 0 ? IoStatus::kOk : data_.flush();
  }
  std::uint64_t size() const override { return data_.size(); }

 private:
  BlockDevice& data_;
};

// Another driver under the same name, as if it had been changed and built again, where the
// environment has REBUILT.
class Rebuilt final : public BlockDevice {
 public:
  Rebuilt(sim::World&, BlockDevice& data, BlockDevice&) : data_(data) {}

  IoStatus do_read(std::uint64_t, std::span<std::byte>) override { return IoStatus::kOk; }
  IoStatus do_write(std::uint64_t at, const Payload& bytes, IoFlags flags) override {
    const IoStatus status = data_.write(at, bytes, flags);
    return std::getenv("REBUILT") == nullptr ? data_.flush() : status;
  }
  IoStatus do_write_zeroes(std::uint64_t, std::uint64_t, IoFlags) override { return IoStatus::kOk; }
  IoStatus do_discard(std::uint64_t, std::uint64_t) override { return IoStatus::kOk; }
  IoStatus do_flush() override { return data_.flush(); }
  std::uint64_t size() const override { return data_.size(); }

 private:
  BlockDevice& data_;
};

struct Leaving final : properties::Property {
  std::string_view name() const override { return "leaving"; }
  std::string_view summary() const override { return "nothing: it ends the process"; }
  properties::Judgement judge(const properties::Evidence&) const override { std::exit(0); }
};

template <void (*misdeed)()>
auto driver(const char* name) {
  return cli::driver<Misbehaving<misdeed>>(name, "for tests");
}

int run(int argc, char** argv) {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  return cli::run_command(
      argc, argv,
      {.drivers = {driver<write_to_nowhere>("segv"), driver<divide_by_nothing>("fpe"),
                   driver<execute_nonsense>("ill"), driver<give_up>("abort"),
                   driver<recurse>("overflow"), driver<call_exit>("exit"),
                   driver<assert_nonsense>("assertion"), driver<loop>("loop"),
                   cli::driver<Misbehaving<call_exit, true>>("exit-on-error", "for tests"),
                   cli::driver<Stillborn>("stillborn", "for tests"),
                   cli::driver<Greedy>("greedy", "for tests"),
                   cli::driver<Rebuilt>("rebuilt", "for tests"),
                   cli::driver<Fickle<0>>("fickle", "for tests"),
                   cli::driver<Fickle<100>>("fickle-later", "for tests")},
       .properties = {cli::property<Leaving>()},
       .default_properties = {"deadlock-free", "terminates"}});
}

}  // namespace
}  // namespace simcheck::test

int main(int argc, char** argv) { return simcheck::test::run(argc, argv); }
