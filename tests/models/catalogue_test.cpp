#include "models/catalogue.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

const std::vector<std::string> schedule = {"shock", "needs",   "engage",  "encounter", "leave",
                                           "join",  "produce", "account", "decide",    "fail",
                                           "enter", "staff",   "rewire",  "measure"};

TEST(Catalogue, names_every_law_once_with_its_stage_meaning_and_equation) {
    std::set<std::string> names;
    for (const Law& law : laws()) {
        EXPECT_TRUE(names.insert(law.name).second) << law.name << " is there twice";
        EXPECT_NE(law.name, "");
        EXPECT_NE(law.meaning, "") << law.name;
        EXPECT_NE(law.equations, "") << law.name;
        EXPECT_EQ(law.stage.empty(), law.build == nullptr) << law.name;
    }
}

/// Laws whose stage comes before that of the law they follow.
std::vector<std::string>
out_of_order(const std::vector<std::pair<std::string, std::string>>& plan) {
    std::vector<std::string> late;
    std::ptrdiff_t reached = 0;
    for (const auto& [name, stage] : plan) {
        const auto place = std::ranges::find(schedule, stage) - schedule.begin();
        if (place < reached || place == std::ssize(schedule)) late.push_back(name);
        reached = std::max(reached, place);
    }
    return late;
}

TEST(Catalogue, works_in_the_order_of_the_schedule) {
    std::vector<std::pair<std::string, std::string>> plan;
    const auto settings = with(
        default_settings(), {{"switch.rewiring", true}, {"drift.sd", 0.1}, {"market.entry", 1.0}});
    const sim::Pipeline pipeline = pipeline_of(settings);
    for (const auto& stage : pipeline.stages()) plan.emplace_back(stage.name, stage.stage);

    EXPECT_EQ(plan.size(), laws().size() - 2); // governance of either form has no process
    EXPECT_EQ(out_of_order(plan), std::vector<std::string>{});
    EXPECT_EQ(out_of_order({{"a", "needs"}, {"b", "shock"}}), std::vector<std::string>{"b"});
}

TEST(Catalogue, leaves_out_what_has_nothing_to_do) {
    const std::string plan = pipeline_of(default_settings()).text();

    EXPECT_EQ(plan.find("network.rewiring"), std::string::npos);
    EXPECT_EQ(plan.find("shock.drift"), std::string::npos);
    EXPECT_NE(plan.find("contagion.employee"), std::string::npos);
}

TEST(Catalogue, gives_every_parameter_one_path) {
    std::set<std::string> paths;
    for (const sim::Parameter& parameter : parameters()) {
        EXPECT_TRUE(paths.insert(parameter.path).second) << parameter.path;
    }
    EXPECT_GT(paths.size(), 100U);
}

TEST(Catalogue, gives_every_number_a_unit_a_source_and_a_default_in_range) {
    for (const sim::Parameter& parameter : parameters()) {
        EXPECT_NE(parameter.meaning, "") << parameter.path;
        const double* number = std::get_if<double>(&parameter.fallback);
        if (!number) continue;
        EXPECT_NE(parameter.unit, "") << parameter.path;
        EXPECT_NE(parameter.source, "") << parameter.path;
        EXPECT_TRUE(parameter.range.holds(*number)) << parameter.path;
    }
}

TEST(Catalogue, gives_every_choice_a_default_among_its_choices) {
    std::size_t choices = 0;
    for (const sim::Parameter& parameter : parameters()) {
        if (parameter.choices.empty()) continue;
        ++choices;
        EXPECT_NE(std::ranges::find(parameter.choices, std::get<std::string>(parameter.fallback)),
                  parameter.choices.end())
            << parameter.path;
    }
    EXPECT_GE(choices, 5U);
}

TEST(Catalogue, finds_its_own_defaults_without_fault) {
    EXPECT_TRUE(check(default_settings()).empty());
}

TEST(Draws, have_each_their_own_number) {
    std::ifstream file(CERCLE_SOURCE_DIR "/models/draws.hpp");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::regex line(R"(\n\s+(\w+) = (\d+),)");
    std::map<std::string, std::string> names;
    for (std::sregex_iterator found(text.begin(), text.end(), line), end; found != end; ++found) {
        const auto [other, is_new] = names.emplace((*found)[2], (*found)[1]);
        EXPECT_TRUE(is_new) << (*found)[1] << " has the number of " << other->second;
    }
    EXPECT_GT(names.size(), 30U);
}

std::vector<std::string> faults(const Changes& changes) {
    std::vector<std::string> paths;
    for (const sim::Problem& problem : check(with(default_settings(), changes))) {
        paths.push_back(problem.about);
    }
    return paths;
}

const Changes lawful_scop = {
    {"governance.legal_form", "scop"},   {"governance.membership", true},
    {"governance.owner_votes", 0.0},     {"governance.workers_share", 0.43},
    {"governance.reserve_share", 0.44},  {"governance.capital_share", 0.13},
    {"governance.take_over_hazard", 0.0}};

std::vector<std::string> faults_of_scop(const Changes& changes) {
    Changes all = lawful_scop;
    all.insert(all.end(), changes.begin(), changes.end());
    return faults(all);
}

TEST(ScopLaw, accepts_the_usual_split) { EXPECT_TRUE(faults_of_scop({}).empty()); }

TEST(ScopLaw, refuses_each_breach_at_its_parameter) {
    using Paths = std::vector<std::string>;
    EXPECT_EQ(faults_of_scop({{"governance.owner_votes", 0.36}}), Paths{"governance.owner_votes"});
    EXPECT_TRUE(faults_of_scop({{"governance.owner_votes", 0.35}}).empty());
    EXPECT_EQ(faults_of_scop({{"governance.take_over_hazard", 0.01}}),
              Paths{"governance.take_over_hazard"});
    EXPECT_EQ(faults_of_scop({{"governance.membership", false}}), Paths{"governance.membership"});
    EXPECT_EQ(
        faults_of_scop({{"governance.workers_share", 0.24}, {"governance.reserve_share", 0.63}}),
        Paths{"governance.workers_share"});
    EXPECT_EQ(faults_of_scop({{"governance.workers_share", 0.75},
                              {"governance.reserve_share", 0.15},
                              {"governance.capital_share", 0.10}}),
              Paths{"governance.reserve_share"});
    EXPECT_EQ(faults_of_scop({{"governance.workers_share", 0.30},
                              {"governance.reserve_share", 0.35},
                              {"governance.capital_share", 0.35}}),
              Paths{"governance.capital_share"});
}

TEST(Shares, that_do_not_add_up_to_one_are_refused_everywhere) {
    EXPECT_EQ(faults({{"governance.workers_share", 0.2}}),
              std::vector<std::string>{"governance.workers_share"});
}

}
}
