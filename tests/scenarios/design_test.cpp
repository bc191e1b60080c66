// Points of a study: what each method promises of them.
#include "scenarios/design.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include <gtest/gtest.h>

#include "scenarios/scenario.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {
namespace {

Factor range(const std::string& path, double low, double high, std::size_t steps = 0) {
    return {.name = path, .paths = {path}, .low = low, .high = high, .steps = steps};
}
Factor levels(const std::string& path, std::vector<sim::Value> values) {
    return {.name = path, .paths = {path}, .levels = std::move(values)};
}

std::vector<double> column(const Design& design, std::size_t factor) {
    std::vector<double> values;
    for (std::size_t p = 0; p < design.points(); ++p) values.push_back(design.entry(p, factor));
    return values;
}

TEST(Grid, holds_every_combination_once_the_last_factor_fastest) {
    const Design design = make_design(
        {.name = "grid"}, {range("a", 0, 1, 3), levels("b", {std::string("x"), std::string("y")})});

    EXPECT_EQ(column(design, 0), (std::vector<double>{0, 0, 0.5, 0.5, 1, 1}));
    EXPECT_EQ(column(design, 1), (std::vector<double>{0, 1, 0, 1, 0, 1}));
    EXPECT_EQ(design.factors[1].value(1.0), sim::Value(std::string("y")));
}

TEST(Zip, takes_one_level_of_each_at_a_time) {
    const Design design =
        make_design({.name = "zip"}, {levels("a", {1.0, 2.0, 5.0}), range("b", 10, 30, 3)});

    EXPECT_EQ(column(design, 0), (std::vector<double>{1, 2, 5}));
    EXPECT_EQ(column(design, 1), (std::vector<double>{10, 20, 30}));
}

TEST(OneAtATime, leaves_the_others_as_the_arm_has_them) {
    const Design design =
        make_design({.name = "oat"}, {levels("a", {1.0, 2.0}), levels("b", {3.0})});

    ASSERT_EQ(design.points(), 4U);
    EXPECT_TRUE(std::isnan(design.entry(0, 0)) && std::isnan(design.entry(0, 1)));
    EXPECT_EQ(design.entry(1, 0), 1.0);
    EXPECT_TRUE(std::isnan(design.entry(1, 1)));
    EXPECT_EQ(design.entry(3, 1), 3.0);
}

TEST(LatinHypercube, puts_one_point_into_each_slice_of_each_factor) {
    const Design design =
        make_design({.name = "lhs", .size = 50}, {range("a", 0, 50), range("b", -1, 1)});

    std::set<double> slices_of_a;
    std::set<double> slices_of_b;
    for (const double a : column(design, 0)) slices_of_a.insert(std::floor(a));
    for (const double b : column(design, 1)) slices_of_b.insert(std::floor((b + 1.0) * 25.0));
    EXPECT_EQ(slices_of_a.size(), 50U);
    EXPECT_EQ(slices_of_b.size(), 50U);
    EXPECT_NE(column(design, 0), column(make_design({.name = "lhs", .size = 50, .seed = 2},
                                                    {range("a", 0, 50), range("b", -1, 1)}),
                                        0));
}

// Mean of x y over the square is 1/4. Random points err by about .22/sqrt(n) = .0069 for n = 1024;
// Sobol's by far less.
TEST(Sobol, fills_the_square_evenly) {
    const Design design =
        make_design({.name = "sobol", .size = 1024}, {range("a", 0, 1), range("b", 0, 1)});
    double mean = 0.0;
    for (std::size_t p = 0; p < 1024; ++p) mean += design.entry(p, 0) * design.entry(p, 1) / 1024.0;

    EXPECT_NEAR(mean, 0.25, 0.001);
}

// With its first point, 2^k points of the sequence lie one in each of 2^k slices (a (0, k, 1)-net);
// a shift by the same amount for all, modulo 1, leaves them 1/2^k apart.
TEST(Sobol, puts_one_point_into_each_of_as_many_slices) {
    const Design design =
        make_design({.name = "sobol", .size = 64}, {range("a", 0, 1), range("b", 0, 1)});
    for (std::size_t factor = 0; factor < 2; ++factor) {
        auto values = column(design, factor);
        std::ranges::sort(values);
        for (std::size_t i = 1; i < 64; ++i) EXPECT_NEAR(values[i] - values[i - 1], 1.0 / 64, 1e-9);
    }
}

TEST(Saltelli, exchanges_one_column_at_a_time) {
    const Design design = make_design({.name = "saltelli", .size = 8},
                                      {range("a", 0, 1), range("b", 0, 1), range("c", 0, 1)});

    ASSERT_EQ(design.points(), 8U * 5U);
    for (std::size_t row = 0; row < 8; ++row) {
        const std::size_t a = row * 5;
        for (std::size_t swapped = 0; swapped < 3; ++swapped) {
            for (std::size_t factor = 0; factor < 3; ++factor) {
                const std::size_t from = factor == swapped ? a + 1 : a;
                EXPECT_EQ(design.entry(a + 2 + swapped, factor), design.entry(from, factor));
            }
        }
        EXPECT_NE(design.entry(a, 0), design.entry(a + 1, 0));
    }
}

TEST(Morris, moves_each_factor_once_by_the_same_jump_within_the_range) {
    const Design design = make_design({.name = "morris", .size = 20, .levels = 4},
                                      {range("a", 0, 3), range("b", 0, 3), range("c", 0, 3)});

    ASSERT_EQ(design.points(), 20U * 4U);
    for (std::size_t t = 0; t < 20; ++t) {
        std::set<std::size_t> moved;
        for (std::size_t step = 1; step <= 3; ++step) {
            for (std::size_t factor = 0; factor < 3; ++factor) {
                const double now = design.entry(4 * t + step, factor);
                const double jump = now - design.entry(4 * t + step - 1, factor);
                EXPECT_TRUE(now >= -1e-9 && now <= 3.0 + 1e-9);
                if (std::abs(jump) < 1e-9) continue;
                EXPECT_NEAR(std::abs(jump), 2.0, 1e-9); // p / (2 (p - 1)) = 2/3 of the range
                EXPECT_TRUE(moved.insert(factor).second);
            }
        }
        EXPECT_EQ(moved.size(), 3U);
    }
}

TEST(Ranges, may_be_logarithmic_or_of_whole_numbers) {
    Factor log = range("a", 0.01, 100);
    log.logarithmic = true;
    Factor whole = range("b", 1, 6);
    whole.whole = true;
    std::vector<int> counts(7, 0);
    for (int i = 0; i < 600; ++i) ++counts[static_cast<std::size_t>(whole.entry_at(i / 600.0))];

    EXPECT_NEAR(log.entry_at(0.5), 1.0, 1e-12);
    EXPECT_EQ(counts, (std::vector<int>{0, 100, 100, 100, 100, 100, 100}));
    EXPECT_EQ(whole.entry_at(1.0), 6.0);
    Factor both = range("c", 1, 1e6, 4);
    both.whole = both.logarithmic = true;
    EXPECT_EQ(both.entry(1), 100.0);
    EXPECT_EQ(both.entry(2), 10000.0);
}

const std::string two_arms = R"(
cercle = 1
seed = 1
[design]
method = "toggles"
[[factor]]
name = "voice"
paths = ["governance.voice", "governance.consultation"]
[[factor]]
name = "price"
paths = ["pricing.rule"]
[[arm]]
name = "scop"
governance.regime = "cooperative"
pricing.rule = "fair"
[[arm]]
name = "plain"
)";

