#include "cli/log_crash_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/did_you_mean.hpp"
#include "cli/exit_status.hpp"
#include "cli/interrupt.hpp"
#include "cli/log_crash_json.hpp"
#include "cli/log_crash_report.hpp"
#include "cli/log_keep.hpp"
#include "cli/log_scratch.hpp"
#include "cli/log_sound.hpp"
#include "cli/log_tool.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "cli/usage_error.hpp"
#include "cli/wrong_file.hpp"
#include "logs/crash_images.hpp"
#include "logs/replay_file.hpp"

namespace simcheck::cli {
namespace {

// Files that images are made of: what is durable, once, and each image from it.
class Images {
 public:
  Images(const CrashJob& job, const std::atomic<bool>& interrupted)
      : job_(job),
        interrupted_(interrupted),
        folder_(job.scratch.empty() ? scratch_folder_for(job.base) : job.scratch),
        durable_(folder_, "crash-durable") {}

  void make_durable(const SoundLog& log, const logs::CrashPoint& point) {
    if (job_.base.empty()) {
      const std::uint64_t size = job_.size.value_or(point.device_bytes);
      if (ftruncate(durable_.fd(), static_cast<off_t>(size)) != 0) refuse_size(point, size);
    } else {
      auto base = open_image(job_.base);
      durable_.copy_from(base->fd(), base->size(), job_.base, interrupted_);
    }
    auto target = value_or_throw(durable_.path(), logs::FileTarget::open(durable_.path()));
    require_room(target->size(), point.reach_bytes);
    const auto may_go_on = [this] { return !interrupted_; };
    if (auto error =
            logs::replay_durable(*log.source, log.super, point, job_.model, *target, may_go_on))
      cannot_make(error->message);
    if (interrupted_) throw Interrupted();
    source_ = open_image(durable_.path());
  }

  // Writes past the end cannot be lost or kept: a check that passes would prove nothing of them.
  void require_room(std::uint64_t device, std::uint64_t reach) const {
    if (reach <= device || job_.force) return;
    const std::string what = job_.base.empty() ? "the device of --size" : in_quotes(job_.base);
    throw UsageError(fmt::format(
        "{}: its writes reach to byte {}, {} ends at {}: give the whole device, or --force, which "
        "leaves out what lies past the end",
        in_quotes(job_.image), reach, what, device));
  }

  const logs::ByteSource& durable() const { return *source_; }

  ScratchFile make(const logs::CrashSectors& sectors, const logs::CrashImage& image) {
    return filled(ScratchFile(folder_, "crash-image"), sectors, image);
  }

  // Made anew: the check may have altered what it was given, and the folder may be on another file
  // system.
  void keep(const logs::CrashSectors& sectors, const logs::CrashImage& image) {
    ScratchFile copy(folder_of_kept(job_.keep), stem_of_kept(job_.keep), kKeepAdvice);
    std::vector<std::string> sources = {job_.image};
    if (!job_.base.empty()) sources.push_back(job_.base);
    filled(std::move(copy), sectors, image).keep_as(job_.keep, sources);
  }

 private:
  ScratchFile filled(ScratchFile copy, const logs::CrashSectors& sectors,
                     const logs::CrashImage& image) {
    copy.copy_from(durable_.fd(), source_->size(), durable_.path(), interrupted_);
    auto target = value_or_throw(copy.path(), logs::FileTarget::open(copy.path()));
    if (auto error = sectors.apply(image.contents, *target)) cannot_make(error->message);
    return copy;
  }

  // Where no file of the folder can be as long as the device.
  [[noreturn]] void refuse_size(const logs::CrashPoint& point, std::uint64_t size) const {
    if (job_.size)
      throw UsageError(
          fmt::format("--size: no file in {} can have {} bytes", in_quotes(folder_), size));
    wrong_file(job_.image,
               fmt::format("entry {} reaches to byte {} of the device, and no file in {} can be as "
                           "long; --size says how long the device is, --force leaves out what lies "
                           "past its end",
                           point.device_entry, size, in_quotes(folder_)));
  }

  // The copies have names that nobody gave.
  [[noreturn]] void cannot_make(const std::string& why) const {
    wrong_file(job_.image,
               fmt::format("{}; the target is a temporary image in {}, --scratch names another "
                           "place",
                           why, in_quotes(folder_)));
  }

