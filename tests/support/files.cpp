#include "tests/support/files.hpp"

#include <stdlib.h>

#include <cerrno>
#include <fstream>
#include <system_error>
#include <vector>

#include "tests/support/paths.hpp"

namespace simcheck::test {
namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file;
  file.exceptions(std::ios::badbit | std::ios::failbit);
  file.open(path, std::ios::binary);
  file.exceptions(std::ios::badbit);
  // In large pieces: character by character, a disk image takes a minute under AddressSanitizer.
  std::string contents;
  std::vector<char> piece(1 << 20);
  do {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    contents.append(piece.data(), static_cast<std::size_t>(file.gcount()));
  } while (file);
  return contents;
}

std::string read_page(std::string_view name) { return read_file(source_dir() / "docs" / name); }

void write_file(const fs::path& path, std::string_view contents) {
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  std::ofstream file;
  file.exceptions(std::ios::badbit | std::ios::failbit);
  file.open(path, std::ios::binary | std::ios::trunc);
  file.write(contents.data(), static_cast<std::streamsize>(contents.size()));
}

TempDir::TempDir() {
  std::string name = fs::temp_directory_path() / "simcheck-test-XXXXXX";
  if (mkdtemp(name.data()) == nullptr)
    throw std::system_error(errno, std::generic_category(), "mkdtemp");
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;  // a leftover directory is no reason to fail a test
  fs::remove_all(path_, ignored);
}

}  // namespace simcheck::test
