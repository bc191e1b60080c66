#pragma once

#include <string>

#include "scenarios/reader.hpp"

namespace cercle::scenarios {

inline constexpr PresetFile small_preset_files[] = {
    {"capital", R"(title = "Votes by capital"
chosen_by = "firm.regime"
[firm]
regime = "conventional"
voice = 0.3
)"},
    {"members", R"(title = "Votes by head"
chosen_by = "firm.regime"
[firm]
regime = "cooperative"
voice = 0.6
wage = "2.1 kEUR/month"
)"},
    {"quick", R"(title = "Strong contagion"
[contagion.colleague]
weight = 0.5
[firm]
voice = 0.8
)"},
};

/// A parameter table of a dozen rows, one of each kind, independent of the laws of the model.
inline sim::ParameterTable small_table() {
    const std::string source = "assumed (test)";
    return {
        {"contagion.client.weight", 0.05, "1", sim::fraction, source, "pull of clients"},
        {"contagion.colleague.rule",
         std::string("linear"),
         "",
         sim::any_number,
         source,
         "shape of the pull",
         {"linear", "threshold", "voter"}},
        {"contagion.colleague.weight", 0.15, "1", sim::fraction, source, "pull of colleagues"},
        {"firm.quits", 0.01, "1/month", sim::between(0.0, 1.0), source, "hazard of quitting"},
        {"firm.regime",
         std::string("conventional"),
         "",
         sim::any_number,
         source,
         "who governs",
         {"cooperative", "conventional"}},
        {"firm.split", std::vector<double>{0.5, 0.5}, "1", sim::fraction, source,
         "shares of the profit"},
        {"firm.team_size", 8.0, "1", sim::whole(1.0, 100.0), source, "employees in a team"},
        {"firm.voice", 0.45, "1", sim::fraction, source, "say of employees"},
        {"firm.wage", 2000.0, "EUR/month", sim::positive, source, "pay"},
        {"laws",
         std::vector<std::string>(),
         "",
         sim::any_number,
         source,
         "laws run alone",
         {"sis", "voter"}},
        {"switch.contagion", true, "", sim::any_number, source, "whether contagion is on"},
        {"ties.file", std::string(), "", sim::any_number, source, "CSV file of ties"},
        {"time.years", 10.0, "year", sim::positive, source, "recorded time"},
    };
}

/// Its only rule between values: the split of the profit adds up to 1.
inline Vocabulary small_vocabulary() {
    const auto check = [](const sim::Settings& settings) {
        double sum = 0.0;
        for (const double share : settings.numbers("firm.split")) sum += share;
        sim::Problems problems;
        if (sum != 1.0) problems.push_back({"firm.split", "the shares do not add up to 1"});
        return problems;
    };
    return {.parameters = small_table(),
            .presets = read_presets(small_preset_files, small_table()),
            .check = check};
}

inline Scenario read_small(const std::string& text, std::vector<std::string> overrides = {}) {
    static const Vocabulary vocabulary = small_vocabulary();
    return read_scenario({.name = "s.toml", .text = text, .folder = ".", .overrides = overrides},
                         vocabulary);
}

/// The message a text is refused with; "" when it is read.
inline std::string refusal(const std::string& text, std::vector<std::string> overrides = {}) {
    try {
        read_small(text, std::move(overrides));
    } catch (const sim::UserError& error) {
        return error.what();
    }
    return {};
}

}