TEST(Toggles, mix_the_arms_in_every_way_between_the_two_of_them) {
    const Scenario scenario =
        read_scenario({.name = "t.toml", .text = two_arms, .folder = ".", .overrides = {}});
    const Design& design = scenario.design;

    ASSERT_EQ(design.factors.size(), 3U); // and what else differs
    EXPECT_EQ(design.factors[2].name, "other differences");
    ASSERT_EQ(design.points(), 4U);
    EXPECT_EQ(settings_at(scenario, 0, 0), scenario.arms[0].settings);
    EXPECT_EQ(settings_at(scenario, 1, 0), scenario.arms[1].settings);
    std::set<std::vector<double>> mixtures;
    for (std::size_t point = 0; point < 4; ++point) {
        const sim::Settings first = settings_at(scenario, 0, point);
        const sim::Settings second = settings_at(scenario, 1, point);
        const bool own_voice = first.number("governance.voice") == 0.58;
        const bool own_price = first.text("pricing.rule") == "fair";
        EXPECT_EQ(second.number("governance.voice") == 0.45, own_voice);
        EXPECT_EQ(second.text("pricing.rule") == "market", own_price);
        EXPECT_EQ(first.number("governance.consultation") == 0.05, own_voice);
        EXPECT_EQ(own_voice, design.entry(point, 0) == 1.0);
        EXPECT_EQ(own_price, design.entry(point, 1) == 1.0);
        mixtures.insert({design.entry(point, 0), design.entry(point, 1), design.entry(point, 2)});
    }
    EXPECT_EQ(mixtures.size(), 4U);
}

