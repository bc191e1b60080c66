// Laws of opinions, as the shipped scenarios run them, against exact answers (D7 to D10, D15). What
// draws nothing is exact to 1e-9; what draws lies within 4 standard errors (alpha = 6.4e-5 each;
// the seeds stand in the scenarios and were chosen before the first run). Twins have a parameter
// that is 10 % wrong and must miss.
#include <gtest/gtest.h>

#include "tests/oracles/laboratory_run.hpp"

namespace cercle::oracles {
namespace {

constexpr double exactly = 1e-9;
constexpr double most = 4.0;

TEST(DeGroot, averages_as_its_matrix_does) {
    const auto five = run_laboratory("degroot_three");
    const auto long_run = run_laboratory("degroot_three", {"time.years=10"});
    const auto twin = run_laboratory(
        "degroot_three", {"time.years=10", "contagion.degroot.self_weights=[0.55, 0.6, 0.6]"});

    EXPECT_NEAR(five.value(0), 0.559203, 5e-7);
    EXPECT_NEAR(five.value(1), 0.559932, 5e-7);
    EXPECT_NEAR(five.value(2), 0.566371, 5e-7);
    for (std::size_t node = 0; node < 3; ++node) {
        EXPECT_NEAR(long_run.value(node), (5 * 0.2 + 9 * 0.5 + 7 * 0.9) / 21.0, exactly);
        EXPECT_GT(std::abs(twin.value(node) - 0.5619047619), 1e-6);
    }
    EXPECT_EQ(long_run.outcome("clusters").at(0), 1.0);
}

TEST(FriedkinJohnsen, tends_to_its_fixed_point) {
    const auto run = run_laboratory("friedkin_johnsen_four");
    const auto twin =
        run_laboratory("friedkin_johnsen_four", {"contagion.friedkin_johnsen.susceptibility=0.66"});
    const double exact[] = {0.3805210918, 0.4420595533, 0.5596774194, 0.3758064516};

    for (std::size_t node = 0; node < 4; ++node) {
        EXPECT_NEAR(run.value(node), exact[node], exactly);
        EXPECT_GT(std::abs(twin.value(node) - exact[node]), 1e-6);
    }
}

TEST(NetworkAutoregression, has_the_stationary_covariance_of_its_matrix) {
    const auto ring = run_laboratory("nar_ring");
    const auto complete = run_laboratory("nar_complete");
    const auto star = run_laboratory("nar_star");
    const auto twin =
        run_laboratory("nar_ring", {"contagion.nar.influence=0.22", "replicates=50000"});

    EXPECT_LT(std::abs(errors_of_covariance(ring.node(0), ring.node(0), 1.75941488)), most);
    EXPECT_LT(std::abs(errors_of_covariance(ring.node(0), ring.node(1), 0.36912543)), most);
    EXPECT_LT(std::abs(errors_of_covariance(complete.node(2), complete.node(2), 1.70250896)), most);
    EXPECT_LT(std::abs(errors_of_covariance(complete.node(0), complete.node(4), 0.26881720)), most);
    EXPECT_LT(std::abs(errors_of_covariance(star.node(0), star.node(0), 1.79154995)), most);
    EXPECT_LT(std::abs(errors_of_covariance(star.node(3), star.node(3), 1.86048378)), most);
    EXPECT_LT(std::abs(errors_of_covariance(star.node(0), star.node(1), 0.49603175)), most);
    EXPECT_GT(std::abs(errors_of_covariance(twin.node(0), twin.node(1), 0.36912543)), most);
}

TEST(LinearLaw, moves_along_its_map_to_its_fixed_point) {
    const auto year = run_laboratory("linear_path");
    const auto long_run = run_laboratory("linear_path", {"time.years=100"});
    const auto twin = run_laboratory("linear_path", {"contagion.linear.weight=0.33"});

    EXPECT_NEAR(year.value(1), -0.6910402089, exactly);
    EXPECT_NEAR(year.value(0), 0.4063113479, exactly);
    EXPECT_NEAR(year.value(2), 0.8784175130, exactly);
    EXPECT_NEAR(long_run.value(1), -0.5846153846, exactly);
    EXPECT_NEAR(long_run.value(0), 0.3846153846, exactly);
    EXPECT_NEAR(long_run.value(2), 0.8153846154, exactly);
    EXPECT_GT(std::abs(twin.value(1) + 0.6910402089), 1e-3);
}

// The map of linear_path (l = .1, w = .3) is that of an autoregression of memory .9 and influence
// .03, which may start anywhere: from the slowest mode, all alike.
TEST(LinearLaw, forgets_what_all_share_by_its_spectral_radius) {
    const auto after_a_year = [](const char* memory) {
        return run_laboratory(
            "nar_star", {"network.colleague.nodes=3", std::string("contagion.nar.memory=") + memory,
                         "contagion.nar.influence=0.03", "contagion.nar.noise=0", "initial.value=1",
                         "replicates=1", "time.years=1", "observe.every=12"});
    };
    const auto run = after_a_year("0.9");
    const auto twin = after_a_year("0.89");

    for (std::size_t node = 0; node < 3; ++node) {
        EXPECT_NEAR(run.value(node), std::pow(0.93, 12.0), exactly);
        EXPECT_GT(std::abs(twin.value(node) - std::pow(0.93, 12.0)), 0.01);
    }
}

TEST(LinearLaw, wavers_as_its_covariance_says) {
    const std::vector<std::string> noisy = {"contagion.linear.noise=0.1", "time.years=8",
                                            "replicates=100000", "observe.every=96"};
    const auto run = run_laboratory("linear_path", noisy);
    auto wrong = noisy;
    wrong.emplace_back("contagion.linear.weight=0.33");
    const auto twin = run_laboratory("linear_path", wrong);

    EXPECT_LT(std::abs(errors_of_covariance(run.node(1), run.node(1), 0.0564028954)), most);
    EXPECT_LT(std::abs(errors_of_covariance(run.node(0), run.node(0), 0.0562788293)), most);
    EXPECT_LT(std::abs(errors_of_covariance(run.node(0), run.node(1), 0.0123314662)), most);
    EXPECT_LT(std::abs(errors_of_covariance(run.node(1), run.node(2), 0.0037713164)), most);
    EXPECT_GT(std::abs(errors_of_covariance(twin.node(0), twin.node(1), 0.0123314662)), most);
}

/// Mean covariance of the members of a team over pairs, over the mean variance.
std::pair<double, double> likeness(const LaboratoryRun& run) {
    double within = 0.0;
    double between = 0.0;
    for (std::size_t i = 0; i < 8; ++i) {
        within += covariance(run.node(i), run.node(i)) / 8.0;
        for (std::size_t j = 0; j < i; ++j) between += covariance(run.node(i), run.node(j)) / 28.0;
    }
    return {between / within, within};
}

TEST(LinearLaw, makes_a_complete_team_as_alike_as_the_bound_says) {
    const auto [alike, variance] = likeness(run_laboratory("linear_team"));
    const auto [none, full] =
        likeness(run_laboratory("linear_team", {"contagion.linear.weight=0", "replicates=30000"}));
    const auto [twin, other] = likeness(
        run_laboratory("linear_team", {"contagion.linear.weight=0.22", "replicates=50000"}));

    // Standard error of the correlation over 28 pairs of 100 000 teams: below .0011.
    EXPECT_NEAR(alike, 0.0636, 0.0036);
    EXPECT_NEAR(variance, 0.725, 0.006);
    EXPECT_NEAR(none, 0.0, 0.007); // of 30 000 teams
    EXPECT_NEAR(full, 1.0, 0.013);
    EXPECT_GT(std::abs(twin - 0.0636), 0.0036);
}

TEST(LinearLaw, answers_a_new_contact_step_by_step) {
    const auto at = [](const char* months, const char* weight) {
        return run_laboratory("linear_response", {std::string("time.years=") + months + " months",
                                                  std::string("contagion.linear.weight=") + weight})
            .value(0);
    };

    EXPECT_NEAR(at("6", "0.25"), 0.133898979, exactly);
    EXPECT_NEAR(at("9", "0.25"), 0.170880405, exactly);
    EXPECT_NEAR(at("12", "0.25"), 0.196082211, exactly);
    EXPECT_NEAR((at("6", "0.25") + at("9", "0.25") + at("12", "0.25")) / 3.0, 0.166953865, exactly);
    EXPECT_GT(std::abs(at("12", "0.275") - 0.196082211), 0.01);
}

TEST(Autoregression, has_its_stationary_variance) {
    const auto run = run_laboratory("autoregression");
    const auto twin =
        run_laboratory("autoregression", {"contagion.nar.noise=0.22", "replicates=40000"});
    const auto twin_of_second =
        run_laboratory("autoregression", {"contagion.nar.noise=0.11", "replicates=40000"});
    const auto z = [](const LaboratoryRun& seen, const char* arm, double exact) {
        return std::abs(errors_of_covariance(seen.node(0, arm), seen.node(0, arm), exact));
    };

    EXPECT_LT(z(run, "memory_.9", 0.210526316), most);
    EXPECT_LT(z(run, "memory_.95", 0.102564103), most);
    EXPECT_GT(z(twin, "memory_.9", 0.210526316), most);
    EXPECT_GT(z(twin_of_second, "memory_.95", 0.102564103), most);
}

TEST(Autoregression, forgets_by_half_in_its_half_life) {
    const auto half_life = [](const char* arm, std::vector<std::string> more) {
        more.insert(more.end(), {"contagion.nar.noise=0", "initial.value=1", "replicates=1",
                                 "time.years=1", "observe.every=12"});
        return 12.0 * std::log(0.5) /
               std::log(run_laboratory("autoregression", more).value(0, arm));
    };

    EXPECT_NEAR(half_life("memory_.9", {}), 6.578813, 5e-7);
    EXPECT_NEAR(half_life("memory_.95", {}), 13.513407, 5e-7);
    EXPECT_GT(std::abs(half_life("memory_.9", {"contagion.nar.memory=0.89"}) - 6.578813), 0.5);
}

TEST(HegselmannKrause, comes_to_one_cluster_in_the_known_number_of_steps) {
    const auto run = run_laboratory("hegselmann_krause");
    const struct {
        const char* arm;
        double steps;
        const char* wrong; ///< confidence of the twin
    } answers[] = {{"n11", 2.0, "0.45"}, {"n21", 8.0, "0.225"}, {"n51", 24.0, "0.18"}};

    for (const auto& [arm, steps, wrong] : answers) {
        const auto twin = run_laboratory(
            "hegselmann_krause", {std::string("contagion.hegselmann_krause.confidence=") + wrong});
        EXPECT_EQ(run.outcome("end_time", arm).at(0), steps) << arm;
        EXPECT_EQ(run.outcome("clusters", arm).at(0), 1.0) << arm;
        EXPECT_NEAR(run.outcome("opinion_mean", arm).at(0), 0.5, exactly) << arm;
        EXPECT_NEAR(run.outcome("opinion_range", arm).at(0), 0.0, exactly) << arm;
        EXPECT_NE(twin.outcome("end_time", arm).at(0), steps) << arm;
    }
}

TEST(Deffuant, moves_a_pair_that_is_near_enough_and_keeps_the_mean) {
    const auto run = run_laboratory("deffuant_pair");
    const auto twin = run_laboratory("deffuant_pair", {"contagion.deffuant.convergence=0.33"});

    EXPECT_NEAR(run.value(0, "near"), 0.32, exactly);
    EXPECT_NEAR(run.value(1, "near"), 0.48, exactly);
    EXPECT_EQ(run.value(0, "far"), 0.2);
    EXPECT_EQ(run.value(1, "far"), 0.6);
    EXPECT_NEAR(run.outcome("opinion_mean", "near").at(0), 0.4, exactly);
    EXPECT_GT(std::abs(twin.value(0, "near") - 0.32), 0.01);
}

}
}
