#include "models/contagion/kernels.hpp"

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

/// Engagement of employee 0 after a step, starting at 0 with set point 0, among `others`, on whom
/// it spends equal time. adjustment x weight = .1 x .5, so a pull of 1 shows as .05.
float pulled_by(const std::vector<float>& others, const Changes& changes) {
    const auto settings =
        with(with(quiet_settings(), {{"contagion.colleague.weight", 0.5}}), changes);
    SmallFirm firm{.teams = {static_cast<std::uint32_t>(others.size() + 1)}};
    for (std::uint32_t i = 1; i <= others.size(); ++i) firm.ties.push_back({0, i});
    sim::World world = found(layout_of(firm), settings, {.seed = 1});
    auto staff = employees(world);
    staff.engagement[0] = staff.set_point[0] = 0.0F;
    for (std::size_t i = 0; i < others.size(); ++i) staff.engagement[i + 1] = others[i];
    advance(world, only(settings, {"express", "contagion.employee"}), 1);
    return staff.engagement[0] / 0.05F;
}

TEST(Kernels, linear_pull_is_the_gap_to_the_mean) {
    EXPECT_FLOAT_EQ(pulled_by({2.0F, -1.0F}, {}), 0.5F);
    EXPECT_FLOAT_EQ(pulled_by({-3.0F}, {}), -3.0F);
}

TEST(Kernels, negativity_doubles_what_pulls_down) {
    const Changes law = {{"contagion.kernel", "negativity"}, {"contagion.negativity", 2.0}};

    EXPECT_FLOAT_EQ(pulled_by({1.0F}, law), 1.0F);
    EXPECT_FLOAT_EQ(pulled_by({-1.0F}, law), -2.0F);
    EXPECT_FLOAT_EQ(pulled_by({-1.0F, 3.0F}, law), 1.0F);
}

TEST(Kernels, bounded_confidence_ignores_the_too_distant) {
    const Changes law = {{"contagion.kernel", "bounded"}, {"contagion.confidence", 1.0}};

    EXPECT_FLOAT_EQ(pulled_by({0.9F}, law), 0.9F);
    EXPECT_FLOAT_EQ(pulled_by({1.1F}, law), 0.0F);
    EXPECT_FLOAT_EQ(pulled_by({-1.1F}, law), 0.0F);
}

TEST(Kernels, complex_contagion_takes_enough_people_on_that_side) {
    const Changes law = {{"contagion.kernel", "complex"}, {"contagion.threshold", 0.5}};

    EXPECT_FLOAT_EQ(pulled_by({3.0F, -0.3F, -0.3F}, law), 0.0F); // up by one in three
    EXPECT_FLOAT_EQ(pulled_by({3.0F, 0.3F, -0.3F}, law), 1.0F);  // up by two in three
    EXPECT_FLOAT_EQ(pulled_by({-3.0F, -0.3F, 0.3F}, law), -1.0F);
    EXPECT_FLOAT_EQ(pulled_by({-3.0F, 0.3F, 0.3F}, law), 0.0F);
}

TEST(Kernels, leave_someone_alone_who_is_where_the_others_are) {
    for (const char* kernel : {"linear", "negativity", "bounded", "complex"}) {
        EXPECT_EQ(pulled_by({0.0F, 0.0F}, {{"contagion.kernel", kernel}}), 0.0F) << kernel;
    }
}

/// Engagement after one step of someone alone: start 0, set point 1, will and conviction at 0.
float composed(const char* composition, float will, float conviction) {
    const auto settings = with(quiet_settings(), {{"employee.composition", composition},
                                                  {"employee.will_adjustment", 0.30},
                                                  {"employee.conviction_adjustment", 0.05}});
    sim::World world = found(layout_of({.teams = {1}}), settings, {.seed = 1});
    auto staff = employees(world);
    staff.set_point[0] = 1.0F;
    staff.engagement[0] = 0.0F;
    staff.will[0] = will;
    staff.conviction[0] = conviction;
    advance(world, only(settings, {"express", "contagion.employee"}), 1);
    return staff.engagement[0];
}

TEST(Composition, moves_one_state_or_a_fast_will_and_a_slow_conviction) {
    EXPECT_FLOAT_EQ(composed("single", 0.0F, 0.0F), 0.10F);
    EXPECT_FLOAT_EQ(composed("mean", 0.0F, 0.0F), 0.5F * (0.30F + 0.05F));
    EXPECT_FLOAT_EQ(composed("least", 0.0F, 0.0F), 0.05F);
    EXPECT_FLOAT_EQ(composed("least", -2.0F, 0.0F), -2.0F + 0.30F * 3.0F);
}

/// The paths that `check` finds at fault.
std::vector<std::string> faults(const Changes& changes) {
    std::vector<std::string> paths;
    for (const sim::Problem& problem : check(with(default_settings(), changes))) {
        paths.push_back(problem.about);
    }
    return paths;
}

TEST(ContagionWeights, that_leave_nothing_of_a_person_are_refused) {
    EXPECT_TRUE(faults({}).empty());
    EXPECT_TRUE(faults({{"contagion.colleague.weight", 0.89}}).empty());
    EXPECT_EQ(faults({{"contagion.colleague.weight", 0.91}}),
              std::vector<std::string>{"contagion.colleague.weight"});
    EXPECT_EQ(faults({{"contagion.contact.weight", 0.95}}),
              std::vector<std::string>{"contagion.contact.weight"});
}

TEST(ContagionWeights, with_a_negativity_that_overshoots_are_refused) {
    const Changes wild = {{"contagion.kernel", "negativity"},
                          {"contagion.negativity", 4.0},
                          {"employee.adjustment", 0.4},
                          {"contagion.colleague.weight", 0.6}};

    EXPECT_EQ(faults(wild), std::vector<std::string>{"contagion.negativity"});
}

}
}
