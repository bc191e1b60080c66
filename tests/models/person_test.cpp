// What employees feel besides contagion: needs and the target of engagement, checked by hand.
#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

/// A firm of two, settled: employee 0 reports to nobody, 1 is alone with its needs.
struct Pair {
    sim::Settings settings;
    sim::World world;
    Employees staff;
    Firms firm;

    explicit Pair(const Changes& changes = {})
        : settings(with(quiet_settings(), changes)),
          world(found(layout_of({.teams = {2}, .manager = 0}), settings, {.seed = 1})),
          staff(employees(world)), firm(firms(world)) {
        firm.overload[0] = 0.0F;
        firm.voice[0] = 0.45F;
        staff.tenure[0] = staff.tenure[1] = 0.0F;
    }
    void after(const char* law, std::uint32_t months) {
        advance(world, only(settings, {law}), months);
    }
};

TEST(Needs, rest_at_the_reference_firm) {
    Pair pair;
    pair.staff.relatedness[1] = 0.45F;

    pair.after("needs", 12);

    EXPECT_NEAR(pair.staff.autonomy[1], 0.45, 1e-5);
    EXPECT_NEAR(pair.staff.competence[1], 0.475, 1e-5);
    EXPECT_NEAR(pair.staff.relatedness[1], 0.45, 1e-5);
}

TEST(Needs, tend_to_what_work_gives) {
    Pair pair;
    pair.firm.voice[0] = 0.65F;
    pair.firm.innovation[0] = 1.5F;
    pair.firm.member_share[0] = 0.8F;
    pair.firm.overload[0] = 0.5F;
    pair.staff.member[1] = 1;
    pair.staff.tenure[1] = 18.0F;
    const double stimulus = 0.10 * std::tanh(0.5);

    pair.after("needs", 200);

    EXPECT_NEAR(pair.staff.autonomy[1], 0.65 + 0.05, 1e-5);
    EXPECT_NEAR(pair.staff.competence[1],
                0.45 + stimulus + 0.05 * 0.5 + 0.03 * 0.8 - 0.3 * 0.5 - 0.02, 1e-5);
    EXPECT_NEAR(pair.staff.relatedness[1], 0.45 + 0.15 * 0.5, 1e-5);
    EXPECT_NEAR(pair.staff.competence[0], pair.staff.competence[1], 1e-5)
        << "a manager carries as much as a member";
}

TEST(Needs, close_a_sixth_of_the_gap_in_a_month_whatever_the_step) {
    Pair monthly({{"needs.voice_weight", 0.0}});
    Pair quarterly({{"needs.voice_weight", 0.0}, {"time.step", 0.25}});
    monthly.staff.autonomy[1] = quarterly.staff.autonomy[1] = 0.95F;

    monthly.after("needs", 1);
    advance(quarterly.world, only(quarterly.settings, {"needs"}), 4, 0.25);

    EXPECT_NEAR(monthly.staff.autonomy[1], 0.95 - 0.5 / 6.0, 1e-6);
    EXPECT_NEAR(quarterly.staff.autonomy[1], 0.95 - 0.5 / 6.0, 1e-6);
}

/// The pull of the target on employee 1, who stands at 0 with set point 0.
float pull(const Changes& changes, const std::function<void(Pair&)>& arrange) {
    Changes all = {{"switch.contagion", false}};
    all.insert(all.end(), changes.begin(), changes.end());
    Pair pair(all);
    pair.staff.engagement[1] = pair.staff.set_point[1] = 0.0F;
    arrange(pair);
    pair.after("contagion.employee", 1);
    return pair.staff.engagement[1] / 0.1F;
}

TEST(Target, adds_up_needs_pay_information_ownership_and_shocks) {
    const auto nothing = [](Pair&) {};

    EXPECT_NEAR(pull({}, nothing), 0.0, 1e-6);
    EXPECT_NEAR(pull({{"engagement.autonomy", 1.5}}, [](Pair& p) { p.staff.autonomy[1] = 0.7F; }),
                0.3, 1e-5);
    EXPECT_NEAR(
        pull({{"engagement.competence", 1.5}}, [](Pair& p) { p.staff.competence[1] = 0.3F; }), -0.3,
        1e-5);
    EXPECT_NEAR(
        pull({{"engagement.relatedness", 1.2}}, [](Pair& p) { p.staff.relatedness[1] = 1; }), 0.6,
        1e-5);
    EXPECT_NEAR(pull({{"engagement.information", 0.5}, {"governance.information", 0.6}}, nothing),
                0.05, 1e-5);
    EXPECT_NEAR(pull({{"engagement.pay", 0.5}, {"governance.pay_fairness", 0.55}}, nothing), 0.025,
                1e-5);
    EXPECT_NEAR(pull({{"engagement.pay", 0.5}}, [](Pair& p) { p.firm.wage_factor[0] = 0.8F; }),
                -0.1, 1e-5);
    EXPECT_NEAR(pull({{"engagement.ownership", 0.1}}, [](Pair& p) { p.staff.member[1] = 1; }), 0.1,
                1e-5);
    EXPECT_NEAR(pull({}, [](Pair& p) { p.staff.drift[1] = 0.2F; }), 0.2, 1e-5);
    EXPECT_NEAR(pull({}, [](Pair& p) { teams(p.world).shock[0] = 0.2F; }), 0.2, 1e-5);
    EXPECT_NEAR(pull({}, [](Pair& p) { sites(p.world).shock[0] = -0.2F; }), -0.2, 1e-5);
    EXPECT_NEAR(pull({}, [](Pair& p) { environment(p.world).shock[0] = 0.4F; }), 0.4, 1e-5);
}

TEST(Target, is_lowered_by_words_on_the_wall_but_not_by_honest_silence) {
    const Changes claimed = {{"engagement.cosmetic_voice", 1.0}, {"governance.claimed_voice", 0.7}};
    const Changes silent = {{"engagement.cosmetic_voice", 1.0}, {"governance.claimed_voice", 0.0}};
    const auto given = [](float voice) { return [voice](Pair& p) { p.firm.voice[0] = voice; }; };

    EXPECT_NEAR(pull(claimed, given(0.45F)), -0.25, 1e-5);
    EXPECT_NEAR(pull(claimed, given(0.8F)), 0.0, 1e-5);
    EXPECT_NEAR(pull(silent, given(0.1F)), 0.0, 1e-5);
}

TEST(Target, is_lowered_as_far_as_a_take_over_is_felt) {
    const auto sold = [](float felt) { return [=](Pair& p) { p.firm.stability[0] = felt; }; };

    EXPECT_NEAR(pull({{"engagement.insecurity", 0.3}}, sold(-1.0F)), -0.3, 1e-5);
    EXPECT_NEAR(pull({{"engagement.insecurity", 0.3}}, sold(-0.3F)), -0.09, 1e-5);
    EXPECT_NEAR(pull({{"engagement.insecurity", 0.3}}, sold(0.5F)), 0.0, 1e-5);
}

}
}