/// What toggles of `two_arms` with more in the second arm and in the mechanism "voice" are refused
/// with; "" when they are not.
std::string refusal_of_toggles(const std::string& overridden) {
    try {
        read_scenario(
            {.name = "t.toml", .text = two_arms + overridden, .folder = ".", .overrides = {}});
    } catch (const sim::UserError& error) {
        return error.what();
    }
    return "";
}

TEST(Toggles, of_what_both_arms_have_alike_are_refused) {
    const std::string message =
        refusal_of_toggles("[[factor]]\nname = \"idle\"\npaths = [\"client.price\"]\n");

    EXPECT_NE(message.find("factor \"idle\": both arms have the same client.price"),
              std::string::npos)
        << message;
}

TEST(Toggles, of_arms_with_other_people_are_refused) {
    const std::string message = refusal_of_toggles("network.colleague.nodes = 30\n");

    EXPECT_NE(message.find("the arms differ in network.colleague.nodes"), std::string::npos)
        << message;
}

TEST(DesignPoints, give_the_arm_their_values_and_come_back_from_the_resolved_text) {
    const std::string text =
        "cercle = 1\nseed = 1\n[design]\nmethod = \"lhs\"\nsize = 5\n"
        "[[factor]]\npath = \"contagion.colleague.weight\"\nrange = [0.1, 0.4]\n"
        "[[factor]]\npath = \"pricing.rule\"\nlevels = [\"fair\", \"market\"]\n";
    const Scenario scenario =
        read_scenario({.name = "t.toml", .text = text, .folder = ".", .overrides = {}});
    const Scenario again = read_scenario(
        {.name = "r.toml", .text = resolved_text(scenario), .folder = ".", .overrides = {}});

    EXPECT_EQ(again.design.matrix, scenario.design.matrix);
    for (std::size_t point = 0; point < 5; ++point) {
        const sim::Settings settings = settings_at(scenario, 0, point);
        EXPECT_EQ(settings.number("contagion.colleague.weight"), scenario.design.entry(point, 0));
        EXPECT_EQ(settings.text("pricing.rule"),
                  scenario.design.entry(point, 1) == 0.0 ? "fair" : "market");
    }
}

TEST(DesignPoints, that_do_not_fit_together_are_refused) {
    const std::string text = "cercle = 1\nseed = 1\n[design]\nmethod = \"grid\"\n"
                             "[[factor]]\npath = \"contagion.colleague.weight\"\n"
                             "levels = [0.1, 0.95]\n";
    EXPECT_THROW(read_scenario({.name = "t.toml", .text = text, .folder = ".", .overrides = {}}),
                 sim::UserError);
}

TEST(Toggles, along_orders_meet_every_prefix_of_each_once) {
    const DesignMethod method{.name = "toggles", .size = 3, .seed = 5};
    std::vector<Factor> factors(6, Factor{.name = "m", .paths = {"p"}});

    const Design design = make_design(method, factors);

    const auto orders = toggle_orders(method, 6);
    ASSERT_EQ(orders.size(), 3U);
    std::set<std::vector<double>> points;
    for (std::size_t point = 0; point < design.points(); ++point) {
        const auto row = design.matrix.begin() + static_cast<std::ptrdiff_t>(6 * point);
        EXPECT_TRUE(points.insert({row, row + 6}).second) << "a mixture is there twice";
    }
    EXPECT_TRUE(points.contains(std::vector<double>(6, 1.0)));
    for (const auto& order : orders) {
        std::vector<double> prefix(6, 0.0);
        for (std::size_t k = 0; k < 5; ++k) {
            prefix[order[k]] = 1.0;
            EXPECT_TRUE(points.contains(prefix));
        }
    }
    EXPECT_LE(design.points(), 16U);
}

}
}
