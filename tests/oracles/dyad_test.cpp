// D9: an employee and the only client, who influence each other: lambda .10 and .12, weights .25
// (of the client on the employee) and .40 (of the employee on the client), through the laws of the
// company.
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analysis/loop_gain.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

constexpr double noise = 0.1; ///< standard deviation of what a step adds to either

/// `pairs` of them in one firm, in so many lanes, under laws whose noise is so large in a step.
struct Dyads {
    sim::Settings settings;
    sim::World world;

    Dyads(std::uint32_t pairs, double client_weight, double noise_of_step, std::uint32_t lanes,
          const Changes& more = {})
        : settings(with(with(quiet_settings(),
                             {{"employee.adjustment", 0.10},
                              {"client.adjustment", 0.12},
                              {"contagion.client.weight", client_weight},
                              {"contagion.contact.weight", 0.40},
                              {"contagion.manager.weight", 0.0},
                              {"client.unfair_speed", 1.0},
                              {"employee.set_point_sd", 0.0},
                              {"client.set_point_sd", 0.0},
                              {"employee.state_sd", noise_of_step / std::sqrt(1.0 - 0.90 * 0.90)},
                              {"client.state_sd", noise_of_step / std::sqrt(1.0 - 0.88 * 0.88)}}),
                        more)) {
        SmallFirm firm{.teams = std::vector<std::uint32_t>(pairs, 1), .clients = pairs};
        for (std::uint32_t i = 0; i < pairs; ++i) firm.served.push_back({i, 0, i, nobody});
        world = found(layout_of(firm), settings, {.seed = 21, .lanes = lanes});
    }
    void start(float employee, float client) {
        employees(world).engagement[0] = employee;
        clients(world).engagement[0] = client;
    }
    void after(std::uint32_t steps) {
        advance(world,
                only(settings,
                     {"express", "contagion.employee", "client.contacts", "contagion.client"}),
                steps);
    }
};

/// What one step makes of a pair whose set points are 0.
struct Pair {
    double employee, client;
};
Pair step_from(float employee, float client, double client_weight) {
    Dyads dyads(1, client_weight, 0.0, 1);
    dyads.start(employee, client);
    dyads.after(1);
    return {static_cast<double>(employees(dyads.world).engagement[0]),
            static_cast<double>(clients(dyads.world).engagement[0])};
}

/// The eigenvalues of the map of a step, the larger first, from two steps of the laws.
std::pair<double, double> modes(double client_weight) {
    const Pair of_employee = step_from(1.0F, 0.0F, client_weight);
    const Pair of_client = step_from(0.0F, 1.0F, client_weight);
    const double half_trace = (of_employee.employee + of_client.client) / 2.0;
    const double determinant =
        of_employee.employee * of_client.client - of_employee.client * of_client.employee;
    const double root = std::sqrt(half_trace * half_trace - determinant);
    return {half_trace + root, half_trace - root};
}

// The company's columns are in single precision: 1e-6.
TEST(EmployeeAndClient, have_the_eigenvalues_of_their_loop) {
    EXPECT_NEAR(modes(0.25).first, 0.9260555128, 1e-6);
    EXPECT_NEAR(modes(0.25).second, 0.8539444872, 1e-6);
    EXPECT_GT(std::abs(modes(0.275).first - 0.9260555128), 1e-3); // twin
}

/// Where a pair comes to rest under a lasting push.
Pair rest_under(const std::string& impulse, double client_weight) {
    Dyads dyads(1, client_weight, 0.0, 1, {{impulse, 0.25}});
    dyads.after(600);
    return {static_cast<double>(employees(dyads.world).engagement[0]),
            static_cast<double>(clients(dyads.world).engagement[0])};
}

analysis::LoopGain measured_gain(double client_weight) {
    const Pair one = rest_under("impulse.employee", client_weight);
    const Pair other = rest_under("impulse.client", client_weight);
    const std::vector<double> x_b(2, one.employee), y_b(2, one.client);
    const std::vector<double> x_c(2, other.employee), y_c(2, other.client);
    return analysis::loop_gain({x_b, y_b, x_c, y_c}, 0.95);
}

// Set points are 0, so that an undisturbed pair rests at 0: g = .25 x .40, amplification 1 / .9.
TEST(EmployeeAndClient, amplify_a_push_as_the_gain_of_their_loop_says) {
    const analysis::LoopGain gain = measured_gain(0.25);

    EXPECT_NEAR(gain.along.value, 0.40, 1e-5);
    EXPECT_NEAR(gain.back.value, 0.25, 1e-5);
    EXPECT_NEAR(gain.amplification.value, 1.1111111, 1e-5);
    EXPECT_GT(std::abs(measured_gain(0.275).amplification.value - 1.1111111), 1e-2); // twin
}

struct Moments {
    double employee, both, client;
};
constexpr std::uint32_t pairs = 200'000;

Moments settled(double client_weight) {
    Dyads dyads(pairs / 16, client_weight, noise, 16);
    dyads.after(60);
    const auto staff = employees(std::as_const(dyads.world));
    const auto market = clients(std::as_const(dyads.world));
    Moments sum{};
    for (std::size_t i = 0; i < pairs; ++i) {
        const auto x = static_cast<double>(staff.engagement[i]);
        const auto y = static_cast<double>(market.engagement[i]);
        sum.employee += x * x / pairs;
        sum.both += x * y / pairs;
        sum.client += y * y / pairs;
    }
    return sum;
}

constexpr Moments exact{0.056911686, 0.0173575723, 0.0514073237};

double z_of(double seen, double known, double product_of_variances) {
    return (seen - known) / std::sqrt((product_of_variances + known * known) / pairs);
}

// H0: the stationary covariance solves S = M S M' + .01 I. z of each moment, n = 200 000 pairs
// after five years (.926^120 = 1e-4 of the way is left), |z| < 4, alpha = 6.4e-5 each. Twin: the
// weight of the client 10 % larger.
TEST(EmployeeAndClient, waver_together_as_the_covariance_of_their_loop_says) {
    const Moments seen = settled(0.25);
    const Moments twin = settled(0.275);
    const double both = exact.employee * exact.client;

    EXPECT_LT(std::abs(z_of(seen.employee, exact.employee, exact.employee * exact.employee)), 4.0);
    EXPECT_LT(std::abs(z_of(seen.client, exact.client, exact.client * exact.client)), 4.0);
    EXPECT_LT(std::abs(z_of(seen.both, exact.both, both)), 4.0);
    EXPECT_GT(std::abs(z_of(twin.both, exact.both, both)), 4.0);
}

}
}
