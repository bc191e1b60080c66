#include <span>
#include <variant>

#include <fmt/format.h>

#include "analysis/sensitivity.hpp"

namespace cercle::analysis {

namespace {

std::string text_of(const sim::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{:.6g}", *number);
    return "list";
}

/// "market.price = 900", or that nothing is changed.
std::string row_of(const Experiment& experiment, std::size_t point) {
    for (std::size_t which = 0; which < experiment.factors.size(); ++which) {
        if (experiment.agree(0, point, which)) continue;
        const scenarios::Factor& factor = experiment.factors[which];
        return fmt::format("{} = {}", factor.name,
                           text_of(factor.value(experiment.entry(point, which))));
    }
    return point == 0 ? "base" : "base, again";
}

}

Findings single_effects(const Experiment& experiment, const OutcomeAtPoints& outcome,
                        double confidence) {
    const std::size_t replicates = experiment.replicates;
    const auto runs_of = [&](std::size_t point) {
        return std::span(outcome.values).subspan(point * replicates, replicates);
    };
    Findings findings{.rows = {}, .decisive = 1};
    findings.measures = {{.name = "outcome", .header = "outcome", .in_unit = true},
                         {.name = "effect", .header = "effect", .in_unit = true}};
    for (std::size_t point = 0; point < experiment.points(); ++point) {
        const Summary own = summarise(runs_of(point), confidence);
        const PairedDifference effect = paired_difference(runs_of(point), runs_of(0), confidence);
        findings.rows.push_back(row_of(experiment, point));
        findings.measures[0].rows.push_back({own.mean, own.interval});
        findings.measures[1].rows.push_back(point == 0 ? Estimate{}
                                                       : Estimate{effect.mean, effect.interval});
        ++(own.count > 0 ? findings.blocks : findings.left_out);
    }
    return findings;
}

}
