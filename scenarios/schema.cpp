#include "scenarios/schema.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "scenarios/laboratory_vocabulary.hpp"
#include "scenarios/scenario.hpp"

namespace cercle::scenarios {
namespace {

using Json = nlohmann::ordered_json;

/// A number as people write it: 92, not 92.0.
Json plain(double number) {
    const bool is_whole = number == std::floor(number) && std::abs(number) < 9007199254740992.0;
    return is_whole ? Json(static_cast<std::int64_t>(number)) : Json(number);
}

Json number_schema(const sim::Parameter& parameter) {
    const sim::Range& range = parameter.range;
    Json number{{"type", range.whole ? "integer" : "number"}};
    if (std::isfinite(range.low)) {
        number[range.low_open ? "exclusiveMinimum" : "minimum"] = plain(range.low);
    }
    if (std::isfinite(range.high)) {
        number[range.high_open ? "exclusiveMaximum" : "maximum"] = plain(range.high);
    }
    const Json quantity{{"type", "string"}, {"pattern", "^\\s*[-+]?[0-9.]"}};
    return {{"anyOf", Json::array({number, quantity})}};
}

Json text_schema(const sim::Parameter& parameter) {
    if (parameter.choices.empty()) return {{"type", "string"}};
    return {{"enum", parameter.choices}};
}

struct ValueSchema {
    const sim::Parameter& parameter;

