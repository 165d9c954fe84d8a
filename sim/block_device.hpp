// The one I/O interface. A Disk implements it below, a driver implements it above, so drivers
// stack: block layer over log-writes over disks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "sim/payload.hpp"
#include "sim/where.hpp"

namespace simcheck::sim {

/// What a request does. The order is the order in which default workloads list the kinds.
enum class IoKind : std::uint8_t { kWrite, kZeroes, kDiscard, kFlush, kRead };

/// "write", "zeroes", "discard", "flush", "read".
std::string_view to_string(IoKind kind);

/// Which of a scenario's devices it is.
enum class DeviceRole : std::uint8_t { kOther, kData, kLog };

/// The result of a request, as an errno-like code.
enum class IoStatus : std::uint8_t { kOk, kIoError, kNoSpace };

/// "ok", "EIO", "ENOSPC".
std::string_view to_string(IoStatus status);

/// Modifiers of a write-class request.
struct IoFlags {
  bool fua = false;        ///< durable when the request completes (Force Unit Access)
  bool may_unmap = false;  ///< write-zeroes may deallocate (QEMU's BDRV_REQ_MAY_UNMAP)
  const char* label = "";  ///< what it is to its issuer ("header"), for reports; static storage
};

/// A device that a fiber can do I/O on. Every call blocks the calling fiber until the request has
/// completed and may only be made from a fiber. Offsets and lengths are in bytes; a request past
/// the device's end fails with kNoSpace (write class) or kIoError (read). Buffers belong to the
/// caller and must stay valid and unchanged until the call returns. Who calls leaves `where` out;
/// who makes a device overrides the do_ functions.
class BlockDevice {
 public:
  virtual ~BlockDevice() = default;
  IoStatus read(std::uint64_t offset, std::span<std::byte> into, Where where = Where::here()) {
    caller_ = where;
    return do_read(offset, into);
  }
  IoStatus write(std::uint64_t offset, const Payload& data, IoFlags flags = {},
                 Where where = Where::here()) {
    caller_ = where;
    return do_write(offset, data, flags);
  }
  IoStatus write_zeroes(std::uint64_t offset, std::uint64_t length, IoFlags flags = {},
                        Where where = Where::here()) {
    caller_ = where;
    return do_write_zeroes(offset, length, flags);
  }
  IoStatus discard(std::uint64_t offset, std::uint64_t length, Where where = Where::here()) {
    caller_ = where;
    return do_discard(offset, length);
  }
  IoStatus flush(Where where = Where::here()) {
    caller_ = where;
    return do_flush();
  }
  /// Size in bytes.
  virtual std::uint64_t size() const = 0;

 protected:
  /// The line that made the call which is beginning: by the next yield it may be that of another.
  const Where& caller() const { return caller_; }

 private:
  virtual IoStatus do_read(std::uint64_t offset, std::span<std::byte> into) = 0;
  virtual IoStatus do_write(std::uint64_t offset, const Payload& data, IoFlags flags) = 0;
  virtual IoStatus do_write_zeroes(std::uint64_t offset, std::uint64_t length, IoFlags flags) = 0;
  virtual IoStatus do_discard(std::uint64_t offset, std::uint64_t length) = 0;
  virtual IoStatus do_flush() = 0;

  Where caller_;
};

}  // namespace simcheck::sim
