// The HTML page: what it holds, that nothing in a result gets out of its place, and that files are
// all there. How it looks and behaves is tested in a browser (tests/html).
#include "reports/html.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "reports/html_files.hpp"
#include "reports/html_parts.hpp"
#include "reports/json.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

constexpr std::string_view kData = "<script type=\"application/json\" id=\"result\">";

std::size_t count(const std::string& page, std::string_view text) {
  std::size_t found = 0;
  for (std::size_t at = page.find(text); at != page.npos; at = page.find(text, at + 1)) ++found;
  return found;
}

nlohmann::json embedded(const std::string& page) {
  const std::size_t begin = page.find(kData) + kData.size();
  return nlohmann::json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

nlohmann::json document(const model::Result& result) {
  using Json = nlohmann::ordered_json;
  return nlohmann::json::parse(
      reports::to_json(result).dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

TEST_CASE("the page has verdict, coverage, and the JSON document") {
  const std::string page = reports::html(racy_result());
  CHECK(page.starts_with("<!doctype html>"));
  CHECK(contains(page, ">violated: no-overlap, log-parses</h1>"));
  CHECK(contains(page, "<title>simcheck: violated: no-overlap, log-parses</title>"));
  CHECK(contains(page, "<dt>explored</dt><dd>up to the first violation</dd>"));
  CHECK(contains(page, "<td class=\"open\">no violation so far</td>"));
  CHECK(embedded(page) == document(racy_result()));
  CHECK(embedded(page)["counterexamples"][0]["entries"][0]["step"] == 1);
}

TEST_CASE("a run that holds has no counterexample, but all else") {
  const std::string page = reports::html(passing_result());
  CHECK(contains(page, "<h1 class=\"verdict holds\">holds (complete)</h1>"));
  CHECK(contains(page, "1,234,567 executions"));
  CHECK(!contains(page, "<noscript>"));
}

TEST_CASE("verdicts without a proof do not look like one") {
  model::Result result = passing_result();
  result.verdict = model::Verdict::kInterrupted;
  CHECK(contains(reports::html(result), "<h1 class=\"verdict open\">interrupted"));
  result = passing_result();
  result.coverage.bounds = {"windows of 6"};
  const std::string bounded = reports::html(result);
  CHECK(contains(bounded, "<h1 class=\"verdict bounded\">holds (bounded: windows of 6)"));
  CHECK(contains(bounded, "<td class=\"bounded\">holds (bounded)</td>"));
}

TEST_CASE("nothing is loaded from anywhere") {
  const std::string page = reports::html(racy_result());
  CHECK(contains(page, "default-src 'none'"));
  for (const char* const loading : {" src=", "url(http", "@import", "fetch(", "XMLHttp", "<base"})
    CHECK_MESSAGE(!contains(page, loading), loading);
  CHECK(count(page, "http") ==
        count(page, "http://www.w3.org/2000/svg") + count(page, "http-equiv"));
}

TEST_CASE("the template is filled in once, and values are not looked into") {
  const auto value = [](std::string_view name) { return "<" + std::string(name) + "{{x}}>"; };
  CHECK(reports::filled_in("a {{b}} c{{d}}", value) == "a <b{{x}}> c<d{{x}}>");
  CHECK(reports::filled_in("", value).empty());
}

TEST_CASE("markup is escaped") {
  CHECK(reports::html_escaped("<a href=\"x\">&") == "&lt;a href=&quot;x&quot;&gt;&amp;");
}

RC_TEST_CASE("whatever names hold, they stay in their places", [] {
  const auto any = [] {
    return *rc::gen::oneOf(rc::gen::arbitrary<std::string>(),
                           rc::gen::element<std::string>("</script>", "<!--<script>", "{{result}}",
                                                         "</noscript></h1>", "\xff\xc0<", "]]>"));
  };
  model::Result result = racy_result();
  result.driver = any();
  result.workload_set = any();
  result.initial_log = any();
  result.properties[0].name = result.counterexamples[0].findings[0].property = any();
  result.properties[0].reason = result.counterexamples[0].findings[0].reason = any();
  result.counterexamples[0].trace.lanes[0].name = any();
  result.counterexamples[0].trace.steps[0].notes = {any()};
  const std::string page = reports::html(result), plain = reports::html(racy_result());
  RC_ASSERT(embedded(page) == document(result));
  for (const char* const tag : {"<script", "</script", "<noscript", "</noscript", "<h1", "</h1"})
    RC_ASSERT(count(page, tag) == count(plain, tag));
})

TEST_CASE("the library holds the files of reports/html/ as they are") {
  std::string page = reports::html(racy_result());
  std::size_t scripts = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "reports/html")) {
    const std::string text = read_file(entry.path());
    const std::string extension = entry.path().extension().string();
    CAPTURE(entry.path().string());
    if (extension == ".html") CHECK(reports::html_page(entry.path().stem().string()) == text);
    if (extension == ".js") CHECK(contains(page, text));
    if (extension == ".css") CHECK(contains(page, text));
    if (extension == ".js") ++scripts;
  }
  CHECK(scripts == reports::html_scripts().size());
}

}  // namespace simcheck::test
