// The engine with linear pulls and without noise is a linear map, solved exactly in docs/model.md;
// the oracles come from the map's equations by hand or by numpy.
#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

const std::vector<sim::Tie> path3 = {{0, 1}, {1, 2}};

sim::Settings three_in_a_row() {
    return with(quiet_settings(), {{"contagion.colleague.weight", 0.3},
                                   {"contagion.manager.weight", 0.0},
                                   {"contagion.client.weight", 0.0},
                                   {"employee.adjustment", 0.1}});
}

sim::World founded(const SmallFirm& firm, const sim::Settings& settings,
                   const std::vector<float>& set_points) {
    sim::World world = found(layout_of(firm), settings, {.seed = 1});
    auto staff = employees(world);
    for (std::size_t i = 0; i < set_points.size(); ++i) {
        staff.set_point[i] = staff.engagement[i] = set_points[i];
    }
    return world;
}

std::vector<float> engagement_after(sim::World world, const sim::Settings& settings,
                                    std::uint32_t steps) {
    advance(world, only(settings, {"express", "contagion.employee"}), steps);
    const float* x = employees(world).engagement.data();
    return {x, x + count_of(world, Kind::employees)};
}

TEST(LinearContagion, tends_to_the_fixed_point_of_three_in_a_row) {
    const auto settings = three_in_a_row();
    const auto world = founded({.teams = {3}, .ties = path3}, settings, {-1.0F, 0.5F, 1.0F});

    const auto x = engagement_after(world, settings, 400);

    EXPECT_NEAR(x[0], -0.5846153846, 1e-5);
    EXPECT_NEAR(x[1], 0.3846153846, 1e-5);
    EXPECT_NEAR(x[2], 0.8153846154, 1e-5);
}

TEST(LinearContagion, is_on_the_way_there_after_a_year) {
    const auto settings = three_in_a_row();
    const auto world = founded({.teams = {3}, .ties = path3}, settings, {-1.0F, 0.5F, 1.0F});

    const auto x = engagement_after(world, settings, 12);

    EXPECT_NEAR(x[0], -0.6910402089, 1e-5);
    EXPECT_NEAR(x[1], 0.4063113479, 1e-5);
    EXPECT_NEAR(x[2], 0.8784175130, 1e-5);
}

TEST(LinearContagion, leaves_the_mean_of_equally_tied_people_unchanged) {
    const auto settings = three_in_a_row();
    const auto world =
        founded({.teams = {5}, .ties = complete(5)}, settings, {-2.0F, -0.5F, 0.0F, 1.0F, 1.5F});

    const auto x = engagement_after(world, settings, 60);

    EXPECT_NEAR(x[0] + x[1] + x[2] + x[3] + x[4], 0.0, 1e-5);
    EXPECT_LT(x[4] - x[0], 3.0F);
}

TEST(LinearContagion, moves_one_step_as_computed_by_hand) {
    const auto settings = with(three_in_a_row(), {{"employee.adjustment", 0.5}});
    SmallFirm firm{.teams = {3}, .ties = {{0, 1, 3.0F}, {0, 2, 1.0F}}};
    const auto world = founded(firm, settings, {0.0F, 1.0F, 3.0F});

    const auto x = engagement_after(world, settings, 1);

    // Colleagues of 0 show (3 x 1 + 1 x 3) / 4 = 1.5; x0 = 0 + .5 (.7 x 0 + .3 x 1.5) = .225.
    EXPECT_FLOAT_EQ(x[0], 0.225F);
    EXPECT_FLOAT_EQ(x[1], 1.0F + 0.5F * 0.3F * (0.0F - 1.0F));
    EXPECT_FLOAT_EQ(x[2], 3.0F + 0.5F * 0.3F * (0.0F - 3.0F));
}

TEST(LinearContagion, gives_the_weight_of_an_empty_channel_back_to_the_set_point) {
    const auto settings = three_in_a_row();
    auto world =
        founded({.teams = {3}, .ties = path3, .vacant = {1}}, settings, {1.0F, 0.0F, 1.0F});
    auto staff = employees(world);
    staff.engagement[0] = 0.0F;

    const auto x = engagement_after(world, settings, 1);

    EXPECT_FLOAT_EQ(x[0], 0.1F); // .1 (1 - 0), undiminished by the .3 of colleagues
}

TEST(LinearContagion, follows_ties_one_way_where_they_are_directed) {
    const auto settings = three_in_a_row();
    const SmallFirm firm{.teams = {2}, .ties = {{0, 1}}, .directed = true};

    const auto x = engagement_after(founded(firm, settings, {0.0F, 1.0F}), settings, 1);

    EXPECT_FLOAT_EQ(x[0], 0.03F);
    EXPECT_FLOAT_EQ(x[1], 1.0F);
}

TEST(LinearContagion, comes_from_the_manager_too) {
    const auto settings = with(three_in_a_row(), {{"contagion.manager.weight", 0.2}});
    const SmallFirm firm{.teams = {2}, .manager = 1};

    const auto x = engagement_after(founded(firm, settings, {0.0F, 1.0F}), settings, 1);

    EXPECT_FLOAT_EQ(x[0], 0.1F * 0.2F);
    EXPECT_FLOAT_EQ(x[1], 1.0F);
}

