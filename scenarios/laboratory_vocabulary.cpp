#include "scenarios/laboratory_vocabulary.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/laboratory/founding.hpp"
#include "models/laboratory/laws.hpp"
#include "scenarios/network_parameters.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/scenario_parameters.hpp"

namespace cercle::scenarios {
namespace {

using models::Holding;
using models::LaboratoryLaw;

bool is_or_holds(std::string_view table, std::string_view path) {
    return path == table || (path.starts_with(table) && path[table.size()] == '.');
}

bool has_path(const sim::ParameterTable& table, std::string_view path) {
    return std::ranges::any_of(table, [&](const sim::Parameter& row) {
        return is_or_holds(path, row.path); // a parameter, or a table of some
    });
}

void append(sim::ParameterTable& table, const sim::ParameterTable& more) {
    for (const sim::Parameter& row : more) {
        if (std::ranges::find(table, row.path, &sim::Parameter::path) == table.end()) {
            table.push_back(row);
        }
    }
}

sim::Parameter cluster_gap() {
    return {"observe.cluster_gap",
            0.01,
            "1",
            sim::non_negative,
            "assumed",
            "opinions further apart than this, with none in between, are two clusters"};
}

sim::ParameterTable table_of_law(const LaboratoryLaw& law) {
    sim::ParameterTable table = models::initial_parameters(law.holding);
    append(table, law.law.parameters);
    return table;
}

void check_given(const sim::ParameterTable& table, const sim::Settings& settings,
                 sim::Problems& problems) {
    for (const sim::Parameter& row : table) {
        if (sim::has_default(row) || !std::isnan(settings.number(row.path))) continue;
        const std::string unit = row.unit == "1" ? "" : ", in " + row.unit;
        problems.push_back(
            {row.path, fmt::format("{} is missing ({}{}; it has no default) give it a "
                                   "value",
                                   row.path, row.meaning, unit)});
    }
}

/// The ways in which a start is given, of those that exclude each other.
std::vector<std::string> starts_given(const LaboratoryLaw& law, const sim::Settings& settings) {
    std::vector<std::string> given;
    if (!settings.text("initial.file").empty()) given.emplace_back("initial.file");
    if (law.holding == Holding::state) {
        if (settings.number("initial.share") > 0.0) given.emplace_back("initial.share");
        if (!settings.texts("initial.nodes").empty()) given.emplace_back("initial.nodes");
        return given;
    }
    if (!settings.numbers("initial.values").empty()) given.emplace_back("initial.values");
    if (settings.text("initial.drawn") != "value") given.emplace_back("initial.drawn");
    return given;
}

void check_start(const LaboratoryLaw& law, const sim::Settings& settings, sim::Problems& problems) {
    const std::vector<std::string> given = starts_given(law, settings);
    if (given.size() > 1) {
        problems.push_back({given[1], fmt::format("{} are given together (each says how the nodes "
                                                  "start) keep one of them",
                                                  fmt::join(given, " and "))});
    }
    if (given.empty() && law.holding == Holding::state && law.needs_start) {
        problems.push_back({"initial.share",
                            fmt::format("initial is missing (nothing happens in {} unless a node "
                                        "starts in state 1) write initial.share, initial.nodes or "
                                        "initial.file",
                                        law.law.name)});
    }
    if (law.holding == Holding::opinion && settings.text("initial.drawn") != "value" &&
        !(settings.number("initial.low") < settings.number("initial.high"))) {
        problems.push_back({"initial.low", fmt::format("initial.low = {} is not below initial.high "
                                                       "= {} (opinions start between them)",
                                                       settings.number("initial.low"),
                                                       settings.number("initial.high"))});
    }
}

sim::Problems check(const LaboratoryLaw& law, const sim::Settings& settings) {
    sim::Problems problems;
    if (settings.texts("laws").size() > 1) {
        problems.push_back({"laws", fmt::format("laws names {} laws ({}; a node holds what one law "
                                                "says) keep one",
                                                settings.texts("laws").size(),
                                                fmt::join(settings.texts("laws"), ", "))});
        return problems;
    }
    check_given(law.law.parameters, settings, problems);
    if (problems.empty() && law.law.check) law.law.check(settings, problems);
    check_start(law, settings, problems);
    check_periods(settings, problems);
    return problems;
}

std::string explain(const LaboratoryLaw& law, std::string_view path) {
    if (has_path(all_parameters(), path)) {
        return fmt::format(" (it belongs to the whole model, and laws = [\"{}\"] runs that law "
                           "alone) leave it out",
                           law.law.name);
    }
    for (const LaboratoryLaw& other : models::laboratory_laws()) {
        if (&other == &law || !has_path(table_of_law(other), path)) continue;
        return fmt::format(" (it belongs to {}, and laws = [\"{}\"] runs that law alone) leave it "
                           "out",
                           other.law.name, law.law.name);
    }
    return {};
}

}

sim::ParameterTable laboratory_study_parameters() {
    sim::ParameterTable table;
    for (sim::Parameter row : scenario_parameters()) {
        if (row.path == "observe.window") continue;
        if (row.path == "time.burn_in") {
            row.fallback = 0.0;
            row.source = "chosen by the user";
        }
        if (row.path == "time.step") {
            row.range = {.low = 0.0, .high = 12000.0, .low_open = true};
            row.meaning = "length of a step";
            row.source = "chosen by the user";
        }
        if (row.path == "observe.agents") {
            row.meaning = "when the state of every node is recorded";
            row.choices = {"never", "end"};
        }
        table.push_back(row);
    }
    table.push_back(cluster_gap());
    for (const sim::Parameter& row : network_parameters()) {
        const bool of_graph = row.path.starts_with("network.colleague.") ||
                              row.path == "network.people.file" || row.path == "network.seed";
        if (of_graph && row.path != "network.colleague.cross_site_ties") table.push_back(row);
    }
    return table;
}

Vocabulary laboratory_vocabulary(const std::vector<std::string>& laws) {
    Vocabulary vocabulary{.parameters = laboratory_study_parameters(), .presets = {}, .check = {}};
    const LaboratoryLaw* law = models::laboratory_law(laws.front());
    if (!law) {
        append(vocabulary.parameters, laboratory_parameters());
        return vocabulary;
    }
    append(vocabulary.parameters, table_of_law(*law));
    vocabulary.check = [law](const sim::Settings& settings) { return check(*law, settings); };
    vocabulary.explain = [law](std::string_view path) { return explain(*law, path); };
    return vocabulary;
}

const sim::ParameterTable& laboratory_parameters() {
    static const sim::ParameterTable table = [] {
        sim::ParameterTable rows = {cluster_gap()};
        for (const LaboratoryLaw& law : models::laboratory_laws()) append(rows, table_of_law(law));
        return rows;
    }();
    return table;
}

std::string explain_laboratory(std::string_view path) {
    if (is_or_holds("initial", path)) {
        return " (it says how a law that runs alone starts) leave it out, or name the law in laws";
    }
    for (const LaboratoryLaw& law : models::laboratory_laws()) {
        if (!is_or_holds(law.law.name, path)) continue;
        return fmt::format(" (it belongs to a law that runs alone) leave it out, or write laws = "
                           "[\"{}\"] at the top to run that law alone",
                           law.law.name);
    }
    return {};
}

}
