#include "model/workload_parser.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "model/workload_scanner.hpp"
#include "model/workload_size.hpp"

namespace simcheck::model {
namespace {

using sim::IoKind;

constexpr std::array kKinds = {IoKind::kWrite, IoKind::kZeroes, IoKind::kDiscard, IoKind::kFlush,
                               IoKind::kRead};
constexpr std::uint64_t kPatternMax = 255;

// Thrown within this file only; parse_workload() turns it into a value.
struct Failure {
  std::size_t offset;
  std::string message;
  std::string unknown_kind{};
};

bool is_number(const Token& token) {
  return token.kind == Token::Kind::kWord && token.text.front() >= '0' && token.text.front() <= '9';
}

class Parser {
 public:
  Parser(std::string_view text, const ParseOptions& options) : scanner_(text), options_(options) {}

  Workload parse() {
    parse_stage();
    while (scanner_.peek().kind == Token::Kind::kSemicolon) {
      scanner_.next();
      parse_stage();
    }
    if (scanner_.peek().kind != Token::Kind::kEnd) refuse_rest_of_request();
    give_extents();
    return std::move(workload_);
  }

 private:
  // A request being read, with where its parts stand.
  struct Draft {
    Request request;
    Token kind;
    std::optional<Token> offset, length;
  };

  void parse_stage() {
    workload_.stages.emplace_back();
    add_requests();
    for (;;) {
      const bool waits = scanner_.peek().kind == Token::Kind::kThen;
      if (!waits && scanner_.peek().kind != Token::Kind::kComma) return;
      const Token separator = scanner_.next();
      if (waits) let_wait(separator);
      add_requests();
    }
  }

  void add_requests() {
    const Token start = scanner_.peek();
    const std::uint64_t count = parse_count();
    const Draft draft = parse_request();
    if (count > kRequestsMax - total_)
      fail(start, fmt::format("a workload has at most {} requests", kRequestsMax));
    total_ += static_cast<std::size_t>(count);
    last_count_ = count;
    Stage& stage = workload_.stages.back();
    const bool wants_extent = !draft.offset && draft.request.kind != IoKind::kFlush;
    for (std::uint64_t i = 0; i < count; ++i) {
      if (wants_extent) without_extent_.emplace_back(workload_.stages.size() - 1, stage.size());
      stage.push_back(draft.request);
    }
  }

  // Of several alike, which of them would it be?
  void let_wait(const Token& separator) {
    if (last_count_ > 1)
      fail(separator, "'>' waits for one request; write out the one that it waits for");
    workload_.stages.back().back().waits = true;
  }

  std::uint64_t parse_count() {
    if (!is_number(scanner_.peek())) return 1;
    const Token token = scanner_.next();
    const auto count = parse_size(token.text);
    if (scanner_.peek().kind != Token::Kind::kStar)
      fail(token, fmt::format("{} stands where a request should begin; a count is followed by *, "
                              "as in '3*write'",
                              quoted(token)));
    scanner_.next();
    if (!count || *count == 0 || *count > kRequestsMax)
      fail(token, fmt::format("the count {} is not one of 1 to {}", quoted(token), kRequestsMax));
    return *count;
  }

  Draft parse_request() {
    Draft draft;
    draft.kind = scanner_.next();
    draft.request.kind = parse_kind(draft.kind);
    while (scanner_.peek().kind == Token::Kind::kWord) parse_argument(draft);
    if (scanner_.peek().kind == Token::Kind::kStar) refuse_rest_of_request();
    if (draft.offset) check_extent(draft);
    return draft;
  }

  static IoKind parse_kind(const Token& token) {
    for (const IoKind kind : kKinds)
      if (token.text == sim::to_string(kind)) return kind;
    if (token.kind == Token::Kind::kWord)
      throw Failure{token.offset,
                    fmt::format("{} is no request; allowed: write, zeroes, discard, flush, read",
                                quoted(token)),
                    std::string(token.text)};
    fail(token,
         fmt::format("{} stands where a request should: write, zeroes, discard, flush or read",
                     quoted(token)));
  }

