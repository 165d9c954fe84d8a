#include "model/workload.hpp"

#include <fmt/format.h>

#include "model/workload_size.hpp"

namespace simcheck::model {
namespace {

std::string to_text(const Stage& stage) {
  std::string text;
  bool waited = false;
  for (const Request& request : stage) {
    if (!text.empty()) text += waited ? " > " : ", ";
    text += to_text(request);
    waited = request.waits;
  }
  return text;
}

}  // namespace

std::size_t Workload::size() const {
  std::size_t size = 0;
  for (const Stage& stage : stages) size += stage.size();
  return size;
}

std::string to_text(const Workload& workload) {
  std::string text;
  for (const Stage& stage : workload.stages) {
    if (!text.empty()) text += " ; ";
    text += to_text(stage);
  }
  return text;
}

std::string to_text(const Request& request) {
  std::string text(sim::to_string(request.kind));
  if (request.kind == sim::IoKind::kFlush) return text;
  text += fmt::format(" {} {}", size_text(request.offset), size_text(request.length));
  if (request.pattern) text += fmt::format(" -P {}", *request.pattern);
  if (request.fua) text += " fua";
  return text;
}

}  // namespace simcheck::model
