#include "analysis/inference/survey_world.hpp"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "analysis/inference/company.hpp"

namespace cercle::analysis {
namespace {

/// A company of which every second client is handed over half-way.
Survey company() {
    return make_company(
        {.truth = "none", .waves = 12, .handovers = 190, .response = 1.0, .seed = 5});
}

/// Mean product of the answers of two clients of one contact in a wave, over 200 worlds; "contact"
/// by a list of who serves each client (none: left out).
double shared(const Survey& survey, const SurveyWorld& world, std::size_t wave,
              const std::map<PersonIndex, PersonIndex>& contact) {
    const SurveyFrame frame(survey, panels_of(survey));
    double sum = 0.0, pairs = 0.0;
    for (std::uint32_t replicate = 0; replicate < 200; ++replicate) {
        const Panels panels = frame.simulate(world, {}, 9, replicate);
        std::map<PersonIndex, std::pair<double, double>> sums; // answers of a contact's, squares
        std::map<PersonIndex, double> counts;
        for (const auto& [client, by] : contact) {
            const double answer = panels.clients->y(client, static_cast<Eigen::Index>(wave));
            sums[by].first += answer;
            sums[by].second += answer * answer;
            counts[by] += 1.0;
        }
        for (const auto& [by, both] : sums) {
            sum += both.first * both.first - both.second;
            pairs += counts[by] * (counts[by] - 1.0);
        }
    }
    return sum / pairs;
}

/// Who serves each client that was handed over: the old or the new contact.
std::map<PersonIndex, PersonIndex> serving(const Survey& survey, PersonIndex Handover::*which) {
    std::map<PersonIndex, PersonIndex> contact;
    for (const Handover& each : survey.handovers) contact[each.client] = each.*which;
    return contact;
}

TEST(ContactEffects, are_shared_by_clients_of_a_contact_and_change_with_who_serves_them) {
    const Survey survey = company();
    const SurveyWorld world{.name = "contact effects", .contact_effects = 0.25};
    const double told = 0.70 * 0.25; // reliability of clients' answers, variance of effects

    // One in seven of those whom a new contact has came from one old contact too.
    const auto before = serving(survey, &Handover::old_contact);
    const auto after = serving(survey, &Handover::new_contact);
    EXPECT_NEAR(shared(survey, world, 0, before), told, 0.03);
    EXPECT_NEAR(shared(survey, world, 11, after), told, 0.03);
    EXPECT_NEAR(shared(survey, world, 0, after), told / 7.0, 0.03);
    EXPECT_NEAR(shared(survey, world, 11, before), told / 7.0, 0.03);
    EXPECT_NEAR(shared(survey, {.name = "null"}, 0, before), 0.0, 0.03);
}

TEST(HiddenShocks, follow_a_client_to_the_new_contact) {
    const Survey survey = company();
    const SurveyWorld world{.name = "hidden shocks", .hidden_shocks = 0.25};
    const auto before = serving(survey, &Handover::old_contact);
    const auto after = serving(survey, &Handover::new_contact);

    const double new_mates = shared(survey, world, 11, after);
    const double old_mates = shared(survey, world, 11, before);

    EXPECT_GT(shared(survey, world, 0, before), 0.05);
    EXPECT_GT(new_mates, 0.05);
    EXPECT_LT(old_mates, new_mates / 2.0);
}

}
}
