#include "cli/output_file.hpp"

#include <span>

#include "cli/atomic_file.hpp"

namespace simcheck::cli {

void require_writable(std::string_view option, const std::string& path) {
  with_option_named(option, [&] { const AtomicFile probe(path); });
}

void write_text_file(std::string_view option, const std::string& path, std::string_view text) {
  with_option_named(option, [&] {
    AtomicFile file(path);
    file.write(std::as_bytes(std::span(text)));
    file.commit();
  });
}

}  // namespace simcheck::cli
