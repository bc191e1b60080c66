#include "analysis/inference/method_options.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "analysis/inference/methods.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

/// An option and the methods that look at it.
struct MethodOption {
    std::string name;
    std::vector<std::string> methods;
};

const std::vector<MethodOption>& method_options() {
    using Names = std::vector<std::string>;
    static const Names resembling{"moran", "geary", "join_count", "assortativity"};
    static const Names peers{"peer_ols", "sar_ml", "tsls"};
    static const Names timed{"exposure_logit", "shuffle", "reversal"};
    const auto all_of = [](const std::vector<Names>& lists) {
        Names names;
        for (const Names& each : lists) names.insert(names.end(), each.begin(), each.end());
        return names;
    };
    static const std::vector<MethodOption> options{
        {"--wave", all_of({resembling, {"icc"}, peers})},
        {"--layer", all_of({resembling, peers, {"nar"}, timed, {"handover"}})},
        {"--direction", all_of({resembling, peers, {"nar"}, timed})},
        {"--weights", all_of({{"moran", "geary", "join_count"}, peers, {"exposure_logit"}})},
        {"--covariates", all_of({peers, {"nar", "exposure_logit"}})},
        {"--contextual", peers},
        {"--fixed-effects", {"peer_ols", "tsls", "nar", "exposure_logit"}},
        {"--cluster", {"peer_ols", "tsls", "nar", "exposure_logit"}},
        {"--instruments", {"tsls"}},
        {"--lag", all_of({{"nar"}, timed})},
        {"--isolates", all_of({resembling, peers})},
        {"--period", timed}};
    return options;
}

}

std::vector<std::string> options_of_methods() {
    std::vector<std::string> names;
    for (const MethodOption& option : method_options()) names.push_back(option.name);
    return names;
}

void expect_options(const std::string& method, const std::vector<std::string>& given,
                    const Question& question) {
    if (std::ranges::find(method_names(), method) == method_names().end()) return;
    std::vector<std::string> problems;
    for (const auto& [name, methods] : method_options()) {
        if (std::ranges::find(given, name) == given.end()) continue;
        if (std::ranges::find(methods, method) != methods.end()) continue;
        problems.push_back(fmt::format("{}: --method {} does not look at it (it goes with {}); "
                                       "leave it out",
                                       name, method, fmt::join(methods, ", ")));
    }
    const bool with_layer = std::ranges::find(given, "--layer") != given.end();
    if (method == "handover" && with_layer && question.layer != "employee_client") {
        problems.push_back(fmt::format("--layer {}: --method handover is about clients and those "
                                       "who serve them; leave it out (or --layer employee_client)",
                                       question.layer));
    }
    if (problems.empty()) return;
    throw sim::UserError(fmt::format("{}", fmt::join(problems, "\n")));
}

}
