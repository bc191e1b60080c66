// Whatever the parameters, states stay finite and within their bounds (E5, D25 iv).
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "models/draws.hpp"
#include "models/firm/ledger.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

/// A corner of the space of parameters: each at an end of its range, or at its default where the
/// range is open-ended; the total of a group of shares is set right afterwards.
sim::Settings corner(std::uint64_t which) {
    sim::Settings settings = default_settings();
    sim::Stream stream(which, sim::Draw::start_state, 1);
    for (const sim::Parameter& parameter : parameters()) {
        const std::uint64_t choice = stream.below(3);
        if (parameter.path.starts_with("market.firms") || parameter.path == "market.size") continue;
        if (std::holds_alternative<bool>(parameter.fallback)) {
            if (parameter.path != "switch.rewiring") settings.set(parameter.path, choice == 0);
        } else if (!parameter.choices.empty()) {
            settings.set(parameter.path, parameter.choices[stream.below(parameter.choices.size())]);
        } else if (choice < 2) {
            const double end = choice == 0 ? parameter.range.low : parameter.range.high;
            if (parameter.range.holds(end) && std::isfinite(end)) settings.set(parameter.path, end);
        }
    }
    for (const char* weight : {"colleague", "manager", "client", "contact", "word_of_mouth"}) {
        const std::string path = std::string("contagion.") + weight + ".weight";
        settings.set(path, 0.3 * settings.number(path));
    }
    for (const std::string form : {"governance", "rival"}) {
        settings.set(form + ".legal_form", std::string("ordinary"));
        settings.set(form + ".workers_share", 0.3);
        settings.set(form + ".reserve_share", 0.3);
        settings.set(form + ".capital_share", 0.4);
    }
    settings.set("market.firms", 2.0); // so that one of them may be a rival; the layout has its own
    settings.set("votes.table_size", 100.0);
    if (settings.number("contagion.negativity") * settings.number("employee.adjustment") > 1.0) {
        settings.set("contagion.negativity", 1.0);
    }
    settings.set("time.step", which % 2 == 0 ? 1.0 : 0.25);
    return settings;
}

bool all_within(const auto& column, auto low, auto high) {
    return std::all_of(column.data(), column.data() + column.size(),
                       [&](auto value) { return value >= low && value <= high; });
}

void expect_bounded(sim::World& world) {
    constexpr float far = 500.0F;
    const auto staff = employees(world);
    const auto market = clients(world);
    const auto firm = firms(world);
    EXPECT_TRUE(all_within(staff.engagement, -far, far));
    EXPECT_TRUE(all_within(market.engagement, -far, far));
    EXPECT_TRUE(all_within(staff.autonomy, 0.0F, 1.0F));
    EXPECT_TRUE(all_within(staff.competence, 0.0F, 1.0F));
    EXPECT_TRUE(all_within(staff.relatedness, 0.0F, 1.0F));
    EXPECT_TRUE(all_within(market.fairness, -1.0F, 1.0F));
    EXPECT_TRUE(all_within(market.quality, 0.0F, 1.0F));
    EXPECT_TRUE(all_within(market.score, 0.0F, 10.0F));
    EXPECT_TRUE(all_within(staff.absence, 0.0F, 1000.0F));
    EXPECT_TRUE(all_within(staff.output, 0.0F, 10.0F));
    EXPECT_TRUE(all_within(firm.voice, 0.0F, 1.0F));
    EXPECT_TRUE(all_within(firm.innovation, 0.0F, 1000.0F));
    EXPECT_TRUE(all_within(firm.wage_factor, 0.79F, 1.01F));
    EXPECT_TRUE(all_within(firm.extraction, 0.0F, 1.0F));
    EXPECT_TRUE(all_within(firm.member_share, 0.0F, 1.0F));
    for (std::size_t home = 0; home < firm.alive.size(); ++home) {
        const float elsewhere = environment(world).market_price[home];
        if (firm.alive[home] == 0) continue;
        EXPECT_GE(firm.price[home], 0.6999F * elsewhere);
        EXPECT_LE(firm.price[home], 1.3001F * elsewhere);
    }
}

TEST(States, stay_within_their_bounds_in_every_corner_of_the_parameters) {
    const Layout layout = office_of(9, 3, 5);
    int tried = 0;
    for (std::uint64_t which = 0; which < 150; ++which) {
        const auto settings = corner(which);
        const sim::Problems problems = check(settings);
        ASSERT_TRUE(problems.empty()) << problems.front().sentence;
        sim::World world = found(layout, settings, {.seed = which, .lanes = 4});
        const double months = settings.number("time.step");
        for (int quarter = 0; quarter < 12; ++quarter) {
            advance(world, pipeline_of(settings), static_cast<std::uint32_t>(3.0 / months), months);
            expect_bounded(world);
        }
        if (HasFailure()) FAIL() << "in corner " << which;
        ++tried;
    }
    EXPECT_EQ(tried, 150);
}

TEST(Engagement, is_a_fraction_strictly_between_0_and_1_in_the_default_world) {
    const auto settings = default_settings();
    sim::World world = found(office_of(27, 9, 10), settings, {.seed = 1, .lanes = 8});

    advance(world, pipeline_of(settings), 60);

    auto staff = employees(world);
    auto market = clients(world);
    for (std::size_t row = 0; row < staff.engagement.size(); ++row) {
        EXPECT_GT(sim::logistic(staff.engagement[row]), 0.0F);
        EXPECT_LT(sim::logistic(staff.engagement[row]), 1.0F);
    }
    for (std::size_t row = 0; row < market.engagement.size(); ++row) {
        EXPECT_GT(sim::logistic(market.engagement[row]), 0.0F);
        EXPECT_LT(sim::logistic(market.engagement[row]), 1.0F);
    }
}

}
}
