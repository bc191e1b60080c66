#include <cmath>

#include <gtest/gtest.h>

#include "models/governance/ballot.hpp"
#include "tests/models/small_world.hpp"
#include "tests/models/statistics.hpp"

namespace cercle::models {
namespace {

/// Five members of a co-operative with these tastes, sure to vote (or not to).
struct Assembly {
    sim::Settings settings;
    sim::World world;
    Employees staff;
    Firms firm;

    explicit Assembly(const Changes& changes = {},
                      const std::vector<float>& tastes = {-2, -1, 0.3F, 1, 9})
        : settings(with(with(quiet_settings(), {{"governance.membership", true},
                                                {"governance.owner_votes", 0.0},
                                                {"votes.proposals", 0.0}}),
                        changes)),
          world(found(layout_of({}), settings, {.seed = 8})), staff(employees(world)),
          firm(firms(world)) {
        for (std::size_t i = 0; i < 5; ++i) {
            staff.member[i] = 1;
            staff.engagement[i] = 40.0F;
            staff.taste[i] = tastes[i];
        }
    }
    void after(std::uint32_t months) {
        advance(world, only(settings, {"governance.votes"}), months);
    }
};

TEST(Votes, elect_the_median_member_once_a_quarter) {
    Assembly assembly;

    assembly.after(2);
    EXPECT_EQ(assembly.firm.policy_position[0], 0.0F);
    assembly.after(1);
    EXPECT_FLOAT_EQ(assembly.firm.policy_position[0], 0.3F);
}

TEST(Votes, are_of_members_who_are_there_and_turn_out) {
    Assembly assembly;
    assembly.staff.occupied[0] = 0;
    assembly.staff.member[1] = 0;
    assembly.staff.engagement[2] = -40.0F;

    assembly.after(3);

    EXPECT_FLOAT_EQ(assembly.firm.policy_position[0], 1.0F); // the lower of 1 and 9
}

TEST(Votes, of_capital_decide_where_it_owns_the_firm) {
    Assembly assembly({{"governance.owner_votes", 1.0}, {"governance.owner_position", 0.7}});

    assembly.after(3);

    EXPECT_FLOAT_EQ(assembly.firm.policy_position[0], 0.7F);
}

TEST(Voice, moves_toward_the_share_who_got_their_way_and_half_the_share_heard) {
    Assembly members;
    Assembly owned({{"governance.owner_votes", 1.0}, {"governance.owner_position", 0.9}});
    members.firm.voice[0] = owned.firm.voice[0] = 0.5F;
    const double speed = 1.0 - std::pow(0.9, 3.0);

    members.after(3);
    owned.after(3);

    // One in five is within .35 of the policy; all five are heard, or .4 of them consulted.
    EXPECT_NEAR(members.firm.voice[0], 0.5 + speed * (0.2 + 0.5 - 0.5), 1e-6);
    EXPECT_NEAR(owned.firm.voice[0], 0.5 + speed * (0.2 + 0.5 * 0.4 - 0.5), 1e-6);
}

/// Members of 20 000 who vote, in this mood: read from the voice they gain by being heard.
double voters(float mood) {
    const auto settings = with(quiet_settings(), {{"governance.membership", true},
                                                  {"governance.owner_votes", 0.0},
                                                  {"governance.consultation", 0.0},
                                                  {"votes.closeness", 0.0},
                                                  {"votes.voice_speed", 1.0}});
    sim::World world = found(layout_of({.teams = {20000}}), settings, {.seed = 8});
    auto staff = employees(world);
    for (std::size_t i = 0; i < 20000; ++i) {
        staff.member[i] = 1;
        staff.engagement[i] = mood;
    }
    advance(world, only(settings, {"governance.votes"}), 3);
    return 20000.0 * static_cast<double>(firms(world).voice[0]) / 0.5;
}

// H0: P(a member votes) = logistic(1 + x). z of a share, n = 20 000, alpha = 1e-3 two-sided (normal
// quantile). Twin: a mood .1 better.
TEST(Turnout, rises_with_engagement) {
    const auto z = [](double votes, double log_odds) {
        return std::abs(z_of_share(votes, 20000, 1.0 / (1.0 + std::exp(-log_odds))));
    };

    EXPECT_LT(z(voters(0.0F), 1.0), critical_z);
    EXPECT_LT(z(voters(-1.5F), -0.5), critical_z);
    EXPECT_GT(z(voters(0.1F), 1.0), critical_z);
}

struct Proposals {
    double made = 0, adopted = 0, gain = 0;
};

/// A quarter's proposals of 20 000 employees under a board of three.
Proposals proposals(float engagement, double accuracy) {
    const auto settings =
        with(quiet_settings(), {{"votes.accuracy", accuracy}, {"votes.correlation", 0.0}});
    sim::World world = found(layout_of({.teams = {20000}}), settings, {.seed = 8});
    auto staff = employees(world);
    for (std::size_t i = 0; i < 20000; ++i) staff.engagement[i] = engagement;
    firms(world).voice[0] = 0.5F;
    advance(world, only(with(settings, {{"votes.voice_speed", 0.0}}), {"governance.votes"}), 3);
    const auto firm = firms(std::as_const(world));
    return {static_cast<double>(firm.proposals[0]), static_cast<double>(firm.adopted[0]),
            (static_cast<double>(firm.innovation[0]) - 1.0) * 20000.0 / 0.02};
}

// H0: P(propose in a quarter) = .5 E V; half of all proposals are adopted; adopted good ones exceed
// bad ones by (2 r - 1) of a half, r the probability that three are right. z, alpha = 1e-3
// two-sided (normal quantile). Twins: proposals at 1.1 E; judges of .6 taken for judges of .7.
TEST(Proposals, come_from_the_engaged_and_are_judged_as_condorcet_says) {
    const Proposals keen = proposals(0.0F, 0.7);
    const double right = majority_is_right(3, 0.7);
    const double made = 20000 * 0.5 * 0.5 * 0.5;
    const auto z_of_gain = [&](const Proposals& p) {
        return (p.gain - p.made * (2 * right - 1) / 2) / std::sqrt(p.made * 0.5);
    };

    EXPECT_LT(std::abs(z_of_share(keen.made, 20000, 0.125)), critical_z);
    EXPECT_GT(std::abs(z_of_share(keen.made, 20000, 0.1375)), critical_z);
    EXPECT_LT(std::abs(z_of_share(keen.adopted, keen.made, 0.5)), critical_z);
    EXPECT_LT(std::abs(z_of_gain(keen)), critical_z);
    EXPECT_GT(std::abs(z_of_gain(proposals(0.0F, 0.6))), critical_z);
    EXPECT_NEAR(keen.made, made, 200);
}

}
}
