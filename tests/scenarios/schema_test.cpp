#include "scenarios/schema.hpp"

#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "scenarios/scenario.hpp"
#include "tests/scenarios/small_vocabulary.hpp"

namespace cercle::scenarios {
namespace {

using Json = nlohmann::json;

Json small_schema() { return Json::parse(scenario_schema(small_vocabulary())); }

TEST(Schema, describes_a_number_with_range_unit_source_and_default) {
    const Json wage = small_schema()["$defs"]["firm"]["properties"]["wage"];

    EXPECT_EQ(wage["anyOf"][0], Json::parse(R"({"type": "number", "exclusiveMinimum": 0})"));
    EXPECT_EQ(wage["anyOf"][1]["type"], "string");
    EXPECT_EQ(wage["default"], 2000);
    EXPECT_EQ(wage["description"], "pay; unit: EUR/month; range: > 0; source: assumed (test)");
}

TEST(Schema, describes_every_kind_of_value) {
    const Json defs = small_schema()["$defs"];
    const Json firm = defs["firm"]["properties"];

    EXPECT_EQ(firm["team_size"]["anyOf"][0],
              Json::parse(R"({"type": "integer", "minimum": 1, "maximum": 100})"));
    EXPECT_EQ(firm["regime"]["enum"], Json::parse(R"(["cooperative", "conventional"])"));
    EXPECT_EQ(firm["split"]["type"], "array");
    EXPECT_EQ(firm["split"]["items"]["anyOf"][0]["maximum"], 1);
    EXPECT_EQ(defs["switch"]["properties"]["contagion"]["type"], "boolean");
    EXPECT_EQ(defs["ties"]["properties"]["file"]["type"], "string");
    EXPECT_EQ(defs["laws"]["items"]["enum"], Json::parse(R"(["sis", "voter"])"));
    EXPECT_EQ(defs["preset"]["anyOf"][0]["enum"],
              Json::parse(R"(["capital", "members", "quick"])"));
}

TEST(Schema, shares_the_definitions_between_file_and_arms) {
    const Json schema = small_schema();

    EXPECT_EQ(schema["properties"]["firm"]["$ref"], "#/$defs/firm");
    EXPECT_EQ(schema["properties"]["arm"]["items"]["$ref"], "#/$defs/arm");
    EXPECT_EQ(schema["$defs"]["arm"]["properties"]["firm"]["$ref"], "#/$defs/firm");
    EXPECT_FALSE(schema["$defs"]["arm"]["properties"].contains("time"));
    EXPECT_EQ(schema["required"], Json::parse(R"(["cercle", "seed"])"));
}

/// Collects objects with properties that do not refuse other properties.
void find_open_objects(const Json& node, std::vector<std::string>& open) {
    const bool is_open = node.is_object() && node.contains("properties") &&
                         node["properties"].is_object() && node.contains("type") &&
                         node.value("additionalProperties", Json(true)) != Json(false);
    if (is_open) open.push_back(node.dump());
    for (const Json& inner : node) {
        if (inner.is_structured()) find_open_objects(inner, open);
    }
}

TEST(Schema, refuses_unknown_keys_everywhere) {
    std::vector<std::string> open;

    find_open_objects(small_schema(), open);

    EXPECT_EQ(open, std::vector<std::string>());
    EXPECT_EQ(small_schema()["additionalProperties"], false);
}

TEST(Schema, has_a_place_for_every_parameter_of_the_program) {
    const Json schema = Json::parse(scenario_schema());
    for (const sim::Parameter& parameter : all_parameters()) {
        std::string pointer = "/$defs/" + parameter.path;
        for (std::size_t dot; (dot = pointer.find('.')) != std::string::npos;) {
            pointer.replace(dot, 1, "/properties/");
        }

        EXPECT_TRUE(schema.contains(Json::json_pointer(pointer))) << pointer;
    }
}

}
}
