#include "tests/support/json_schema.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace simcheck::test {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 13> kKeywords = {
    "$schema", "$defs",    "$ref",       "title", "type",    "enum",
    "const",   "required", "properties", "items", "minimum", "additionalProperties",
    "oneOf"};

bool has_type(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  return type == "null" && value.is_null();
}

class Validator {
 public:
  explicit Validator(const json& root) : root_(root) {}

  void check(const json& schema, const json& value, const std::string& path) {
    for (const auto& [keyword, unused] : schema.items()) {
      if (std::ranges::find(kKeywords, keyword) == kKeywords.end()) {
        add(path, "schema keyword " + keyword + " is unknown to the test");
      }
    }
    if (schema.contains("$ref")) check(referred(schema["$ref"]), value, path);
    if (schema.contains("type")) check_type(schema["type"], value, path);
    if (schema.contains("const") && schema["const"] != value) add(path, "not the constant");
    if (schema.contains("enum") && !is_one_of(schema["enum"], value)) add(path, "not in the enum");
    if (schema.contains("oneOf")) check_one_of(schema["oneOf"], value, path);
    if (schema.contains("minimum") && value.is_number() && value < schema["minimum"]) {
      add(path, "too small");
    }
    if (value.is_object()) check_object(schema, value, path);
    if (value.is_array() && schema.contains("items")) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        check(schema["items"], value[i], path + "/" + std::to_string(i));
      }
    }
  }

  std::vector<std::string> errors;

 private:
  static bool is_one_of(const json& allowed, const json& value) {
    return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
  }

  void check_one_of(const json& choices, const json& value, const std::string& path) {
    const auto fits = std::count_if(choices.begin(), choices.end(), [&](const json& choice) {
      Validator part(root_);
      part.check(choice, value, path);
      return part.errors.empty();
    });
    if (fits != 1) add(path, std::to_string(fits) + " of the choices fit, not one");
  }

  const json& referred(const std::string& reference) const {
    return root_.at(json::json_pointer(reference.substr(1)));  // behind the '#'
  }

  void add(const std::string& path, const std::string& what) {
    errors.push_back(path + ": " + what);
  }

  void check_type(const json& types, const json& value, const std::string& path) {
    const json list = types.is_array() ? types : json::array({types});
    const bool fits = std::any_of(list.begin(), list.end(), [&](const json& type) {
      return has_type(value, type.get<std::string>());
    });
    if (!fits) add(path, "not of type " + types.dump());
  }

  void check_object(const json& schema, const json& value, const std::string& path) {
    for (const json& name : schema.value("required", json::array())) {
      if (!value.contains(name)) add(path, "no " + name.get<std::string>());
    }
    const json known = schema.value("properties", json::object());
    const json others = schema.value("additionalProperties", json(true));  // a schema, or a bool
    for (const auto& [name, member] : value.items()) {
      if (known.contains(name)) {
        check(known[name], member, path + "/" + name);
      } else if (others.is_object()) {
        check(others, member, path + "/" + name);
      } else if (others == false) {
        add(path, name + " is not in the schema");
      }
    }
  }

  const json& root_;
};

}  // namespace

std::vector<std::string> schema_errors(const json& schema, const json& document) {
  Validator validator(schema);
  validator.check(schema, document, "");
  return validator.errors;
}

}  // namespace simcheck::test
