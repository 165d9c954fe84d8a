#include "cli/log_keep.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "cli/atomic_file.hpp"
#include "cli/did_you_mean.hpp"
#include "cli/log_scratch.hpp"
#include "cli/output_file.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {

void require_keepable(const std::string& path, bool overwrite,
                      const std::vector<std::string>& in_use) {
  const auto fail = [](const std::string& what) { throw UsageError("--keep: " + what); };
  with_option_named("--keep", [&] { require_real_name(path); });
  std::error_code ignored;
  for (const std::string& other : in_use) {
    if (std::filesystem::equivalent(path, other, ignored))
      fail(fmt::format("{} is {} the run itself works on; name another file", in_quotes(path),
                       path == other ? "what" : in_quotes(other) + ", which"));
  }
  const auto there = std::filesystem::symlink_status(path, ignored);
  if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there))
    fail(fmt::format("{} exists and is no regular file", in_quotes(path)));
  if (std::filesystem::exists(there) && !overwrite)
    fail(fmt::format("{} exists; --overwrite replaces it", in_quotes(path)));
  const std::string folder = folder_of_kept(path);
  if (!folder.empty() && !std::filesystem::is_directory(folder, ignored))
    fail(fmt::format("there is no directory {}", in_quotes(folder)));
  ScratchFile(folder, stem_of_kept(path), kKeepAdvice);  // gone at once
}

std::string error_of_keeping(const std::function<void()>& keep) {
  try {
    keep();
  } catch (const UsageError& error) {
    return error.what();
  } catch (const Interrupted&) {
    return "interrupted before the failing image was kept";
  }
  return "";
}

std::string folder_of_kept(const std::string& path) {
  return std::filesystem::path(path).parent_path().string();
}

std::string stem_of_kept(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

}  // namespace simcheck::cli
