#include <cmath>
#include <span>

#include "analysis/sensitivity.hpp"

namespace cercle::analysis {

namespace {

/// The effect of each factor in a trajectory; 0 where a move left its value as it was.
std::vector<double> effects_in(const Experiment& experiment, std::size_t first,
                               const std::vector<double>& means) {
    std::vector<double> effects(experiment.factors.size(), 0.0);
    for (std::size_t point = first; point < first + effects.size(); ++point) {
        for (std::size_t which = 0; which < effects.size(); ++which) {
            if (experiment.agree(point, point + 1, which)) continue;
            const scenarios::Factor& factor = experiment.factors[which];
            const double moved = share_of(factor, experiment.entry(point + 1, which)) -
                                 share_of(factor, experiment.entry(point, which));
            effects[which] = (means[point + 1] - means[point]) / moved;
        }
    }
    return effects;
}

bool is_complete(std::span<const double> values) {
    for (const double value : values) {
        if (std::isnan(value)) return false;
    }
    return true;
}

}

Findings elementary_effects(const Experiment& experiment, const OutcomeAtPoints& outcome,
                            double confidence) {
    const std::vector<double> means = point_means(experiment, outcome);
    const std::size_t factors = experiment.factors.size();
    std::vector<std::vector<double>> effects(factors);
    Findings findings{.rows = {}};
    findings.measures = {{.name = "mu_star", .header = "mu*", .in_unit = true},
                         {.name = "mu", .header = "mu", .in_unit = true},
                         {.name = "sigma", .header = "sigma", .in_unit = true}};
    for (std::size_t first = 0; first < means.size(); first += factors + 1) {
        if (!is_complete(std::span(means).subspan(first, factors + 1))) {
            ++findings.left_out;
            continue;
        }
        ++findings.blocks;
        const std::vector<double> own = effects_in(experiment, first, means);
        for (std::size_t which = 0; which < factors; ++which) effects[which].push_back(own[which]);
    }
    for (std::size_t which = 0; which < factors; ++which) {
        const Summary mu = summarise(effects[which], confidence);
        for (double& effect : effects[which]) effect = std::abs(effect);
        const Summary size = summarise(effects[which], confidence);
        findings.rows.push_back(experiment.factors[which].name);
        findings.measures[0].rows.push_back({size.mean, size.interval});
        findings.measures[1].rows.push_back({mu.mean, mu.interval});
        findings.measures[2].rows.push_back({mu.sd, {}});
    }
    return findings;
}

}
