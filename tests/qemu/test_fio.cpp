// What Debian's fio writes: its logs of what it did, read as workloads, and requests of its own
// concurrency on the real driver, by way of qemu-nbd.
#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "logs/requests.hpp"
#include "logs/rules.hpp"
#include "tests/qemu/nbd_export.hpp"
#include "tests/qemu/qemu_io.hpp"
#include "tests/qemu/replayed.hpp"
#include "traces/fio_iolog.hpp"

namespace simcheck::test {
namespace {

using Strings = std::vector<std::string>;
using Extent = std::tuple<sim::IoKind, std::uint64_t, std::uint64_t>;

void fio(const TempDir& dir, Strings arguments) {
  arguments.insert(arguments.begin(), {"fio", "--minimal", "--name=job", "--bs=4k"});
  const ProcessResult result =
      run_process(arguments, {.input = {}, .directory = dir.path(), .extra_env = {}});
  INFO("fio: ", result.err, result.out);
  REQUIRE(result.exit_status == 0);
}

traces::Trace read_iolog(const std::string& text) {
  const auto result = traces::read_fio_iolog(text);
  if (const auto* error = std::get_if<traces::Error>(&result)) FAIL(error->message);
  return std::get<traces::Trace>(result);
}

std::vector<Extent> writes_and_discards(const model::Workload& workload) {
  std::vector<Extent> extents;
  for (const model::Stage& stage : workload.stages) {
    for (const model::Request& request : stage)
      if (request.kind != sim::IoKind::kFlush)
        extents.emplace_back(request.kind, request.offset, request.length);
  }
  std::ranges::sort(extents);
  return extents;
}

// "123 f.bin write 0 4096" without the time.
std::string as_version_2(const std::string& version_3) {
  std::string text = "fio version 2 iolog\n";
  for (std::size_t at = version_3.find('\n') + 1; at < version_3.size();) {
    const std::size_t end = version_3.find('\n', at) + 1;
    const std::size_t blank = version_3.find(' ', at) + 1;
    text.append(version_3, blank, end - blank);
    at = end;
  }
  return text;
}

std::vector<Extent> in_log(const TempDir& dir) {
  const auto log = std::get<0>(logs::FileSource::open(dir / "log.img"));
  const auto requests =
      std::get<0>(logs::requests_of(*log, {.first_entry = 0, .entries_max = 1 << 20}));
  std::vector<Extent> extents;
  for (const logs::LoggedRequest& request : requests) {
    if (request.kind == logs::RequestKind::kFlush) continue;
    const bool is_discard = request.kind == logs::RequestKind::kDiscard;
    extents.emplace_back(is_discard ? sim::IoKind::kDiscard : sim::IoKind::kWrite,
                         request.offset_bytes, request.length_bytes);
  }
  std::ranges::sort(extents);
  return extents;
}

}  // namespace

TEST_CASE("an I/O log of fio is a workload, in both versions, and fio takes either") {
  const TempDir dir;
  fio(dir, {"--ioengine=psync", "--rw=randrw", "--size=256k", "--fsync=4", "--filename=disk",
            "--write_iolog=iolog"});
  const std::string text = read_file(dir / "iolog");
  REQUIRE(text.starts_with("fio version 3 iolog\n"));
  const traces::Trace trace = read_iolog(text);
  CHECK(trace.workload.size() > 20);
  CHECK(std::ranges::any_of(trace.omissions, [](const auto& o) { return o.what == "read"; }));

  const std::string older = as_version_2(text);
  CHECK(read_iolog(older).workload == trace.workload);
  write_file(dir / "iolog.2", older);
  fio(dir, {"--ioengine=psync", "--read_iolog=iolog.2"});
}

TEST_CASE(
    "fio on the real driver, dozens of requests at once: the log verifies, and replays to the "
    "disk") {
  for (const char* const sector : {"512", "4096"}) {
    CAPTURE(std::string(sector));
    const TempDir dir;
    {
      const NbdExport disk(dir, std::string("log-sector-size=") + sector + ",");
      const std::string uri = "--uri=" + disk.uri();
      // Two jobs at once, each in a half of its own: of two that overlap, either may come last.
      fio(dir,
          {"--ioengine=nbd", uri, "--rw=randwrite", "--size=8M", "--io_size=2M", "--iodepth=16",
           "--write_iolog=iolog", "--name=trim", "--ioengine=nbd", uri, "--rw=randtrim", "--bs=4k",
           "--offset=8M", "--size=8M", "--io_size=2M", "--iodepth=16"});
      fio(dir, {"--ioengine=nbd", uri, "--rw=randwrite", "--size=16M", "--io_size=1M",
                "--iodepth=32", "--fsync=16"});
    }
    const auto log = std::get<0>(logs::FileSource::open(dir / "log.img"));
    const auto verdict = std::get<logs::Verdict>(logs::verify(*log));
    CHECK(verdict.ok());
    const logs::ReplayCounts counts = replay(dir, "replayed.img");
    CHECK(counts.writes == 512 + 256);
    CHECK(counts.discards == 512);
    CHECK(counts.flushes > 0);
    CHECK(is_data_image(dir, "replayed.img"));

    // fio logs what its first job issued, and the driver what it completed.
    const std::vector<Extent> issued =
        writes_and_discards(read_iolog(read_file(dir / "iolog")).workload);
    const std::vector<Extent> logged = in_log(dir);
    CHECK(issued.size() == 512);
    CHECK(std::ranges::includes(logged, issued));
  }
}

}  // namespace simcheck::test