    Json operator()(bool) const { return {{"type", "boolean"}}; }
    Json operator()(double) const { return number_schema(parameter); }
    Json operator()(const std::string&) const { return text_schema(parameter); }
    Json operator()(const std::vector<double>&) const {
        return {{"type", "array"}, {"items", number_schema(parameter)}};
    }
    Json operator()(const std::vector<std::string>&) const {
        return {{"type", "array"}, {"items", text_schema(parameter)}};
    }
};

std::string description(const sim::Parameter& parameter) {
    std::string text = parameter.meaning;
    if (!parameter.unit.empty() && parameter.unit != "1") {
        text += fmt::format("; unit: {}", parameter.unit);
    }
    if (std::holds_alternative<double>(parameter.fallback)) {
        text += fmt::format("; range: {}", parameter.range.text());
    }
    if (!parameter.source.empty()) text += fmt::format("; source: {}", parameter.source);
    return text;
}

Json parameter_schema(const sim::Parameter& parameter) {
    Json schema = std::visit(ValueSchema{parameter}, parameter.fallback);
    schema["description"] = description(parameter);
    const double* number = std::get_if<double>(&parameter.fallback);
    const auto as_json = [](const auto& value) { return Json(value); };
    if (!sim::has_default(parameter)) return schema;
    schema["default"] = number ? plain(*number) : std::visit(as_json, parameter.fallback);
    return schema;
}

Json closed_object() {
    return {{"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
}

/// Puts a parameter in its place in a tree of objects.
void place(Json& object, std::string_view path, const sim::Parameter& parameter) {
    const std::size_t dot = path.find('.');
    Json& properties = object["properties"];
    const std::string name(path.substr(0, dot));
    if (dot == std::string_view::npos) {
        properties[name] = parameter_schema(parameter);
        return;
    }
    if (!properties.contains(name)) properties[name] = closed_object();
    Json& inner = properties[name];
    if (!inner.contains("properties")) { // a parameter of the whole model, a table when run alone
        const bool is_split =
            inner.contains("anyOf") && inner["anyOf"].back().contains("properties");
        if (!is_split) inner = {{"anyOf", Json::array({inner, closed_object()})}};
        place(inner["anyOf"].back(), path.substr(dot + 1), parameter);
        return;
    }
    place(inner, path.substr(dot + 1), parameter);
}

Json preset_schema(const Vocabulary& vocabulary) {
    const Json name{{"enum", vocabulary.preset_names()}};
    return {{"description", "named sets of values; what is written out wins over them"},
            {"anyOf", Json::array({name, {{"type", "array"}, {"items", name}}})}};
}

/// What a scenario says of the claim it tests; the reader checks what is in it.
Json claim_schema() {
    const Json text{{"type", "string"}};
    Json both = closed_object();
    both["properties"] = {{"en", text}, {"fr", text}};
    Json difference = closed_object();
    difference["properties"] = {{"outcome", text}, {"on", text}, {"off", text}};
    Json claim = closed_object();
    claim["required"] = {"id", "name", "text"};
    for (const char* key : {"id", "outcome", "on", "off"}) claim["properties"][key] = text;
    for (const char* key : {"name", "text", "test", "because", "limit", "measure"}) {
        claim["properties"][key] = both;
    }
    claim["properties"]["per"] = difference;
    claim["properties"]["against"] = difference;
    claim["properties"]["against"]["properties"]["per"] = difference;
    claim["properties"]["direction"] = {{"enum", {"rises", "falls"}}};
    claim["properties"]["smallest"] = {{"type", "number"}, {"exclusiveMinimum", 0}};
    claim["properties"]["mechanism"] = {{"type", "array"}, {"items", text}};
    for (const char* key : {"assumes", "null"}) {
        claim["properties"][key] = {{"type", "array"}, {"items", {{"type", "object"}}}};
    }
    return claim;
}

Json head_schema() {
    Json properties;
    properties["cercle"] = {{"const", 1}, {"description", "version of the format"}};
    properties["title"] = {{"type", "string"}};
    properties["seed"] = {{"description", "every random number follows from it"},
                          {"anyOf", Json::array({{{"type", "integer"}, {"minimum", 0}},
                                                 {{"type", "string"}, {"pattern", "^[0-9]+$"}}})}};
    const Json number = {{"type", "integer"}, {"minimum", 1}};
    Json stopping = closed_object();
    stopping["required"] = {"max", "until"};
    stopping["properties"] = {
        {"max", number}, {"until", {{"type", "string"}}}, {"contrast", {{"type", "string"}}}};
    properties["replicates"] = {{"anyOf", Json::array({number, stopping})},
                                {"default", 1},
                                {"description", "runs of each arm, or when there are enough"}};
    properties["design"] = closed_object();
    properties["design"]["properties"] = {
        {"method",
         {{"enum",
           {"none", "grid", "zip", "list", "table", "random", "lhs", "sobol", "saltelli", "morris",
            "oat", "toggles"}},
          {"default", "none"}}},
        {"size", {{"type", "integer"}, {"minimum", 1}, {"description", "points, or rows of them"}}},
        {"seed", {{"type", "integer"}, {"minimum", 0}}},
        {"levels", {{"type", "integer"}, {"minimum", 2}, {"description", "of morris; even"}}},
        {"rows", {{"type", "array"}, {"description", "points of list, a value for each factor"}}},
        {"file", {{"type", "string"}, {"description", "CSV of table, a column for each factor"}}}};
    Json factor = closed_object();
    factor["properties"] = {
        {"name", {{"type", "string"}}},
        {"path", {{"type", "string"}, {"description", "the parameter that is varied"}}},
        {"paths",
         {{"type", "array"},
          {"items", {{"type", "string"}}},
          {"description", "parameters of a mechanism, under toggles"}}},
        {"levels",
         {{"description", "values, or how many of the range"},
          {"anyOf", Json::array({{{"type", "array"}}, {{"type", "integer"}}})}}},
        {"range", {{"type", "array"}, {"minItems", 2}, {"maxItems", 2}}},
        {"scale", {{"enum", {"linear", "log"}}, {"default", "linear"}}}};
    properties["factor"] = {{"type", "array"}, {"items", factor}};
    properties["claim"] = claim_schema();
    return properties;
}

}

std::string scenario_schema(const Vocabulary& vocabulary) {
    Json tree = closed_object();
    for (const sim::Parameter& parameter : vocabulary.parameters) {
        place(tree, parameter.path, parameter);
    }
    tree["properties"]["preset"] = preset_schema(vocabulary);

    Json arm = closed_object();
    arm["required"] = {"name"};
    arm["properties"]["name"] = {{"type", "string"}, {"minLength", 1}};
    Json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "Cercle scenario"}};
    root.update(closed_object());
    root["required"] = {"cercle", "seed"};
    root["properties"] = head_schema();
    for (const auto& [name, schema] : tree["properties"].items()) {
        const Json reference{{"$ref", "#/$defs/" + name}};
        root["properties"][name] = reference;
        if (!vocabulary.is_shared(name)) arm["properties"][name] = reference;
    }
    root["properties"]["arm"] = {
        {"type", "array"}, {"minItems", 1}, {"items", {{"$ref", "#/$defs/arm"}}}};
    root["$defs"] = tree["properties"];
    root["$defs"]["arm"] = arm;
    return root.dump(2) + "\n";
}

std::string scenario_schema() {
    Vocabulary everything = program_vocabulary();
    for (const sim::Parameter& row : laboratory_study_parameters()) {
        const auto known =
            std::ranges::find(everything.parameters, row.path, &sim::Parameter::path);
        if (known == everything.parameters.end()) continue;
        known->range = row.range; // what is allowed to laws that run alone holds the rest
        known->choices = row.choices;
    }
    for (const sim::Parameter& row : laboratory_parameters()) everything.parameters.push_back(row);
    return scenario_schema(everything);
}

}
