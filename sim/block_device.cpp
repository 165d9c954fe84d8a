#include "sim/block_device.hpp"

namespace simcheck::sim {

std::string_view to_string(IoKind kind) {
  switch (kind) {
    case IoKind::kWrite:
      return "write";
    case IoKind::kZeroes:
      return "zeroes";
    case IoKind::kDiscard:
      return "discard";
    case IoKind::kFlush:
      return "flush";
    case IoKind::kRead:
      return "read";
  }
  return "";
}

std::string_view to_string(IoStatus status) {
  switch (status) {
    case IoStatus::kOk:
      return "ok";
    case IoStatus::kIoError:
      return "EIO";
    case IoStatus::kNoSpace:
      return "ENOSPC";
  }
  return "";
}

}  // namespace simcheck::sim