TEST(LinearContagion, takes_the_weight_of_each_channel_from_the_set_point) {
    const auto settings = with(three_in_a_row(), {{"contagion.manager.weight", 0.2}});
    SmallFirm firm{.teams = {2}, .ties = {{0, 1}}, .manager = 1};
    auto world = founded(firm, settings, {1.0F, 0.0F});
    employees(world).engagement[0] = 0.0F;

    EXPECT_FLOAT_EQ(engagement_after(world, settings, 1)[0], 0.1F * (1.0F - 0.3F - 0.2F));
}

TEST(LinearContagion, shows_only_the_authentic_part_of_a_feeling) {
    const auto settings = three_in_a_row();
    auto world = founded({.teams = {2}, .ties = {{0, 1}}}, settings, {0.0F, 1.0F});
    employees(world).authenticity[1] = 0.25F;

    EXPECT_FLOAT_EQ(engagement_after(world, settings, 1)[0], 0.1F * 0.3F * 0.25F);
}

TEST(LinearContagion, permutes_its_answers_when_people_are_relabelled) {
    const auto settings = three_in_a_row();
    // Two neighbours each: a sum of two does not depend on their order, so bits must agree.
    const std::vector<std::uint32_t> label = {3, 0, 4, 1, 2};
    std::vector<sim::Tie> relabelled;
    for (const sim::Tie& tie : ring(5)) relabelled.push_back({label[tie.from], label[tie.to]});
    const std::vector<float> b = {-1.0F, 0.3F, 0.5F, 1.7F, -0.2F};
    std::vector<float> b_relabelled(5);
    for (std::size_t i = 0; i < 5; ++i) b_relabelled[label[i]] = b[i];

    const auto x = engagement_after(founded({.ties = ring(5)}, settings, b), settings, 24);
    const auto y =
        engagement_after(founded({.ties = relabelled}, settings, b_relabelled), settings, 24);

    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(y[label[i]], x[i]) << i;
    EXPECT_NE(x[0], x[1]);
}

/// An employee and the only client, who influence each other.
struct Dyad {
    float employee, client;
};

Dyad dyad_after(std::uint32_t steps, double first_shock, const Changes& more = {}) {
    const auto settings = with(with(quiet_settings(), {{"employee.adjustment", 0.10},
                                                       {"client.adjustment", 0.12},
                                                       {"contagion.client.weight", 0.25},
                                                       {"contagion.contact.weight", 0.40},
                                                       {"client.unfair_speed", 1.0}}),
                               more);
    auto world = founded({.teams = {1}, .served = {{0, 0, 0, nobody}}}, settings,
                         {-0.5F + static_cast<float>(first_shock)});
    auto market = clients(world);
    market.set_point[0] = market.engagement[0] = 0.8F;
    advance(
        world,
        only(settings, {"express", "contagion.employee", "client.contacts", "contagion.client"}),
        steps);
    return {employees(world).engagement[0], market.engagement[0]};
}

TEST(EmployeeAndClient, tend_to_the_fixed_point_of_their_loop) {
    const Dyad dyad = dyad_after(400, 0.0);

    EXPECT_NEAR(dyad.employee, -0.2833333333, 1e-5);
    EXPECT_NEAR(dyad.client, 0.3666666667, 1e-5);
}

TEST(EmployeeAndClient, answer_a_lasting_push_with_the_gain_of_the_loop) {
    const Dyad before = dyad_after(400, 0.0);
    const Dyad after = dyad_after(400, 1.0);

    EXPECT_NEAR(after.employee - before.employee, 0.8333333, 1e-5);
    EXPECT_NEAR(after.client - before.client, 0.3333333, 1e-5);
}

TEST(EmployeeAndClient, pushed_in_turn_show_the_gain_of_their_loop) {
    const Dyad before = dyad_after(400, 0.0);
    const Dyad employee_pushed = dyad_after(400, 0.0, {{"impulse.employee", 1.0}});
    const Dyad client_pushed = dyad_after(400, 0.0, {{"impulse.client", 1.0}});

    const float along =
        (employee_pushed.client - before.client) / (employee_pushed.employee - before.employee);
    const float back =
        (client_pushed.employee - before.employee) / (client_pushed.client - before.client);

    EXPECT_NEAR(along, 0.40, 1e-5);
    EXPECT_NEAR(back, 0.25, 1e-5);
    EXPECT_NEAR(employee_pushed.employee - before.employee, 0.75 / (1.0 - along * back), 1e-5);
}

TEST(EmployeeAndClient, move_at_once_from_what_both_showed_before) {
    const Dyad dyad = dyad_after(1, 0.0);

    EXPECT_FLOAT_EQ(dyad.employee, -0.5F + 0.1F * 0.25F * (0.8F + 0.5F));
    EXPECT_FLOAT_EQ(dyad.client, 0.8F + 0.12F * 0.4F * (-0.5F - 0.8F));
}

TEST(EmployeeAndClient, at_their_reference_means_leave_each_other_alone) {
    const auto settings = with(quiet_settings(), {{"employee.mean", -0.62}, {"client.mean", 0.75}});
    auto world = founded({.teams = {1}, .served = {{0, 0, 0, nobody}}}, settings, {-0.62F});
    auto market = clients(world);
    market.set_point[0] = market.engagement[0] = 0.75F;

    advance(
        world,
        only(settings, {"express", "contagion.employee", "client.contacts", "contagion.client"}),
        12);

    EXPECT_NEAR(employees(world).engagement[0], -0.62, 1e-6);
    EXPECT_NEAR(market.engagement[0], 0.75, 1e-6);
}

}
}
