#include <algorithm>

#include "analysis/compare_arms.hpp"
#include "analysis/report/sections.hpp"
#include "analysis/report/sources.hpp"

namespace cercle::analysis {
namespace {

/// Above so many arms a column for each leaves no room for the others.
constexpr std::size_t most_columns = 3;

/// "0.45 (sa, mutual), 0.58 (scop)": each value once, with the arms that have it.
std::string values_and_arms(const ParameterOfArms& parameter,
                            const std::vector<scenarios::Arm>& arms, const ReportWords& words) {
    std::vector<std::pair<std::string, std::string>> told;
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
        const auto known = std::ranges::find(told, parameter.values[arm],
                                             &std::pair<std::string, std::string>::first);
        if (known == told.end()) {
            told.emplace_back(parameter.values[arm], arms[arm].name);
        } else {
            known->second += ", " + arms[arm].name;
        }
    }
    std::string text;
    for (const auto& [value, holders] : told)
        text += fmt::format("{}{} ({})", text.empty() ? "" : words("; ", " ; "),
                            parameter_value(value, words), holders);
    return text;
}

ReportTable differing_table(const scenarios::Scenario& scenario, const ParametersOfArms& parameters,
                            const ReportWords& words) {
    const bool has_columns = scenario.arms.size() <= most_columns;
    ReportTable table{.title = words("Set differently in the arms", "Différents selon les bras"),
                      .header = {words("Parameter", "Paramètre")},
                      .rows = {},
                      .word_columns = scenario.arms.size() + 4};
    if (has_columns) {
        for (const scenarios::Arm& arm : scenario.arms) table.header.push_back(arm.name);
    } else {
        table.header.push_back(words("Values (arms)", "Valeurs (bras)"));
    }
    table.header.push_back(words("Unit", "Unité"));
    table.header.push_back(words("Assumed", "Supposé"));
    table.header.push_back(words("Source", "Source"));
    for (const ParameterOfArms& parameter : parameters.differing) {
        std::vector<std::string> row = {parameter.path};
        if (has_columns) {
            for (const std::string& value : parameter.values)
                row.push_back(parameter_value(value, words));
        } else {
            row.push_back(values_and_arms(parameter, scenario.arms, words));
        }
        row.push_back(parameter_unit(parameter.unit, words));
        row.push_back(parameter.is_assumed() ? words("yes", "oui") : words("no", "non"));
        row.push_back(source_words(parameter.source, words));
        table.rows.push_back(std::move(row));
    }
    return table;
}

/// "0.1 to 0.9 (logarithmic)", or the levels.
std::string values_of(const scenarios::Factor& factor, const ReportWords& words) {
    const auto value = [&](const sim::Value& each) {
        return parameter_value(sim::to_text(each), words);
    };
    if (factor.is_range()) {
        return words("{} to {}{}", "{} à {}{}", value(factor.low), value(factor.high),
                     factor.logarithmic ? words(" (logarithmic)", " (logarithmique)") : "");
    }
    std::string text;
    for (const sim::Value& level : factor.levels)
        text += (text.empty() ? "" : words(", ", " ; ")) + value(level);
    return text;
}

/// What the design varies, and how far.
ReportTable varied_table(const ParametersOfArms& parameters, const ReportWords& words) {
    ReportTable table{.title = words("Varied by the design, in all arms alike",
                                     "Variés par le plan d'expérience, dans tous les bras de même"),
                      .header = {words("Parameter", "Paramètre"), words("Values", "Valeurs"),
                                 words("Unit", "Unité"), words("Assumed", "Supposé"),
                                 words("Source", "Source")},
                      .rows = {},
                      .word_columns = 5};
    for (const VariedParameter& parameter : parameters.varied) {
        table.rows.push_back(
            {parameter.path, values_of(parameter.factor, words),
             parameter_unit(parameter.unit, words),
             says_assumed(parameter.source) ? words("yes", "oui") : words("no", "non"),
             source_words(parameter.source, words)});
    }
    return table;
}

std::string title_of_shared(std::size_t arms, bool assumed, const ReportWords& words) {
    if (arms == 1)
        return assumed ? words("Assumed", "Supposés") : words("With a source", "Avec une source");
    return assumed ? words("The same in all arms, assumed", "Communs à tous les bras, supposés")
                   : words("The same in all arms, with a source",
                           "Communs à tous les bras, avec une source");
}

/// Parameters that all arms share, assumed or not.
ReportTable shared_table(const scenarios::Scenario& scenario, const ParametersOfArms& parameters,
                         bool assumed, const ReportWords& words) {
    ReportTable table{.title = title_of_shared(scenario.arms.size(), assumed, words),
                      .header = {words("Parameter", "Paramètre"), words("Value", "Valeur"),
                                 words("Unit", "Unité"), words("Source", "Source")},
                      .rows = {},
                      .word_columns = 4};
    const auto& arms = scenario.arms;
    for (const sim::Parameter& parameter : scenarios::all_parameters()) {
        if (!arms.front().settings.has(parameter.path)) continue;
        const sim::Value& value = arms.front().settings.value(parameter.path);
        const bool shared = std::ranges::all_of(arms, [&](const scenarios::Arm& arm) {
            return arm.settings.value(parameter.path) == value;
        });
        const bool varied = std::ranges::find(parameters.varied, parameter.path,
                                              &VariedParameter::path) != parameters.varied.end();
        if (!shared || varied || says_assumed(parameter.source) != assumed) continue;
        table.rows.push_back({parameter.path, parameter_value(sim::to_text(value), words),
                              parameter_unit(parameter.unit, words),
                              source_words(parameter.source, words)});
    }
    return table;
}

/// How many parameters there are, and how many of them are assumed.
std::string summary(const ParametersOfArms& parameters, std::size_t arms,
                    const ReportWords& words) {
    const auto assumed = static_cast<std::size_t>(
        std::ranges::count_if(parameters.differing, &ParameterOfArms::is_assumed));
    const std::string shared = words.count(parameters.shared_assumed);
    const std::string warning = words(" What rests on an assumed number is a consequence of it, "
                                      "not a finding.",
                                      " Ce qui repose sur une valeur supposée en est une "
                                      "conséquence, pas une découverte.");
    if (arms == 1) {
        return words("Of the {} in use, {} rest on assumed numbers.{}",
                     "Sur {} en usage, {} reposent sur des valeurs supposées.{}",
                     words.counted(parameters.shared, {"parameter", "parameters"},
                                   {"paramètre", "paramètres"}),
                     shared, warning);
    }
    return words("{} the arms apart, {} of them with assumed numbers; {} are the same in all "
                 "arms, {} of these assumed.{}",
                 "{} bras, dont {} aux valeurs supposées ; {} sont communs à tous les bras, dont "
                 "{} supposés.{}",
                 words.counted(parameters.differing.size(), {"parameter sets", "parameters set"},
                               {"paramètre distingue les", "paramètres distinguent les"}),
                 words.count(assumed), words.count(parameters.shared), shared, warning);
}

}

ReportSection assumptions_section(const scenarios::Scenario& scenario, const ReportWords& words) {
    const ParametersOfArms parameters = parameters_of_arms(scenario);
    ReportSection section{.id = "assumptions",
                          .heading = words("What is assumed", "Ce qui est supposé")};
    section.paragraphs.push_back(summary(parameters, scenario.arms.size(), words));
    if (words.french()) {
        section.paragraphs.push_back(
            "Les noms des paramètres et de leurs choix sont ceux des fichiers de scénario ; cercle "
            "params donne le sens, les bornes et la source complète de chacun.");
    }
    if (!parameters.varied.empty()) section.tables.push_back(varied_table(parameters, words));
    if (!parameters.differing.empty())
        section.tables.push_back(differing_table(scenario, parameters, words));
    section.folded_label =
        scenario.arms.size() == 1
            ? words("The {} parameters", "Les {} paramètres", words.count(parameters.shared))
            : words("The {} parameters that all arms share",
                    "Les {} paramètres communs à tous les bras", words.count(parameters.shared));
    section.folded_tables = {shared_table(scenario, parameters, true, words),
                             shared_table(scenario, parameters, false, words)};
    return section;
}

}
