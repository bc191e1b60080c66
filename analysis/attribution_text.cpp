#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/attribution.hpp"
#include "analysis/json_number.hpp"
#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {

namespace {

std::string interval_text(const Summary& summary, const Scale& scale, int decimals) {
    return fmt::format("[{}, {}]", number_text(summary.interval.low * scale.factor, decimals),
                       number_text(summary.interval.high * scale.factor, decimals));
}

/// A share in percent of the gap; nothing where the gap itself is not told from 0.
std::string percent_of(const Summary& share, const Summary& gap) {
    const double part = share_of_gap(share, gap);
    return std::isnan(part) ? "-" : fmt::format("{:.0f} %", 100.0 * part);
}

/// A bar of at most ten characters for a share of the gap.
std::string bar(const Summary& share, const Summary& gap) {
    const double part = share_of_gap(share, gap);
    if (std::isnan(part)) return "";
    const auto length = static_cast<std::size_t>(std::lround(std::min(std::abs(part), 1.0) * 10.0));
    return std::string(length, part < 0.0 ? '-' : '#') + std::string(10 - length, ' ');
}

std::string assumptions(const Mechanism& mechanism) {
    if (mechanism.assumed == 0) return "-";
    return fmt::format("{} of {}", mechanism.assumed, mechanism.parameters);
}

/// Why a gap is not the difference that `compare` tells.
std::string left_out_text(const Attribution& attribution, const AttributedOutcome& outcome,
                          const Scale& scale, int decimals, std::size_t width) {
    if (outcome.gap.count == attribution.replicates) return "";
    return wrapped(
        fmt::format("Over the {} of {} replicates in which every mixture of the arms has this "
                    "outcome (a firm that fails has none); {} - {} alone: {} {} over {}.",
                    outcome.gap.count, attribution.replicates, attribution.arms[0],
                    attribution.arms[1],
                    signed_text(outcome.whole_gap.mean * scale.factor, decimals),
                    interval_text(outcome.whole_gap, scale, decimals), outcome.whole_gap.count),
        width);
}

std::string table_of(const Attribution& attribution, const AttributedOutcome& outcome,
                     std::size_t width) {
    const Scale scale = scale_of(outcome.metric.unit, std::abs(outcome.gap.mean));
    const int decimals =
        decimals_for(outcome.gap.interval.half_width() * scale.factor, scale.decimals);
    const std::string unit = scale.unit.empty() ? "" : ", " + scale.unit;
    const std::string interval = fmt::format("{:g} % interval", 100.0 * attribution.confidence);
    TextTable table{
        .header = {label_of(outcome.metric) + unit, "share", interval, "of gap", "", "assumed"}};
    const auto add = [&](const std::string& name, const Summary& share, const std::string& a) {
        table.rows.push_back({name, signed_text(share.mean * scale.factor, decimals),
                              interval_text(share, scale, decimals), percent_of(share, outcome.gap),
                              bar(share, outcome.gap), a});
    };
    for (std::size_t i = 0; i < attribution.mechanisms.size(); ++i) {
        add(attribution.mechanisms[i].name, outcome.shares[i],
            assumptions(attribution.mechanisms[i]));
    }
    add(fmt::format("{} - {}", attribution.arms[0], attribution.arms[1]), outcome.gap, "");
    add("differ in assumed numbers", outcome.assumed, "");
    std::string text = "\n";
    for (const std::string& line : lines_of(table, width)) text += line + "\n";
    return text + left_out_text(attribution, outcome, scale, decimals, width);
}

}

std::string attribution_text(const Attribution& attribution, std::size_t width) {
    std::string text = fmt::format(
        "What makes the difference: {} - {}, shared out over {}, {} each\n", attribution.arms[0],
        attribution.arms[1], counted(attribution.mechanisms.size(), "mechanism"),
        counted(attribution.replicates, "replicate"));
    for (const AttributedOutcome& outcome : attribution.outcomes) {
        text += table_of(attribution, outcome, width);
    }
    text +=
        "\n" + wrapped("share = Shapley value: what giving the first arm's values of a mechanism "
                       "adds, averaged over all orders in which mechanisms may be added; the "
                       "shares add up to the difference. Each interval is over replicates, in "
                       "worlds with the same random events.",
                       width);
    for (const Mechanism& mechanism : attribution.mechanisms) {
        if (mechanism.name != scenarios::other_differences || mechanism.paths.empty()) continue;
        text += wrapped(fmt::format("{} = {}: what no mechanism names.", mechanism.name,
                                    fmt::join(mechanism.paths, ", ")),
                        width);
    }
    if (attribution.orders > 0) {
        text += wrapped(fmt::format("Averaged over {} orders drawn at random and their reverses: "
                                    "exact where no three mechanisms act together; otherwise the "
                                    "error of drawing them comes on top of the intervals.",
                                    attribution.orders),
                        width);
    }
    text += wrapped(fmt::format("assumed = numbers in which the arms differ that have no source: "
                                "what rests on them is a consequence of the assumption, not a "
                                "finding. The row is the least that does, for no mechanism is free "
                                "of assumptions: each also acts through numbers that both arms "
                                "share, {} of which are assumed (cercle params); how much hangs on "
                                "these a design over them tells (scenarios/studies/"
                                "assumptions.toml).",
                                attribution.shared_assumed),
                    width);
    return text;
}

nlohmann::ordered_json attribution_json(const Attribution& attribution) {
    const auto summary = [&](const Summary& of) {
        return nlohmann::ordered_json{{"mean", json_number(of.mean)},
                                      {"low", json_number(of.interval.low)},
                                      {"high", json_number(of.interval.high)}};
    };
    nlohmann::ordered_json json = {{"arms", attribution.arms},
                                   {"replicates", attribution.replicates},
                                   {"orders", attribution.orders},
                                   {"confidence", attribution.confidence}};
    for (const AttributedOutcome& outcome : attribution.outcomes) {
        nlohmann::ordered_json one = {
            {"outcome", outcome.metric.name},          {"unit", outcome.metric.unit},
            {"replicates", outcome.gap.count},         {"gap", summary(outcome.gap)},
            {"whole_gap", summary(outcome.whole_gap)}, {"assumed", summary(outcome.assumed)}};
        for (std::size_t i = 0; i < attribution.mechanisms.size(); ++i) {
            auto share = summary(outcome.shares[i]);
            share["mechanism"] = attribution.mechanisms[i].name;
            share["parameters"] = attribution.mechanisms[i].parameters;
            share["assumed_parameters"] = attribution.mechanisms[i].assumed;
            one["shares"].push_back(share);
        }
        json["outcomes"].push_back(one);
    }
    return json;
}

}
