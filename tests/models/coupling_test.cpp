// Channels that are off must leave no trace, and must not shift the chance of anything else (D25
// i).
#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

const Changes all_channels_off = {
    {"switch.contagion", false}, {"switch.quality", false}, {"switch.commercial", false}};

sim::World two_years(Layout layout, const std::vector<sim::Tie>& colleagues,
                     const std::vector<sim::Tie>& talk, const sim::Settings& settings) {
    layout.colleague = sim::Graph(layout.positions(), colleagues, true);
    layout.client = sim::Graph(layout.clients, talk, true);
    sim::World world = found(layout, settings, {.seed = 4, .lanes = 4});
    advance(world, pipeline_of(settings), 24);
    return world;
}

TEST(NoChannel, means_that_nobody_feels_the_graph) {
    const Layout layout = office_of(18, 6, 6);
    const auto clients = static_cast<std::uint32_t>(layout.clients);
    const auto settings = with(default_settings(), all_channels_off);

    const auto sparse = two_years(layout, ring(18), {}, settings);
    const auto dense = two_years(layout, complete(18), ring(clients), settings);

    EXPECT_EQ(sparse.populations, dense.populations);
}

TEST(NoChannel, is_needed_for_that) {
    const Layout layout = office_of(18, 6, 6);
    const auto settings =
        with(with(default_settings(), all_channels_off), {{"switch.contagion", true}});

    EXPECT_NE(two_years(layout, ring(18), {}, settings).populations,
              two_years(layout, complete(18), {}, settings).populations);
}

TEST(NoChannel, means_that_clients_do_not_feel_their_contacts) {
    const Layout layout = office_of(6, 6, 6);
    const auto settings = with(default_settings(), all_channels_off);
    sim::World low = found(layout, settings, {.seed = 4});
    sim::World high = low;
    auto staff = employees(high);
    for (std::size_t i = 0; i < 6; ++i) staff.engagement[i] += 3.0F;

    const auto pipeline = only(settings, {"express", "contagion.employee", "client.contacts",
                                          "client.fairness", "client.encounters",
                                          "contagion.client", "client.exit", "client.acquisition"});
    advance(low, pipeline, 12);
    advance(high, pipeline, 12);

    auto unmoved = clients(low);
    auto faced = clients(high);
    for (std::size_t row = 0; row < unmoved.firm.size(); ++row) {
        EXPECT_EQ(unmoved.firm[row], faced.firm[row]);
        EXPECT_EQ(unmoved.engagement[row], faced.engagement[row]);
        EXPECT_EQ(unmoved.fairness[row], faced.fairness[row]);
        EXPECT_EQ(unmoved.bad[row], faced.bad[row]);
        EXPECT_EQ(unmoved.good[row], faced.good[row]);
    }
    EXPECT_NE(unmoved.contact_shown[0], faced.contact_shown[0]);
}

/// Settings in which engagement decides nothing: who feels what can change no event.
sim::Settings without_consequences() {
    return with(default_settings(), {{"switch.commercial", false},
                                     {"quit.engagement", 0.0},
                                     {"output.productivity", 0.0},
                                     {"output.illness", 0.0},
                                     {"output.absence", 0.0},
                                     {"output.creativity", 0.0},
                                     {"encounter.engagement", 0.0},
                                     {"votes.proposals", 0.0}});
}

TEST(Contagion, switched_on_shifts_no_draw_of_any_other_law) {
    const Layout layout = office_of(18, 6, 6);
    const auto off = with(without_consequences(), {{"switch.contagion", false}});

    auto with_contagion = two_years(layout, ring(18), {}, without_consequences());
    auto without = two_years(layout, ring(18), {}, off);

    auto felt = employees(with_contagion);
    auto unfelt = employees(without);
    EXPECT_NE(felt.engagement[0], unfelt.engagement[0]);
    EXPECT_EQ(with_contagion.populations[static_cast<std::size_t>(Kind::teams)],
              without.populations[static_cast<std::size_t>(Kind::teams)]);
    for (std::size_t row = 0; row < felt.occupied.size(); ++row) {
        EXPECT_EQ(felt.occupied[row], unfelt.occupied[row]);
        EXPECT_EQ(felt.occupant[row], unfelt.occupant[row]);
        EXPECT_EQ(felt.set_point[row], unfelt.set_point[row]);
        EXPECT_EQ(felt.tenure[row], unfelt.tenure[row]);
    }
    auto served = clients(with_contagion);
    auto kept = clients(without);
    std::size_t lost = 0;
    for (std::size_t row = 0; row < served.firm.size(); ++row) {
        EXPECT_EQ(served.firm[row], kept.firm[row]);
        EXPECT_EQ(served.contact[row], kept.contact[row]);
        EXPECT_EQ(served.bad[row], kept.bad[row]);
        EXPECT_EQ(served.relation[row], kept.relation[row]);
        lost += row / 4 % 3 == 0 && served.firm[row] == outside ? 1 : 0;
    }
    EXPECT_GT(lost, 0U) << "something must have happened";
    auto rich = firms(with_contagion);
    auto same = firms(without);
    for (std::size_t lane = 0; lane < 4; ++lane) {
        EXPECT_EQ(rich.cash[lane], same.cash[lane]);
        EXPECT_EQ(rich.price[lane], same.price[lane]);
    }
}

TEST(Quality, switched_off_leaves_the_number_of_encounters) {
    const Layout layout = office_of(6, 6, 6);
    const auto on = with(default_settings(), {{"encounter.engagement", 0.0},
                                              {"encounter.member_effort", 0.0},
                                              {"encounter.information", 0.0}});
    const auto off = with(on, {{"switch.quality", false}});
    const auto meet_once = [&](const sim::Settings& settings) {
        sim::World world = found(layout, settings, {.seed = 4});
        advance(world, only(settings, {"express", "client.contacts", "client.encounters"}), 1);
        return world;
    };

    EXPECT_EQ(meet_once(on), meet_once(off));
}

TEST(PairedArms, have_the_same_people_and_shocks) {
    const Layout layout = office_of(18, 6, 6);
    const auto conventional = default_settings();
    const auto dear = with(conventional, {{"pricing.rule", "extractive"}, {"firm.wage", 5000.0}});

    auto one = two_years(layout, ring(18), {}, conventional);
    auto other = two_years(layout, ring(18), {}, dear);

    EXPECT_EQ(environment(one).market_price[2], environment(other).market_price[2]);
    EXPECT_EQ(teams(one).shock[1], teams(other).shock[1]);
    auto here = employees(one);
    auto there = employees(other);
    std::size_t same = 0;
    for (std::size_t row = 0; row < here.occupied.size(); ++row) {
        if (here.occupant[row] != there.occupant[row]) continue;
        EXPECT_EQ(here.set_point[row], there.set_point[row]);
        EXPECT_EQ(here.taste[row], there.taste[row]);
        ++same;
    }
    EXPECT_GT(same, here.occupied.size() / 2);
}

}
}
