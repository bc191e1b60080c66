#include <cmath>
#include <map>

#include <boost/math/distributions/fisher_f.hpp>

#include "analysis/inference/linear_model.hpp"
#include "analysis/inference/methods.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

/// Answers of one team.
struct Cell {
    double count = 0.0;
    double sum = 0.0;
};

struct Variances {
    double between = 0.0, within = 0.0; ///< mean squares
    double teams = 0.0, size = 0.0;     ///< how many, and how large on average (n0)
};

Variances variances_of(const CrossSection& section) {
    std::map<std::uint32_t, Cell> cells;
    for (std::size_t i = 0; i < section.size(); ++i) {
        Cell& cell = cells[section.team[i]];
        cell.count += 1.0;
        cell.sum += section.y[static_cast<Eigen::Index>(i)];
    }
    const auto n = static_cast<double>(section.size());
    const auto k = static_cast<double>(cells.size());
    double between = 0.0;
    double squares = 0.0;
    for (const auto& [team, cell] : cells) {
        const double distance = cell.sum / cell.count - section.y.mean();
        between += cell.count * distance * distance;
        squares += cell.count * cell.count;
    }
    const double total = (section.y.array() - section.y.mean()).square().sum();
    if (k < 2.0 || n <= k) {
        throw sim::UserError("--method icc: two teams are needed, and one of them with two people "
                             "(people.csv tells teams)");
    }
    return {between / (k - 1.0), (total - between) / (n - k), k, (n - squares / n) / (k - 1.0)};
}

}

Estimate team_icc(const CrossSection& section) {
    Estimate estimate{.method = "icc", .question = section.question, .n = section.size()};
    estimate.left_out = section.left_out;
    const Variances v = variances_of(section);
    const double f = v.between / v.within;
    const double icc = (f - 1.0) / (f + v.size - 1.0);
    const double freedom = static_cast<double>(section.size()) - v.teams;
    const boost::math::fisher_f distribution(v.teams - 1.0, freedom);
    const double upper_f = boost::math::quantile(distribution, 0.975);
    const double lower_f = boost::math::quantile(distribution, 0.025);
    const auto from_f = [&](double ratio) { return (ratio - 1.0) / (ratio + v.size - 1.0); };
    Coefficient first{.name = "ICC(1)", .estimate = icc, .statistic = f};
    if (std::isfinite(f)) {
        first.p = boost::math::cdf(boost::math::complement(distribution, f));
    }
    estimate.coefficients = {first, {.name = "ICC(2)", .estimate = 1.0 - 1.0 / f}};
    estimate.statistic = "statistic: F of a one-way analysis of variance by team";
    estimate.figures = {{"teams", v.teams},
                        {"people a team (harmonic, n0)", v.size},
                        {"ICC(1) from (95 %)", from_f(f / upper_f)},
                        {"ICC(1) to (95 %)", from_f(f / lower_f)}};
    estimate.notes = {"what team mates share may be contagion, and is also what their manager, "
                      "work and place do to all of them."};
    return estimate;
}

}
