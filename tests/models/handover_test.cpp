#include <cmath>

#include <gtest/gtest.h>

#include "models/staff/roster.hpp"
#include "tests/models/small_world.hpp"
#include "tests/models/statistics.hpp"

namespace cercle::models {
namespace {

/// Clients of employee 0, who has left a firm of two teams of five (or fewer are there).
struct Succession {
    sim::Settings settings;
    sim::World world;
    Clients market;

    explicit Succession(std::uint32_t count, const Changes& changes = {},
                        std::vector<std::uint32_t> vacant = {})
        : settings(with(quiet_settings(), changes)), world(founded(count, vacant)),
          market(clients(world)) {}

    sim::World founded(std::uint32_t count, const std::vector<std::uint32_t>& vacant) const {
        SmallFirm firm{.teams = {5, 5}, .clients = count, .vacant = vacant};
        for (std::uint32_t i = 0; i < count; ++i) firm.served.push_back({i, 0, 0, nobody});
        sim::World before = found(layout_of(firm), settings, {.seed = 21});
        auto now = clients(before);
        for (std::size_t i = 0; i < count; ++i) now.relation[i] = 30.0F;
        employees(before).occupied[0] = 0;
        call_roster(before);
        return before;
    }
    void hand_over() { advance(world, only(settings, {"network.handover"}), 1); }
};

TEST(HandOver, gives_a_client_a_successor_in_the_team_at_a_cost) {
    Succession succession(50);
    const float before = succession.market.engagement[7];

    succession.hand_over();

    for (std::size_t i = 0; i < 50; ++i) {
        EXPECT_GE(succession.market.contact[i], 1U);
        EXPECT_LE(succession.market.contact[i], 4U);
        EXPECT_NE(succession.market.second_contact[i], succession.market.contact[i]);
        EXPECT_EQ(succession.market.relation[i], 0.0F);
    }
    EXPECT_FLOAT_EQ(succession.market.engagement[7], before - 0.15F);
}

TEST(HandOver, happens_once) {
    Succession succession(5);
    succession.hand_over();
    const auto after = succession.world.populations;

    succession.hand_over();

    EXPECT_EQ(succession.world.populations, after);
}

TEST(HandOver, goes_to_another_team_when_nobody_is_left_in_the_own) {
    Succession succession(50, {}, {1, 2, 3, 4});

    succession.hand_over();

    for (std::size_t i = 0; i < 50; ++i) EXPECT_GE(succession.market.contact[i], 5U);
}

// H0: the four left in the team succeed alike. Chi-square, 3 degrees of freedom, alpha = 1e-3:
// 16.27 (tables). Twin: one of them twice as often.
TEST(HandOver, draws_successors_uniformly) {
    Succession succession(4000);
    succession.hand_over();
    std::vector<double> taken(4), second(5);
    for (std::size_t i = 0; i < 4000; ++i) ++taken[succession.market.contact[i] - 1];

    EXPECT_LT(chi_square(taken), 16.27);
    EXPECT_GT(chi_square({taken[0], taken[1], taken[2], 2.0 * taken[3]}), 16.27);
}

// H0: the three colleagues of a contact are second contacts alike. Chi-square, 2 degrees of
// freedom, alpha = 1e-3: 13.82 (tables). Twin: the next in the row twice as often.
TEST(SecondContact, is_drawn_uniformly_among_the_contacts_colleagues) {
    Succession succession(4000);
    std::vector<double> beside(5);
    for (std::uint32_t word = 0; word < 4000; ++word) {
        ++beside[Roster(succession.world).in_team_beside(2, 0, word * 1073741U)];
    }

    EXPECT_EQ(beside[0], 0.0) << "who left";
    EXPECT_EQ(beside[2], 0.0) << "the contact";
    EXPECT_LT(chi_square({beside[1], beside[3], beside[4]}), 13.82);
    EXPECT_GT(chi_square({beside[1], 2.0 * beside[3], beside[4]}), 13.82);
}

TEST(SecondContact, is_the_contact_where_nobody_else_is_in_the_team) {
    Succession succession(1, {}, {1, 3, 4});

    EXPECT_EQ(Roster(succession.world).in_team_beside(2, 0, 12345), 2U);
}

TEST(SecondContact, who_leaves_is_replaced_without_cost) {
    Succession succession(20);
    for (std::size_t i = 0; i < 20; ++i) {
        succession.market.contact[i] = 1;
        succession.market.second_contact[i] = 0;
    }
    const float before = succession.market.engagement[3];

    succession.hand_over();

    for (std::size_t i = 0; i < 20; ++i) {
        EXPECT_EQ(succession.market.contact[i], 1U);
        EXPECT_GE(succession.market.second_contact[i], 2U);
        EXPECT_LE(succession.market.second_contact[i], 4U);
    }
    EXPECT_EQ(succession.market.engagement[3], before);
    EXPECT_EQ(succession.market.relation[3], 30.0F);
}

/// Mean gap between clients and their successors in mood.
double gap(bool assortative) {
    Succession succession(2000, {{"handover.assortative", assortative}, {"handover.cost", 0.0}});
    auto staff = employees(succession.world);
    const float moods[] = {0.0F, -2.0F, -0.7F, 0.7F, 2.0F};
    for (std::size_t i = 0; i < 5; ++i) staff.engagement[i] = moods[i];
    succession.hand_over();
    double sum = 0.0;
    for (std::size_t i = 0; i < 2000; ++i) {
        sum += std::abs(static_cast<double>(staff.engagement[succession.market.contact[i]] -
                                            succession.market.engagement[i]));
    }
    return sum / 2000.0;
}

TEST(AssortativeHandOver, finds_successors_like_the_client) {
    EXPECT_LT(gap(true), 0.7 * gap(false));
}

TEST(Roster, lists_the_people_of_each_team_in_order_and_counts_them) {
    Succession succession(1, {}, {3, 7});
    auto& world = succession.world;
    auto staff = employees(world);
    auto team = teams(world);
    staff.member[1] = staff.member[9] = 1;

    call_roster(world);

    const std::vector<std::uint32_t> expected = {1, 2, 4, 5, 6, 8, 9};
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(staff.roster[i], expected[i]);
    EXPECT_EQ(team.roster_count[0], 3U);
    EXPECT_EQ(team.roster_first[1], 3U);
    EXPECT_EQ(team.roster_count[1], 4U);
    EXPECT_EQ(firms(world).employees[0], 7);
    EXPECT_EQ(firms(world).members[0], 2);
}

}
}
