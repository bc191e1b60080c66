#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "analysis/experiment.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {

namespace {

/// The first point that is not where that order wants it; none when all are.
std::optional<std::size_t> stray_point(const Experiment& experiment, const SaltelliOrder& order) {
    const std::size_t factors = experiment.factors.size();
    for (std::size_t a = 0; a < experiment.points(); a += factors + 2) {
        const std::size_t b = a + order.b;
        for (std::size_t which = 0; which < factors; ++which) {
            const std::size_t mixture = a + order.first_mixture + which;
            for (std::size_t factor = 0; factor < factors; ++factor) {
                const std::size_t from = factor == which ? b : a;
                if (!experiment.agree(mixture, from, factor)) return mixture;
            }
        }
    }
    return std::nullopt;
}

std::string saltelli_misfit(const Experiment& experiment) {
    const std::size_t factors = experiment.factors.size();
    if (factors < 2) {
        return fmt::format("{}: saltelli with one factor (its indices share the variance out "
                           "between factors); vary two or more, or use method oat",
                           experiment.source);
    }
    if (experiment.points() % (factors + 2) != 0) {
        return fmt::format("{}: {} rows are no multiple of {} (saltelli has N x (factors + 2) of "
                           "them, here N x ({} + 2)); complete the rows, or name the factors with "
                           "--factor",
                           experiment.source, experiment.points(), factors + 2, factors);
    }
    const auto stray = stray_point(experiment, {});
    if (!stray || !stray_point(experiment, saltelli_order(experiment))) return "";
    return fmt::format("{}: is not the mixture that saltelli has here (each base row is A, B, then "
                       "A with one factor after the other from B; or A, mixtures, B)",
                       experiment.place(*stray));
}

std::string morris_misfit(const Experiment& experiment) {
    const std::size_t rows = experiment.factors.size() + 1;
    if (experiment.points() % rows != 0) {
        return fmt::format("{}: {} rows are no multiple of {} (morris has trajectories of factors "
                           "+ 1 rows); complete the rows, or name the factors with --factor",
                           experiment.source, experiment.points(), rows);
    }
    for (std::size_t point = 0; point < experiment.points(); ++point) {
        std::size_t changed = 0;
        for (std::size_t factor = 0; factor + 1 < rows && point % rows > 0; ++factor) {
            if (experiment.agree(point - 1, point, factor)) continue;
            ++changed;
            for (std::size_t before = point - point % rows; before + 1 < point; ++before) {
                if (!experiment.agree(before, before + 1, factor)) ++changed;
            }
        }
        if (changed > 1) {
            return fmt::format("{}: is no step of morris (one factor after the other moves, each "
                               "once in a trajectory of {} rows)",
                               experiment.place(point), rows);
        }
    }
    return "";
}

std::string oat_misfit(const Experiment& experiment) {
    for (std::size_t point = 1; point < experiment.points(); ++point) {
        std::size_t changed = 0;
        for (std::size_t factor = 0; factor < experiment.factors.size(); ++factor) {
            changed += experiment.agree(0, point, factor) ? 0 : 1;
        }
        if (changed > 1) {
            return fmt::format("{}: differs from the base, which is the first row, in {} factors "
                               "(oat changes one at a time)",
                               experiment.place(point), changed);
        }
    }
    return "";
}

std::string sample_misfit(const Experiment& experiment) {
    const std::size_t least = experiment.factors.size() + 3;
    if (experiment.points() < least) {
        return fmt::format("{}: {} points (the rank correlations of {} factors take at least {})",
                           experiment.source, experiment.points(), experiment.factors.size(),
                           least);
    }
    for (std::size_t factor = 0; factor < experiment.factors.size(); ++factor) {
        bool varies = false;
        for (std::size_t point = 0; point < experiment.points(); ++point) {
            if (std::isnan(experiment.entry(point, factor))) {
                return fmt::format("{}: factor {} is as the arm has it (a rank takes a value); "
                                   "use method oat",
                                   experiment.place(point), experiment.factors[factor].name);
            }
            varies = varies || !experiment.agree(0, point, factor);
        }
        if (!varies) {
            return fmt::format("{}: factor {} has the same value at every point (what does not "
                               "vary cannot be told to matter); leave it out",
                               experiment.source, experiment.factors[factor].name);
        }
    }
    return "";
}

}

SaltelliOrder saltelli_order(const Experiment& experiment) {
    const SaltelliOrder salib{.b = experiment.factors.size() + 1, .first_mixture = 1};
    const bool ours = !stray_point(experiment, {});
    return ours || stray_point(experiment, salib) ? SaltelliOrder{} : salib;
}

std::string misfit(const Experiment& experiment, const std::string& method) {
    if (method == "saltelli") return saltelli_misfit(experiment);
    if (method == "morris") return morris_misfit(experiment);
    if (method == "oat") return oat_misfit(experiment);
    return sample_misfit(experiment);
}

}
