// Whole files as strings, and a directory that lives as long as its object. Failures throw.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace simcheck::test {

std::string read_file(const std::filesystem::path& path);

// A page of docs/, by its name there.
std::string read_page(std::string_view name);

// Creates missing directories on the way and replaces what was there.
void write_file(const std::filesystem::path& path, std::string_view contents);

class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace simcheck::test
