#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/json_number.hpp"
#include "analysis/network_report.hpp"
#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {
namespace {

std::string shown(double number, int decimals = 3) {
    return std::isnan(number) ? "-" : fmt::format("{:.{}f}", number, decimals);
}

/// 3, 0.25, 213.6: as many digits as tell something.
std::string brief(double number) {
    return std::isnan(number) ? "-" : fmt::format("{:.4g}", number);
}

std::string spread_text(const sim::Spread& spread) {
    return fmt::format("mean {}, coefficient of variation {}, from {} to {}", shown(spread.mean, 2),
                       shown(spread.cv), brief(spread.min), brief(spread.max));
}

std::string weights_text(const sim::TieWeights& weight) {
    return fmt::format("mean {}, median {}, 90 % up to {}, largest {}; logarithm: mean {}, "
                       "standard deviation {}",
                       shown(weight.mean, 2), brief(weight.median), brief(weight.ninety_percent),
                       brief(weight.max), shown(weight.log_mean), shown(weight.log_sd));
}

std::string structure_text(const sim::GraphMeasures& measures) {
    std::string text;
    text += labelled_line("density", shown(measures.density, 4));
    if (measures.directed) text += labelled_line("reciprocity", shown(measures.reciprocity));
    text += labelled_line("clustering", fmt::format("transitivity {}, mean of the nodes {}",
                                                    shown(measures.transitivity),
                                                    shown(measures.mean_clustering)));
    text += labelled_line("degree assortativity", shown(measures.degree_assortativity));
    text += labelled_line("components", fmt::format("{}, the largest of {}", measures.components,
                                                    measures.largest_component));
    text += labelled_line("shortest paths",
                          fmt::format("mean {}, longest {}{}", shown(measures.mean_path),
                                      measures.diameter,
                                      measures.paths_sampled ? " or more (from 1000 nodes)" : ""));
    const double top = measures.largest_eigenvalue;
    text += labelled_line("largest eigenvalue",
                          top > 0.0 ? fmt::format("{:.10f} (SIS threshold {:.10f})", top, 1.0 / top)
                                    : shown(top, 10));
    return text;
}

std::string mixing_text(const Mixing& mixing) {
    std::string groups;
    for (std::size_t i = 0; i < mixing.groups.size() && i < 12; ++i) {
        groups += fmt::format("{}{} {}", i == 0 ? "" : ", ", mixing.groups[i], mixing.sizes[i]);
    }
    if (mixing.groups.size() > 12) groups += fmt::format(" and {} more", mixing.groups.size() - 12);
    std::string text = fmt::format("\nBy {}\n", mixing.by);
    text += labelled_line("groups", fmt::format("{}: {}", mixing.groups.size(), groups));
    text += labelled_line("assortativity", shown(mixing.assortativity));
    if (!std::isnan(mixing.number_assortativity)) {
        text += labelled_line("correlation over ties", shown(mixing.number_assortativity));
    }
    text += labelled_line("modularity",
                          fmt::format("{} of ties, {} of weights", shown(mixing.modularity),
                                      shown(mixing.weighted_modularity)));
    return text;
}

using Json = nlohmann::ordered_json;

Json spread_json(const sim::Spread& spread) {
    return {{"mean", json_number(spread.mean)},
            {"cv", json_number(spread.cv)},
            {"min", json_number(spread.min)},
            {"max", json_number(spread.max)}};
}

Json mixing_json(const Mixing& mixing) {
    Json groups = Json::array();
    for (std::size_t i = 0; i < mixing.groups.size(); ++i) {
        groups.push_back({{"name", mixing.groups[i]}, {"size", mixing.sizes[i]}});
    }
    return {{"by", mixing.by},
            {"groups", groups},
            {"assortativity", json_number(mixing.assortativity)},
            {"number_assortativity", json_number(mixing.number_assortativity)},
            {"modularity", json_number(mixing.modularity)},
            {"weighted_modularity", json_number(mixing.weighted_modularity)}};
}

}

std::string network_report_text(const NetworkReport& report) {
    const sim::GraphMeasures& measures = report.measures;
    std::string text = fmt::format("{}\n", shortened(report.source, page_width));
    const std::string teams = fmt::format(" ({}, {})", counted(report.teams, "team"),
                                          counted(report.managers, "manager"));
    text += labelled_line(report.teams > 0 ? "people" : "nodes",
                          fmt::format("{}{}", measures.nodes, report.teams > 0 ? teams : ""));
    if (report.clients > 0) {
        text += labelled_line("clients", fmt::format("{} ({}, {} among them)", report.clients,
                                                     counted(report.accounts, "account"),
                                                     counted(report.client_ties, "tie")));
    }
    text += labelled_line("ties", fmt::format("{} ({})", measures.ties,
                                              measures.directed ? "directed" : "undirected"));
    text +=
        labelled_line(measures.directed ? "people named" : "degree", spread_text(measures.degree));
    text += labelled_line("strength", spread_text(measures.strength));
    text += labelled_line("weight of a tie", weights_text(measures.weight));
    text += structure_text(measures);
    if (report.mixing) text += mixing_text(*report.mixing);
    return text;
}

std::string network_report_json(const NetworkReport& report) {
    const sim::GraphMeasures& m = report.measures;
    Json json{{"source", report.source},
              {"nodes", m.nodes},
              {"ties", m.ties},
              {"directed", m.directed},
              {"teams", report.teams},
              {"managers", report.managers},
              {"clients", report.clients},
              {"accounts", report.accounts},
              {"client_ties", report.client_ties},
              {"degree", spread_json(m.degree)},
              {"strength", spread_json(m.strength)}};
    json["weight"] = {{"mean", json_number(m.weight.mean)},
                      {"median", json_number(m.weight.median)},
                      {"ninety_percent", json_number(m.weight.ninety_percent)},
                      {"max", json_number(m.weight.max)},
                      {"log_mean", json_number(m.weight.log_mean)},
                      {"log_sd", json_number(m.weight.log_sd)}};
    json["density"] = json_number(m.density);
    json["reciprocity"] = json_number(m.reciprocity);
    json["transitivity"] = json_number(m.transitivity);
    json["mean_clustering"] = json_number(m.mean_clustering);
    json["degree_assortativity"] = json_number(m.degree_assortativity);
    json["components"] = m.components;
    json["largest_component"] = m.largest_component;
    json["mean_path"] = json_number(m.mean_path);
    json["diameter"] = m.diameter;
    json["paths_sampled"] = m.paths_sampled;
    json["largest_eigenvalue"] = json_number(m.largest_eigenvalue);
    json["mixing"] = report.mixing ? mixing_json(*report.mixing) : Json();
    return json.dump(2) + "\n";
}

}
