// The length of a step is a matter of accuracy, not of meaning: whatever happens in a month happens
// as often in two halves or four quarters of it (D25 v).
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "models/observables.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

constexpr std::size_t lanes = 16;

/// Mean outcomes of 16 replicates of five years, in steps of this length.
std::map<std::string, double> outcomes(double months, const Changes& changes) {
    const auto settings =
        with(with(default_settings(), changes), {{"time.step", months}, {"observe.every", 1.0}});
    const auto per_month = static_cast<std::uint32_t>(std::lround(1.0 / months));
    const CompanyObservables observables(settings);
    sim::Record record = sim::run(
        found(office_of(120, 8, 10), settings, {.seed = 5, .lanes = lanes}), pipeline_of(settings),
        observables, {.steps = 60 * per_month, .every = per_month, .months = months});
    std::map<std::string, double> means;
    for (std::size_t which = 0; which < observables.outcomes().size(); ++which) {
        double sum = 0.0;
        for (std::size_t lane = 0; lane < lanes; ++lane) sum += record.outcome(which, lane);
        means[observables.outcomes()[which].name] = sum / lanes;
    }
    return means;
}

/// How far an outcome may move when steps shrink from a month to a quarter of it: the error of the
/// longer step and the luck of other draws. A law that forgot the step would be off by a factor of
/// four: quits, churn and absence of 12 % a year would become 48 %.
const std::map<std::string, double> tolerance = {{"engagement_employee", 0.015},
                                                 {"engaged_share", 0.025},
                                                 {"disengaged_share", 0.03},
                                                 {"engagement_client", 0.015},
                                                 {"nps", 6.0},
                                                 {"churn", 0.025},
                                                 {"quits", 0.02},
                                                 {"absence", 0.03},
                                                 {"productivity", 0.01},
                                                 {"innovation", 0.05},
                                                 {"price", 45.0},
                                                 {"margin", 0.025},
                                                 {"clients", 80.0},
                                                 {"employees", 8.0},
                                                 {"member_share", 0.03},
                                                 {"voice", 0.03}};

class StepLength : public testing::TestWithParam<Changes> {};

TEST_P(StepLength, is_a_matter_of_accuracy) {
    const auto month = outcomes(1.0, GetParam());
    const auto half = outcomes(0.5, GetParam());
    const auto quarter = outcomes(0.25, GetParam());

    for (const auto& [name, most] : tolerance) {
        EXPECT_NEAR(half.at(name), month.at(name), most) << name;
        EXPECT_NEAR(quarter.at(name), month.at(name), most) << name;
    }
}

const Changes scop = {{"governance.legal_form", "scop"},    {"governance.membership", true},
                      {"governance.owner_votes", 0.0},      {"governance.workers_share", 0.43},
                      {"governance.reserve_share", 0.44},   {"governance.capital_share", 0.13},
                      {"governance.take_over_hazard", 0.0}, {"pricing.rule", "fair"}};
const Changes in_loss = {{"firm.overhead", 5200.0},
                         {"governance.take_over_hazard", 0.3},
                         {"quit.contagion", 1.0},
                         {"client.subscription_share", 1.0}};
const Changes restless = {{"drift.sd", 0.2},
                          {"shock.team.sd", 0.5},
                          {"market.price_sd", 0.05},
                          {"employee.composition", "mean"}};

INSTANTIATE_TEST_SUITE_P(Worlds, StepLength, testing::Values(Changes{}, scop, in_loss, restless));

}
}
