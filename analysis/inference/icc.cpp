#include "analysis/inference/icc.hpp"

#include <cmath>
#include <map>

#include <boost/math/distributions/fisher_f.hpp>

#include "analysis/inference/methods.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

/// Answers of one group.
struct Cell {
    double count = 0.0;
    double sum = 0.0;
};

}

OneWay one_way(const Eigen::VectorXd& answers, const std::vector<std::uint32_t>& group) {
    OneWay result;
    std::map<std::uint32_t, Cell> cells;
    double sum = 0.0;
    for (Eigen::Index i = 0; i < answers.size(); ++i) {
        if (std::isnan(answers[i])) continue;
        Cell& cell = cells[group[static_cast<std::size_t>(i)]];
        cell.count += 1.0;
        cell.sum += answers[i];
        result.n += 1.0;
        sum += answers[i];
    }
    result.groups = static_cast<double>(cells.size());
    if (result.groups < 2.0 || result.n <= result.groups) return result;
    const double mean = sum / result.n;
    double between = 0.0, squares = 0.0, total = 0.0;
    for (const auto& [number, cell] : cells) {
        const double distance = cell.sum / cell.count - mean;
        between += cell.count * distance * distance;
        squares += cell.count * cell.count;
    }
    for (const double answer : answers) {
        if (!std::isnan(answer)) total += (answer - mean) * (answer - mean);
    }
    result.between = between / (result.groups - 1.0);
    result.within = (total - between) / (result.n - result.groups);
    result.size = (result.n - squares / result.n) / (result.groups - 1.0);
    return result;
}

Estimate team_icc(const CrossSection& section) {
    Estimate estimate{.method = "icc", .question = section.question, .n = section.size()};
    estimate.left_out = section.left_out;
    const OneWay teams = one_way(section.y, section.team);
    if (std::isnan(teams.between)) {
        throw sim::UserError("--method icc: two teams are needed, and one of them with two people "
                             "(people.csv tells teams)");
    }
    const double f = teams.f();
    const boost::math::fisher_f distribution(teams.groups - 1.0, teams.n - teams.groups);
    Coefficient first{.name = "ICC(1)", .estimate = teams.icc(), .statistic = f};
    if (std::isfinite(f)) {
        first.p = boost::math::cdf(boost::math::complement(distribution, f));
    }
    estimate.coefficients = {first, {.name = "ICC(2)", .estimate = 1.0 - 1.0 / f}};
    estimate.statistic = "statistic: F of a one-way analysis of variance by team";
    estimate.figures = {
        {"teams", teams.groups},
        {"people a team (n0)", teams.size},
        {"ICC(1) from (95 %)", teams.icc(f / boost::math::quantile(distribution, 0.975))},
        {"ICC(1) to (95 %)", teams.icc(f / boost::math::quantile(distribution, 0.025))}};
    estimate.notes = {"what team mates share may be contagion, and is also what their manager, "
                      "work and place do to all of them."};
    return estimate;
}

}
