#include "logs/mapping.hpp"

#include <sys/mman.h>

#include <csetjmp>
#include <csignal>
#include <cstring>
#include <utility>

namespace simcheck::logs {
namespace {

// A multiple of every page size in use.
constexpr std::uint64_t kAlignment = 64 * 1024;

// Where the copy under way goes on if a page of it cannot be had. Volatile: a signal reads it.
thread_local sigjmp_buf* volatile on_missing_page = nullptr;
struct sigaction handler_before;

void jump_out(int) {
  if (on_missing_page != nullptr) siglongjmp(*on_missing_page, 1);
  // Not ours: it comes again, and then who was asked before is asked.
  ::sigaction(SIGBUS, &handler_before, nullptr);
}

bool install_handler() {
  struct sigaction action {};
  action.sa_handler = jump_out;
  action.sa_flags = SA_NODEFER;  // the jump leaves the signal mask as it is
  return ::sigaction(SIGBUS, &action, &handler_before) == 0;
}

}  // namespace

Mapping::Mapping(int fd, std::uint64_t offset, std::size_t bytes) {
  static const bool handled = install_handler();
  const std::uint64_t begin = offset / kAlignment * kAlignment;
  bytes += static_cast<std::size_t>(offset - begin);
  if (!handled) return;
  void* const address =
      ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, static_cast<off_t>(begin));
  if (address == MAP_FAILED) return;
  address_ = static_cast<const std::byte*>(address);
  offset_ = begin;
  bytes_ = bytes;
}

Mapping::~Mapping() {
  if (address_ != nullptr) ::munmap(const_cast<std::byte*>(address_), bytes_);
}

Mapping::Mapping(Mapping&& other) noexcept
    : address_(std::exchange(other.address_, nullptr)),
      offset_(other.offset_),
      bytes_(std::exchange(other.bytes_, 0)) {}

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  std::swap(address_, other.address_);
  std::swap(offset_, other.offset_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

// What a jump leaves behind it needs no clean-up: memcpy() holds no lock and has no destructors.
bool copy_mapped(std::span<const std::byte> from, std::span<std::byte> to) {
  if (from.empty()) return true;
  sigjmp_buf here;
  if (sigsetjmp(here, 0) != 0) {
    on_missing_page = nullptr;
    return false;
  }
  on_missing_page = &here;
  std::memcpy(to.data(), from.data(), from.size());
  on_missing_page = nullptr;
  return true;
}

}  // namespace simcheck::logs
