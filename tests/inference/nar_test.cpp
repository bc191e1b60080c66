#include <gmock/gmock.h>

#include "analysis/inference/methods.hpp"
#include "sim/error.hpp"
#include "tests/inference/karate.hpp"

namespace cercle::analysis {
namespace {

/// Six people in a ring, five waves of sin(i t) + 0.1 i.
Survey ring() {
    static constexpr int ties[][2] = {{1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}, {6, 1}};
    Survey survey = tied_people(6, ties, 6);
    survey.instruments = {{.name = "y", .scale_min = -10.0, .scale_max = 10.0}};
    for (int t = 1; t <= 5; ++t) {
        for (int i = 1; i <= 6; ++i) {
            survey.scores.push_back({static_cast<PersonIndex>(i - 1), 0,
                                     Day(std::chrono::year(2000 + t) / 1 / 15),
                                     std::sin(i * t) + 0.1 * i});
        }
    }
    return survey;
}

// Figures by R: lm with and without dummies of people and waves.

TEST(NetworkAutoregression, with_effects_of_people_and_waves_is_that_of_lm) {
    const Estimate nar = estimate_by("nar", ring(), {.fixed_effects = {"person", "wave"}});

    EXPECT_NEAR(nar.at("own before").estimate, 0.0302956693, 5e-11);
    EXPECT_NEAR(nar.at("contacts before").estimate, 0.4038288932, 5e-11);
    EXPECT_EQ(nar.n, 24U);
    EXPECT_EQ(nar.figure("fixed effects"), 9.0);
}

TEST(NetworkAutoregression, pooled_is_that_of_lm) {
    const Estimate nar = estimate_by("nar", ring(), {});

    EXPECT_NEAR(nar.at("constant").estimate, 0.1327146251, 5e-11);
    EXPECT_NEAR(nar.at("contacts before").estimate, 0.3252834638, 5e-11);
    EXPECT_NEAR(nar.at("own before").estimate, 0.0938396893, 5e-11);
}

/// Six employees with a client each, who answers next year what its contact answers now.
Survey echo() {
    Survey survey = tied_people(12, {}, 1);
    survey.tie_kinds = {"account"};
    survey.instruments = {{.name = "mood", .scale_min = -10.0, .scale_max = 10.0},
                          {.name = "nps", .scale_min = -10.0, .scale_max = 10.0}};
    for (PersonIndex i = 0; i < 6; ++i) {
        survey.people.list[i + 6].kind = scenarios::PersonKind::client;
        survey.ties.push_back({i, i + 6, 0, 1.0});
    }
    for (std::uint32_t instrument = 0; instrument < 2; ++instrument) {
        for (int t = 0; t < 6; ++t) {
            for (PersonIndex i = 0; i < 6; ++i) {
                const double answer = std::sin(1.7 * (t - static_cast<int>(instrument)) + 2.3 * i);
                survey.scores.push_back({i + 6 * instrument, instrument,
                                         Day(std::chrono::year(2000 + t) / 1 / 15), answer});
            }
        }
    }
    return survey;
}

TEST(NetworkAutoregression, reads_both_sides_of_accounts) {
    const Estimate to_clients = estimate_by("nar", echo(), {.layer = "employee_client"});
    const Estimate to_employees = estimate_by("nar", echo(), {.layer = "client_employee"});

    EXPECT_NEAR(to_clients.at("contacts before").estimate, 1.0, 1e-9);
    EXPECT_NEAR(to_clients.at("own before").estimate, 0.0, 1e-9);
    EXPECT_EQ(to_clients.n, 30U);
    EXPECT_THAT(to_clients.question, ::testing::HasSubstr("nps by contacts' mood"));
    EXPECT_THAT(to_employees.question, ::testing::HasSubstr("mood by contacts' nps"));
}

TEST(NetworkAutoregression, needs_two_waves) {
    Survey survey = ring();
    survey.scores.resize(6);

    EXPECT_THROW(estimate_by("nar", survey, {}), sim::UserError);
}

TEST(NetworkAutoregression, reads_contacts_by_the_ties_in_force_when_they_answered) {
    Survey survey = ring();
    const Estimate all = estimate_by("nar", survey, {});
    for (SurveyTie& tie : survey.ties) tie.last = Day(std::chrono::year(2002) / 6 / 1);

    const Estimate early = estimate_by("nar", survey, {});

    EXPECT_EQ(all.n, 24U);
    EXPECT_EQ(early.n, 12U);
}

}
}
