#include "analysis/inference/methods.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {

namespace {

/// Throws UserError where few people gave one of the two answers whose joins are counted: the count
/// and what is expected of it would tell how many, and whom they are tied to.
void expect_many_of_both(const CrossSection& section, std::size_t fewest) {
    const auto low = (section.y.array() == section.y.minCoeff()).count();
    const auto fewer = std::min<Eigen::Index>(low, section.y.size() - low);
    if (static_cast<std::size_t>(fewer) >= fewest) return;
    throw sim::UserError(fmt::format("--method join_count: fewer than {} people have one of the "
                                     "two values of {} (nothing is told of so few); choose another "
                                     "--outcome or --wave",
                                     fewest, section.outcome));
}

}

const std::vector<std::string>& method_names() {
    static const std::vector<std::string> names{
        "moran", "geary", "join_count",     "assortativity", "icc",      "peer_ols", "sar_ml",
        "tsls",  "nar",   "exposure_logit", "shuffle",       "reversal", "handover"};
    return names;
}

Weighting usual_weighting(const std::string& method) {
    return method == "join_count" ? Weighting::binary : Weighting::row;
}

Estimate estimate_by(const std::string& method, const Survey& survey, const Question& question) {
    using OfSection = Estimate (*)(const CrossSection&, const Question&);
    const std::vector<std::pair<std::string, OfSection>> of_section{
        {"moran", &moran},           {"geary", &geary},
        {"join_count", &join_count}, {"assortativity", &tie_assortativity},
        {"peer_ols", &peer_ols},     {"sar_ml", &sar_ml},
        {"tsls", &peer_tsls}};
    for (const auto& [name, estimator] : of_section) {
        if (name != method) continue;
        Question checked = question; // attributes of contacts are what tsls goes by in any case
        checked.contextual = question.contextual || method == "tsls";
        const CrossSection section = cross_section(survey, checked);
        const Estimate estimate = estimator(section, question);
        if (method == "join_count") expect_many_of_both(section, survey.settings.fewest_told);
        return estimate;
    }
    if (method == "icc") {
        Question without_ties = question;
        without_ties.layer.clear();
        return team_icc(cross_section(survey, without_ties));
    }
    using OfSurvey = Estimate (*)(const Survey&, const Question&);
    const std::vector<std::pair<std::string, OfSurvey>> of_survey{
        {"nar", &nar},
        {"exposure_logit", &exposure_logit},
        {"shuffle", &shuffle_test},
        {"reversal", &reversal_test},
        {"handover", &handover_test}};
    for (const auto& [name, estimator] : of_survey) {
        if (name == method) return estimator(survey, question);
    }
    throw sim::UserError(fmt::format("--method {}: unknown{} (one of {})", method,
                                     sim::did_you_mean(method, method_names()),
                                     fmt::join(method_names(), ", ")));
}

void expect_enough(const Estimate& estimate, const Survey& survey) {
    if (estimate.n >= survey.settings.fewest_told) return;
    throw sim::UserError(fmt::format(
        "--method {}: rests on fewer than {} {} (nothing is told of so few; survey.toml can "
        "raise the number, not lower it below {}) ask about more",
        estimate.method, survey.settings.fewest_told, estimate.unit, fewest_in_group));
}

}
