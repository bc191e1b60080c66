#include "analysis/inference/handovers.hpp"

#include <array>
#include <numeric>

#include <gmock/gmock.h>

#include "scenarios/draws.hpp"
#include "sim/random.hpp"

namespace cercle::analysis {
namespace {

/// Hand-overs in eight teams; clients answer `effect` times their new contact, plus noise. The
/// client before is `assortative` times the new contact, plus noise.
HandoverTable table_of(std::size_t count, double effect, double assortative, std::uint64_t seed) {
    sim::Stream stream(seed, sim::Draw::survey_roster, 0);
    HandoverTable table{.by_reason = std::vector<std::size_t>(5, 0)};
    for (std::uint32_t i = 0; i < count; ++i) {
        const double successor = stream.normal();
        table.successor.push_back(successor);
        table.predecessor.push_back(stream.normal());
        table.before.push_back(assortative * successor + stream.normal());
        table.after.push_back(effect * successor + 0.4 * table.before[i] + stream.normal());
        table.contact.push_back(i);
        table.team.push_back(i % 8);
        table.stratum.push_back(i % 8);
    }
    return table;
}

TEST(HandoverTest, finds_an_effect_and_holds_it_in_its_interval) {
    const HandoverTable table = table_of(240, 0.4, 0.0, 1);

    const HandoverResult result = test_handovers(table, {.permutations = 999});

    EXPECT_LT(result.p, 0.005);
    EXPECT_LT(result.interval.low, 0.4);
    EXPECT_GT(result.interval.high, 0.4);
    EXPECT_NEAR(result.interval.half_width(), 1.96 * result.se, 0.3 * result.se);
    EXPECT_GT(result.balance_p, 0.05);
}

TEST(HandoverTest, sees_clients_given_to_contacts_who_suit_them) {
    const HandoverResult result = test_handovers(table_of(240, 0.0, 0.6, 2), {.permutations = 999});

    EXPECT_LT(result.balance_p, 0.01);
}

TEST(HandoverTest, has_its_size_without_an_effect) {
    // H0: no effect. 200 tables, rejections at .05 ~ Binomial(200, .05): more than 21 with
    // p < .001.
    std::size_t rejected = 0, found = 0;
    for (std::uint64_t seed = 100; seed < 300; ++seed) {
        const HandoverOptions options{.permutations = 99, .seed = seed};
        rejected += test_handovers(table_of(60, 0.0, 0.0, seed), options).p <= 0.05 ? 1 : 0;
        found += test_handovers(table_of(60, 0.5, 0.0, seed), options).p <= 0.05 ? 1 : 0;
    }

    EXPECT_LE(rejected, 21U);
    EXPECT_GT(found, 150U) << "twin: an effect is found";
}

// Everyone takes over eight clients at once and does them good or ill (sd .5) in ways that have
// nothing to do with their own answers.
HandoverTable books_of_eight(std::uint64_t seed) {
    HandoverTable table = table_of(160, 0.0, 0.0, seed);
    sim::Stream stream(seed, sim::Draw::survey_roster, 1);
    for (std::size_t first = 0; first < 160; first += 8) {
        const double good = 0.5 * stream.normal();
        for (std::size_t i = first; i < first + 8; ++i) {
            table.after[i] += good;
            table.successor[i] = table.successor[first];
            table.contact[i] = static_cast<std::uint32_t>(first);
            table.team[i] = table.stratum[i] = static_cast<std::uint32_t>(first / 40);
        }
    }
    return table;
}

TEST(HandoverTest, has_its_size_where_contacts_take_over_whole_books) {
    // H0: no effect of answers. 200 tables, at most 20 rejections at .05 with alpha = .001.
    std::size_t rejected = 0, row_by_row = 0;
    for (std::uint64_t seed = 400; seed < 600; ++seed) {
        const HandoverOptions options{.permutations = 99, .seed = seed};
        HandoverTable table = books_of_eight(seed);
        rejected += test_handovers(table, options).p <= 0.05 ? 1 : 0;
        std::iota(table.contact.begin(), table.contact.end(), 0U);
        row_by_row += test_handovers(table, options).p <= 0.05 ? 1 : 0;
    }

    EXPECT_LE(rejected, 20U);
    EXPECT_GT(row_by_row, 20U) << "twin: rows exchanged one by one fail the same bound";
}

// A new wording of the questionnaire moves everybody's answers of the second year, but not those
// before: team and year are taken out, so it neither makes an effect nor leaves one out of its
// interval.
TEST(HandoverTest, keeps_its_estimate_inside_its_interval_when_years_differ) {
    for (std::uint64_t seed = 700; seed < 710; ++seed) {
        HandoverTable table = table_of(160, 0.0, 0.0, seed);
        for (std::uint32_t i = 0; i < 160; ++i) {
            const bool later = i % 16 < 8;
            table.stratum[i] = table.team[i] + (later ? 8U : 0U);
            table.successor[i] += later ? 1.5 : 0.0;
            table.after[i] += later ? 1.5 : 0.0;
        }
        const HandoverResult result = test_handovers(table, {.permutations = 199, .seed = seed});

        EXPECT_LT(result.interval.low, result.effect) << seed;
        EXPECT_GT(result.interval.high, result.effect) << seed;
        EXPECT_LT(std::abs(result.effect), 0.4) << seed;
    }
}

TEST(HandoverTest, is_not_made_with_too_few) {
    EXPECT_TRUE(std::isnan(test_handovers(table_of(9, 1.0, 0.0, 1), {}).effect));

    HandoverTable alone = table_of(30, 1.0, 0.0, 1);
    for (std::uint32_t i = 0; i < 30; ++i) alone.team[i] = i;

    EXPECT_TRUE(std::isnan(test_handovers(alone, {}).effect)) << "nobody to exchange with";
}

/// Employees 0 to 2 and clients 3 and 4; client 3 is with 0, and from 2020-06-01 with 1; it is with
/// 2 all along.
Survey handed_over() {
    Survey survey;
    for (int i = 0; i < 5; ++i) {
        survey.people.list.push_back({.id = std::to_string(i)});
        if (i > 2) survey.people.list.back().kind = scenarios::PersonKind::client;
    }
    survey.tie_kinds = {"account"};
    survey.ties = {{0, 3, 0, 2.0}, {2, 3, 0, 1.0}, {0, 4, 0, 1.0}};
    survey.handovers = {{3, 0, 1, day_of("2020-06-01"), HandoverReason::leave}};
    return survey;
}

TEST(ContactsOn, a_day_follow_hand_overs_of_accounts_without_dates) {
    Survey survey = handed_over();
    const TieChoice to_clients{.layer = layer_named(survey, "employee_client")};
    const TieChoice to_employees{.layer = layer_named(survey, "client_employee")};

    const Weights before = contacts_on(survey, to_clients, day_of("2020-05-31"));
    const Weights after = contacts_on(survey, to_clients, day_of("2020-06-01"));
    const Weights back = contacts_on(survey, to_employees, day_of("2020-06-01"));

    EXPECT_EQ(before.coeff(3, 0), 2.0);
    EXPECT_EQ(before.coeff(3, 1), 0.0);
    EXPECT_EQ(after.coeff(3, 0), 0.0);
    EXPECT_EQ(after.coeff(3, 1), 2.0) << "as heavy as the account handed over";
    EXPECT_EQ(after.coeff(3, 2), 1.0) << "others stay";
    EXPECT_EQ(after.coeff(4, 0), 1.0) << "those of other clients too";
    EXPECT_EQ(back.coeff(1, 3), 2.0);
    survey.ties[0].last = day_of("2020-12-31"); // twin: dates of ties are followed instead
    EXPECT_EQ(contacts_on(survey, to_clients, day_of("2020-06-01")).coeff(3, 0), 2.0);
}

TEST(Transmission, of_clients_is_by_who_served_them_at_each_wave) {
    const Survey survey = handed_over();
    Answers answers{.waves = {day_of("2020-01-15"), day_of("2020-07-15"), day_of("2021-01-15")}};
    answers.y.resize(5, 3);
    answers.y << 1, 1, 1, 5, 5, 5, 3, 3, 3, 0, 0, 0, 0, 0, 0;

    const Transmission data = transmission(
        survey, {.layer = layer_named(survey, "employee_client")}, answers, answers, 1);

    EXPECT_NEAR(exposures(data, 0, {})[3], (2.0 * 1.0 + 3.0) / 3.0, 1e-12);
    EXPECT_NEAR(exposures(data, 1, {})[3], (2.0 * 5.0 + 3.0) / 3.0, 1e-12);
    EXPECT_NEAR(exposures(data, 1, {})[4], 1.0, 1e-12);
}

TEST(Transmission, does_not_take_an_answer_of_last_week_for_an_earlier_one) {
    const Survey survey = handed_over();
    Answers staff{.waves = {day_of("2020-01-10"), day_of("2020-04-10"), day_of("2020-07-10")}};
    staff.y = Eigen::MatrixXd::Constant(5, 3, 1.0);
    Answers clients = staff;
    for (Day& wave : clients.waves) wave += std::chrono::days(5);
    const TieChoice accounts{.layer = layer_named(survey, "employee_client")};

    const Transmission same = transmission(survey, accounts, staff, staff, 1);
    const Transmission later = transmission(survey, accounts, clients, staff, 1);

    EXPECT_EQ(same.source, (std::vector<int>{-1, 0, 1}));
    EXPECT_EQ(later.source, (std::vector<int>{-1, 0, 1}));
    EXPECT_NEAR(lag_months(later), 3.15, 0.02);
}

TEST(HandoverTable, averages_all_answers_before_and_those_of_two_years_after) {
    Survey survey = handed_over();
    survey.people.list[0].team = survey.people.list[1].team = "a";
    Answers answers{.waves = {day_of("2018-01-15"), day_of("2020-05-15"), day_of("2020-09-15"),
                              day_of("2021-01-15"), day_of("2022-01-15"), day_of("2023-01-15")}};
    answers.y = Eigen::MatrixXd::Constant(5, 6, 0.0);
    answers.y.row(3) << 1, 3, 100, 4, 8, 100;
    answers.y.row(1) << 5, 7, 100, 100, 100, 100;

    const HandoverTable table = handover_table(survey, answers, answers, {});
    survey.handovers.push_back({3, 1, 2, day_of("2021-06-01"), HandoverReason::leave});
    const HandoverTable again = handover_table(survey, answers, answers, {});

    ASSERT_EQ(table.size(), 1U);
    EXPECT_EQ(table.before[0], 2.0);
    EXPECT_EQ(table.successor[0], 6.0);
    EXPECT_EQ(table.after[0], 6.0) << "neither settling in nor later than 25 months";
    EXPECT_NEAR(table.months[0], 13.5, 0.1);
    EXPECT_EQ(again.after[0], 4.0) << "not after the next hand-over";
}

TEST(HandoverTable, takes_of_a_successor_what_they_answered_before_their_first_client) {
    Survey survey = handed_over(); // client 3 to employee 1 on 2020-06-01
    Answers answers{.waves = {day_of("2020-01-15"), day_of("2020-05-15"), day_of("2021-01-15"),
                              day_of("2021-09-15")}};
    answers.y = Eigen::MatrixXd::Constant(5, 4, 0.0);
    answers.y.row(1) << 2, 4, 100, 100;
    survey.handovers.push_back({4, 0, 1, day_of("2021-02-01"), HandoverReason::leave});
    const HandoverTable table = handover_table(survey, answers, answers, {});
    survey.handovers.erase(survey.handovers.begin());
    const HandoverTable alone = handover_table(survey, answers, answers, {});

    EXPECT_EQ(table.successor, (std::vector<double>{3.0, 3.0})) << "not what client 3 made of them";
    ASSERT_EQ(alone.size(), 1U);
    EXPECT_NEAR(alone.successor[0], 106.0 / 3.0, 1e-9) << "twin: with nobody before";
}

TEST(HandoverTable, holds_every_client_once_with_the_first_hand_over_that_is_known) {
    Survey survey = handed_over(); // 2020-06-01
    survey.handovers.push_back({3, 1, 0, day_of("2019-03-01"), HandoverReason::leave});
    Answers answers{.waves = {day_of("2019-06-15"), day_of("2020-05-15"), day_of("2021-01-15")}};
    answers.y = Eigen::MatrixXd::Constant(5, 3, 1.0);

    const HandoverTable unknown_before = handover_table(survey, answers, answers, {});
    answers.waves[0] = day_of("2019-02-15");
    const HandoverTable both = handover_table(survey, answers, answers, {});

    EXPECT_EQ(unknown_before.contact, std::vector<std::uint32_t>{1});
    EXPECT_EQ(unknown_before.repeated, 0U);
    EXPECT_EQ(both.contact, std::vector<std::uint32_t>{0});
    EXPECT_EQ(both.repeated, 1U);
    EXPECT_THAT(both.left_out, ::testing::ElementsAre(::testing::HasSubstr("of a client after")));
}

/// Eight teams of six and 160 clients, half-yearly answers from 2019; two clients in three are
/// handed over twice inside a team. Clients answer `effect` times their contact's level, a level of
/// their own, what the contact does them good (sd .5), and noise.
HandoverTable handed_over_twice(double effect, std::uint64_t seed) {
    constexpr PersonIndex staff = 48, clients = 160;
    sim::Stream stream(seed, sim::Draw::survey_roster, 2);
    Survey survey;
    Answers answers;
    for (int wave = 0; wave < 12; ++wave) {
        answers.waves.push_back(Day(std::chrono::year(2019 + wave / 2) / (1 + wave % 2 * 6) / 15));
    }
    answers.y.resize(staff + clients, 12);
    Eigen::VectorXd level(staff), good(staff);
    for (PersonIndex i = 0; i < staff; ++i) {
        survey.people.list.push_back({.id = std::to_string(i), .team = std::to_string(i / 6)});
        level[i] = stream.normal();
        good[i] = 0.5 * stream.normal();
        for (double& answer : answers.y.row(i)) answer = level[i] + 0.5 * stream.normal();
    }
    for (PersonIndex client = staff; client < staff + clients; ++client) {
        survey.people.list.push_back(
            {.id = std::to_string(client), .kind = scenarios::PersonKind::client});
        std::array<PersonIndex, 3> contact{static_cast<PersonIndex>(stream.below(staff))};
        for (std::size_t h = 0; h < 2; ++h) {
            const PersonIndex first = contact[h] - contact[h] % 6;
            contact[h + 1] =
                first + (contact[h] - first + 1 + static_cast<PersonIndex>(stream.below(5))) % 6;
            if (h == 1 && client % 3 == 0) contact[2] = contact[1];
            if (contact[h + 1] == contact[h]) continue;
            survey.handovers.push_back({client, contact[h], contact[h + 1],
                                        day_of(h == 0 ? "2020-12-01" : "2022-06-01"),
                                        HandoverReason::reorganisation});
        }
        const double own = stream.normal();
        for (Eigen::Index wave = 0; wave < 12; ++wave) {
            const PersonIndex served = contact[wave < 4 ? 0 : wave < 7 ? 1 : 2];
            answers.y(client, wave) = effect * level[served] + good[served] + own + stream.normal();
        }
    }
    return handover_table(survey, answers, answers, {});
}

TEST(HandoverTest, has_its_size_where_most_clients_are_handed_over_twice) {
    // H0: no effect of answers. 200 surveys, at most 20 rejections at .05 with alpha = .001.
    std::size_t rejected = 0, found = 0;
    for (std::uint64_t seed = 900; seed < 1100; ++seed) {
        const HandoverOptions options{.permutations = 99, .seed = seed};
        const HandoverTable table = handed_over_twice(0.0, seed);
        ASSERT_EQ(table.size(), 160U);
        ASSERT_EQ(table.repeated, 106U);
        rejected += test_handovers(table, options).p <= 0.05 ? 1 : 0;
        found += test_handovers(handed_over_twice(0.5, seed), options).p <= 0.05 ? 1 : 0;
    }

    EXPECT_LE(rejected, 20U);
    EXPECT_GT(found, 150U) << "twin: an effect is found";
    RecordProperty("rejected", static_cast<int>(rejected));
    RecordProperty("found", static_cast<int>(found));
}

}
}