  const CrashJob& job_;
  const std::atomic<bool>& interrupted_;
  std::string folder_;
  ScratchFile durable_;
  std::unique_ptr<logs::FileSource> source_;
};

class Checks {
 public:
  Checks(const CrashJob& job, const logs::CrashPoint& point, const logs::CrashSectors& sectors,
         Images& images, const std::atomic<bool>& interrupted)
      : job_(job),
        point_(point),
        sectors_(sectors),
        images_(images),
        interrupted_(interrupted),
        line_(!job.quiet) {}

  ChecksDone run() {
    logs::CrashImages all(sectors_, job_.tear, [this] { return !interrupted_; });
    const auto visit = [this](const logs::CrashImage& image) { return check(image); };
    try {
      if (job_.samples) {
        all.sample(*job_.samples, job_.seed, visit);
        // Without tearing, who draws all the images there are does not know it.
        done_.complete = job_.tear && sectors_.images() == all.distinct();
      } else {
        done_.complete = all.enumerate(visit);
      }
    } catch (const Interrupted&) {
    }
    done_.interrupted = interrupted_ && !done_.complete;
    return std::move(done_);
  }

 private:
  bool check(const logs::CrashImage& image) {
    if (!job_.samples && done_.checked == job_.images_max) return false;
    line_.show(fmt::format("{} image{} checked", done_.checked, done_.checked == 1 ? "" : "s"));
    const ScratchFile copy = images_.make(sectors_, image);
    const CheckOutcome outcome = job_.check->run(copy, std::to_string(job_.cut.at), interrupted_);
    ++done_.checked;
    if (outcome.passed) return true;
    if (done_.failed++ == 0) {
      done_.failure = CrashFailure{done_.checked, image, outcome, ""};
      done_.first_failure = failure_in_words(job_, point_, sectors_, image, outcome, done_.checked);
      keep(image);
    }
    return job_.keep_going;
  }

  void keep(const logs::CrashImage& image) {
    if (job_.keep.empty()) return;
    done_.keep_error = error_of_keeping([&] { images_.keep(sectors_, image); });
    const bool is_kept = done_.keep_error.empty();
    if (is_kept) done_.failure->kept = job_.keep;
    done_.first_failure += is_kept ? fmt::format("kept: {}\n", job_.keep) : "not kept\n";
  }

  const CrashJob& job_;
  const logs::CrashPoint& point_;
  const logs::CrashSectors& sectors_;
  Images& images_;
  const std::atomic<bool>& interrupted_;
  ProgressLine line_;
  ChecksDone done_;
};

}  // namespace

int run_crash(const CrashJob& job) {
  const std::atomic<bool>& interrupted = catch_interrupts();
  const SoundLog log = open_log(job.image);
  const BrokenRules broken = require_sound(log, job.image, job.force);
  const auto passed = broken.empty() ? ExitStatus::kComplete : ExitStatus::kIncomplete;
  const auto point =
      value_or_throw(job.image, logs::find_crash_point(*log.source, log.super, job.cut));
  try {
    Images images(job, interrupted);
    images.make_durable(log, point);
    auto made = logs::CrashSectors::make(*log.source, point, job.model, images.durable(),
                                         [&] { return !interrupted; });
    if (interrupted) throw Interrupted();
    const auto sectors = value_or_throw(job.image, std::move(made));
    const std::string about = crash_in_words(job, point, sectors);
    if (!job.check) {
      print(job.json ? crash_json(job, broken, point, sectors, nullptr)
                     : about + not_verified_in_words(broken));
      return static_cast<int>(passed);
    }
    const ChecksDone done = Checks(job, point, sectors, images, interrupted).run();
    print(job.json ? crash_json(job, broken, point, sectors, &done)
                   : about + checks_in_words(job, sectors, done) + not_verified_in_words(broken));
    if (!done.keep_error.empty()) throw UsageError(done.keep_error);
    return static_cast<int>(done.failed != 0 ? ExitStatus::kViolated
                            : done.complete  ? passed
                                             : ExitStatus::kIncomplete);
  } catch (const Interrupted&) {
    print("interrupted before the first image was made\n");
    return static_cast<int>(ExitStatus::kIncomplete);
  }
}

}  // namespace simcheck::cli