  void parse_argument(Draft& draft) {
    const Token token = scanner_.peek();
    if (token.text == "-P") {
      parse_pattern(draft);
    } else if (token.text == "fua" || token.text == "-f") {
      parse_fua(draft);
    } else if (is_number(token)) {
      parse_position(draft);
    } else {
      refuse_rest_of_request();
    }
  }

  void parse_pattern(Draft& draft) {
    const Token option = scanner_.next();
    if (draft.request.kind != IoKind::kWrite)
      fail(option, fmt::format("only a write takes a pattern, not a {}", draft.kind.text));
    if (draft.request.pattern) fail(option, "the pattern is given twice");
    const Token token = scanner_.next();
    const auto pattern = is_number(token) ? parse_size(token.text) : std::nullopt;
    if (!pattern || *pattern > kPatternMax)
      fail(token,
           fmt::format("-P takes the byte to write, 0 to {}, not {}", kPatternMax, quoted(token)));
    draft.request.pattern = static_cast<std::uint8_t>(*pattern);
  }

  void parse_fua(Draft& draft) {
    const Token token = scanner_.next();
    const IoKind kind = draft.request.kind;
    if (kind != IoKind::kWrite && kind != IoKind::kZeroes)
      fail(token, fmt::format("only a write or zeroes can be fua, not a {}", draft.kind.text));
    draft.request.fua = true;
  }

  void parse_position(Draft& draft) {
    const Token token = scanner_.next();
    const auto number = parse_size(token.text);
    if (draft.request.kind == IoKind::kFlush) fail(token, "a flush takes no offset and no length");
    if (draft.length)
      fail(token, fmt::format("{} is one number too many after {} OFFSET LENGTH", quoted(token),
                              draft.kind.text));
    if (!number)
      fail(token, fmt::format("{} is no size; sizes are like 4096, 4k, 1m or 0x1000, below 2^64",
                              quoted(token)));
    (draft.offset ? draft.length : draft.offset) = token;
    (draft.length ? draft.request.length : draft.request.offset) = *number;
  }

  void check_extent(Draft& draft) const {
    Request& request = draft.request;
    if (!draft.length) request.length = options_.extent_bytes;
    // Drivers do get empty writes, and log them; QEMU completes the other kinds by itself.
    if (request.length == 0 && request.kind != IoKind::kWrite)
      fail(*draft.length, fmt::format("a {} needs at least one byte", draft.kind.text));
    if (request.offset > kOffsetMax || request.length > kOffsetMax - request.offset)
      fail(*draft.offset, fmt::format("{} {} {} ends past 2^63, where no disk reaches",
                                      draft.kind.text, request.offset, request.length));
  }

  void give_extents() {
    std::vector<Request*> requests;
    for (const auto& [stage, index] : without_extent_)
      requests.push_back(&workload_.stages[stage][index]);
    if (!model::give_extents(workload_, requests, options_.extent_bytes))
      fail(Token{}, "no room is left for the requests without an offset; give them offsets");
  }

  [[noreturn]] void refuse_rest_of_request() const {
    const Token& token = scanner_.peek();
    fail(token, fmt::format("{} is not understood here; a request is KIND [OFFSET [LENGTH]] "
                            "[-P PATTERN] [fua], and ',', '>' or ';' stands before the next",
                            quoted(token)));
  }

  [[noreturn]] static void fail(const Token& at, std::string message) {
    throw Failure{at.offset, std::move(message)};
  }

  WorkloadScanner scanner_;
  const ParseOptions& options_;
  Workload workload_;
  std::size_t total_ = 0;
  std::uint64_t last_count_ = 1;                                     // of the requests read last
  std::vector<std::pair<std::size_t, std::size_t>> without_extent_;  // stage, index in it
};

}  // namespace

std::variant<Workload, WorkloadError> parse_workload(std::string_view text,
                                                     const ParseOptions& options) {
  try {
    return Parser(text, options).parse();
  } catch (const Failure& failure) {
    return WorkloadError{position_text(text, failure.offset) + ": " + failure.message,
                         failure.unknown_kind};
  }
}

}  // namespace simcheck::model
