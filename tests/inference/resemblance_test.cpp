#include <algorithm>

#include <gmock/gmock.h>

#include "analysis/inference/battery.hpp"
#include "analysis/inference/methods.hpp"
#include "sim/error.hpp"
#include "tests/inference/karate.hpp"

namespace cercle::analysis {
namespace {

/// Seven people, eight ties, three of them with a 1.
Survey seven() {
    static constexpr int ties[][2] = {{1, 2}, {2, 3}, {3, 1}, {3, 4},
                                      {4, 5}, {5, 6}, {6, 7}, {1, 7}};
    Survey survey = tied_people(7, ties, 1);
    survey.columns = {{"left", {1, 1, 0, 0, 1, 0, 0}}, {"age", {4, 1, 3, 9, 5, 2, 6}}};
    return survey;
}

/// Mean and variance of a statistic over all rearrangements of a column.
template <class Statistic> std::pair<double, double> moments(Survey survey, Statistic statistic) {
    std::vector<double>& values = survey.columns[0].values;
    std::ranges::sort(values);
    double sum = 0.0, squares = 0.0, count = 0.0;
    do {
        const double value = statistic(survey);
        sum += value;
        squares += value * value;
        count += 1.0;
    } while (std::ranges::next_permutation(values).found);
    return {sum / count, squares / count - sum * sum / count / count};
}

TEST(JoinCount, has_the_moments_of_all_rearrangements) {
    const Question question{.outcome = "left", .weighting = Weighting::binary, .permutations = 19};
    Survey few = seven(); // so few that all their rearrangements can be counted
    few.settings.fewest_told = 1;
    const Estimate joins = estimate_by("join_count", few, question);

    const auto [mean, variance] = moments(few, [&](const Survey& survey) {
        return estimate_by("join_count", survey, question).coefficients[0].estimate;
    });

    EXPECT_EQ(joins.coefficients[0].estimate, 1.0); // 1 - 2
    EXPECT_NEAR(joins.figure("expected without resemblance"), mean, 1e-12);
    EXPECT_NEAR(joins.figure("variance"), variance, 1e-12);
}

TEST(JoinCount, has_the_moments_of_all_rearrangements_where_some_have_no_ties) {
    const Question question{.outcome = "left", .weighting = Weighting::binary, .permutations = 19};
    Survey few = seven();
    few.settings.fewest_told = 1;
    few.ties.resize(3); // 1, 2, 3 in a triangle
    few.ties.push_back({3, 4, 0, 1.0});
    const Estimate joins = estimate_by("join_count", few, question);

    const auto [mean, variance] = moments(few, [&](const Survey& survey) {
        return estimate_by("join_count", survey, question).coefficients[0].estimate;
    });

    EXPECT_NEAR(joins.figure("expected without resemblance"), mean, 1e-12);
    EXPECT_NEAR(joins.figure("variance"), variance, 1e-12);
}

TEST(JoinCount, tells_nothing_of_answers_that_fewer_than_five_people_gave) {
    const Question question{.outcome = "left", .weighting = Weighting::binary, .permutations = 19};

    EXPECT_THROW(estimate_by("join_count", seven(), question), sim::UserError);
}

TEST(JoinCount, takes_ties_as_one_each_where_nothing_else_is_asked) {
    EXPECT_EQ(usual_weighting("join_count"), Weighting::binary);
    EXPECT_EQ(usual_weighting("moran"), Weighting::row);
}

TEST(Moran, has_the_moments_of_all_rearrangements) {
    Survey survey = seven();
    std::swap(survey.columns[0], survey.columns[1]);
    const Question question{.outcome = "age", .permutations = 19};
    const Estimate moran = estimate_by("moran", survey, question);

    const auto [mean, variance] = moments(survey, [&](const Survey& rearranged) {
        return estimate_by("moran", rearranged, question).coefficients[0].estimate;
    });

    EXPECT_NEAR(moran.figure("expected without resemblance"), mean, 1e-12);
    EXPECT_NEAR(moran.figure("variance under randomisation"), variance, 1e-12);
}

TEST(Isolates, are_kept_or_dropped_and_counted) {
    Survey survey = seven();
    survey.ties.resize(3); // 1, 2, 3 in a triangle
    survey.ties.push_back({3, 4, 0, 1.0});
    const Question keep{.outcome = "age", .permutations = 19};
    Question drop = keep;
    drop.isolates = Isolates::drop;

    const Estimate kept = estimate_by("moran", survey, keep);
    const Estimate dropped = estimate_by("moran", survey, drop);

    EXPECT_EQ(kept.n, 7U);
    EXPECT_THAT(kept.notes, ::testing::Contains(::testing::HasSubstr("isolates count in mean")));
    EXPECT_THAT(dropped.notes,
                ::testing::Not(::testing::Contains(::testing::HasSubstr("isolates"))));
    EXPECT_EQ(kept.figures[0].value, 2.0);
    EXPECT_EQ(dropped.n, 5U);
    EXPECT_THAT(dropped.left_out, ::testing::ElementsAre("2 people without a contact"));
}

TEST(Isolates, are_not_people_of_a_kind_that_has_no_such_ties) {
    Survey survey = seven();
    survey.columns = {{"age", {4, 1, 3, 9, 5, 2, 6, 8}}};
    survey.people.list.push_back({.id = "client", .kind = scenarios::PersonKind::client});

    const Estimate moran = estimate_by("moran", survey, {.outcome = "age", .permutations = 19});

    EXPECT_EQ(moran.n, 7U);
    EXPECT_THAT(moran.left_out, ::testing::ElementsAre("1 person of a kind that has no such ties"));
}

// The coefficient of contacts would be the answer of the only person who has one.
TEST(Contacts, of_fewer_than_five_people_are_not_told_of) {
    Survey survey = seven();
    survey.ties = {{3, 4, 0, 1.0}};

    EXPECT_THROW(estimate_by("peer_ols", survey, {.outcome = "age"}), sim::UserError);
    EXPECT_THROW(estimate_by("moran", survey, {.outcome = "age"}), sim::UserError);
}

TEST(TeamIcc, of_the_battery_is_that_of_the_method) {
    Survey survey = tied_people(12, {}, 4);
    NumberColumn mood{.name = "mood", .values = {}};
    for (int i = 0; i < 12; ++i) mood.values.push_back(std::sin(i) + i % 4);
    survey.columns = {mood};
    const Eigen::MatrixXd answers = Eigen::Map<const Eigen::VectorXd>(mood.values.data(), 12);

    const double method = estimate_by("icc", survey, {.outcome = "mood"}).coefficients[0].estimate;

    EXPECT_EQ(team_icc_of(answers, groups_by(survey, "team").of), method);
    EXPECT_TRUE(std::isnan(team_icc_of(answers, std::vector<std::uint32_t>(12, 0))));
}

TEST(Weights, are_by_row_binary_or_by_distance) {
    const Survey survey = seven();
    const Weights ties = contacts(survey, {layer_named(survey, "colleague")}, std::nullopt);

    EXPECT_DOUBLE_EQ(weighted(ties, Weighting::row).coeff(0, 1), 1.0 / 3.0);
    EXPECT_EQ(weighted(ties, Weighting::binary).coeff(0, 1), 1.0);
    EXPECT_EQ(weighted(ties, Weighting::inverse_distance).coeff(1, 4), 1.0 / 3.0); // 2-3-4-5
}

TEST(Outcome, must_vary_and_be_known) {
    Survey survey = seven();
    survey.columns[0].values.assign(7, 1.0);

    EXPECT_THROW(estimate_by("moran", survey, {.outcome = "left"}), sim::UserError);
    EXPECT_THROW(estimate_by("moran", survey, {.outcome = "lefft"}), sim::UserError);
    EXPECT_THROW(estimate_by("moran", survey, {.outcome = "age", .layer = "advice"}),
                 sim::UserError);
    EXPECT_THROW(estimate_by("morn", survey, {.outcome = "age"}), sim::UserError);
    EXPECT_THROW(estimate_by("join_count", survey, {.outcome = "age"}), sim::UserError);
}

}
}
