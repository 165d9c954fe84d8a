#include "cli/check_events.hpp"

#include "cli/exit_status.hpp"
#include "cli/settings.hpp"
#include "cli/version.hpp"
#include "model/failure_text.hpp"
#include "reports/events.hpp"

namespace simcheck::cli {
namespace {

constexpr double kSecondsBetween = 1;  // of progress: a run may take days

reports::EventSettings settings_in_words(const Options& options, const model::CheckOptions& check) {
  reports::EventSettings settings;
  for (const Setting& setting : settings_of(options, check))
    settings.emplace_back(setting.option, setting.value);
  return settings;
}

}  // namespace

CheckEvents::CheckEvents(const Options& options, const model::CheckOptions& check,
                         const std::string& replay_options)
    : options_(options), file_(options.events), is_soak_(options.soak_seconds.has_value()) {
  told_of_.program = check.program;
  told_of_.driver = check.driver;
  told_of_.replay_options = replay_options;
  file_.write(
      reports::start_event(kVersion, settings_in_words(options, check), check.workloads.size()));
  file_.require_written();
}

void CheckEvents::progress(const model::Progress& progress) {
  if (progress.seconds < next_progress_) return;
  next_progress_ = progress.seconds + kSecondsBetween;
  file_.write(reports::progress_event(progress));
}

void CheckEvents::workload_done(const model::WorkloadDone& done) {
  for (const model::Counterexample* found : done.found) violation(done, *found);
  if (!is_soak_) file_.write(reports::workload_event(done));  // there, each is done in each round
}

// A soak finds the same in one round after the other.
void CheckEvents::violation(const model::WorkloadDone& done, const model::Counterexample& found) {
  bool is_news = !is_soak_;
  for (std::size_t i = 0; is_soak_ && i < found.findings.size(); ++i)
    is_news |= told_.emplace(done.number, found.findings[i].property).second;
  if (is_news) file_.write(reports::violation_event(told_of_, done.number, found));
}

void CheckEvents::failed(const std::string& message) { file_.write(reports::error_event(message)); }

void CheckEvents::end(const model::Result& result, const model::RunStatistics& statistics) {
  for (const model::Counterexample& example : result.counterexamples)
    file_.write(reports::counterexample_event(result, example));
  file_.write(reports::cost_event(result, statistics));
  if (result.failure) return failed(model::failure_text(result.failure));
  file_.write(
      reports::end_event(result, static_cast<int>(exit_status(result, options_.expectation))));
}

}  // namespace simcheck::cli
