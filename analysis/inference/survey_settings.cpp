#include "analysis/inference/survey_settings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/people_file.hpp"
#include "scenarios/problems.hpp"
#include "scenarios/ties_file.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"
#include "sim/text_file.hpp"

namespace cercle::analysis {
namespace {

using scenarios::Member;
using scenarios::Node;
using scenarios::Place;
using scenarios::Table;

/// Reads the document of a survey.toml, noting what is wrong.
class SettingsReader {
public:
    SettingsReader(SurveySettings& settings, scenarios::ProblemList& problems)
        : settings_(settings), problems_(problems) {}

    void read(const Table& top) {
        static const std::vector<std::string> keys{"columns", "scale",   "dates", "decimal",
                                                   "wave",    "privacy", "assume"};
        for (const Member& given : top) {
            if (given.key == "columns") {
                each_table(given, file_names(), [&](const Member& file) { read_columns(file); });
            } else if (given.key == "scale") {
                each_table(given, {}, [&](const Member& scale) { read_scale(scale); });
            } else if (given.key == "dates") {
                settings_.dates = one_of(given, date_forms());
            } else if (given.key == "decimal") {
                settings_.decimal_comma = one_of(given, {".", ","}) == ",";
            } else if (given.key == "wave") {
                settings_.wave = one_of(given, {"day", "month", "quarter"});
            } else if (given.key == "privacy") {
                read_privacy(given);
            } else if (given.key == "assume") {
                read_assumptions(given);
            } else {
                unknown(given, "setting", keys);
            }
        }
    }

private:
    static const std::vector<std::string>& file_names() {
        static const std::vector<std::string> names{"people", "ties",      "waves",
                                                    "events", "handovers", "covariates"};
        return names;
    }
    void problem(Place place, std::string sentence) {
        problems_.add(place, "", std::move(sentence));
    }
    void unknown(const Member& given, const char* what, const std::vector<std::string>& known) {
        problem(given.place,
                fmt::format("unknown {} {}{} (one of {})", what, given.key,
                            sim::did_you_mean(given.key, known), fmt::join(known, ", ")));
    }
    void wrong(const Member& given, const std::string& form) {
        problem(given.value.place,
                fmt::format("{} = {} is not {}", given.key, shown(given.value), form));
    }
    /// Visits the tables of a table; `known` names them, or they are the user's own.
    template <class Visit>
    void each_table(const Member& given, const std::vector<std::string>& known, Visit visit) {
        if (!given.value.table()) return wrong(given, "a table");
        for (const Member& inner : *given.value.table()) {
            if (!known.empty() && std::ranges::find(known, inner.key) == known.end()) {
                unknown(inner, "file", known);
            } else if (!inner.value.table()) {
                wrong(inner, "a table");
            } else {
                visit(inner);
            }
        }
    }
    void read_columns(const Member& file) {
        auto& names = settings_.columns[file.key];
        for (const Member& given : *file.value.table()) {
            const std::vector<std::string>& known = known_columns(file.key);
            if (std::ranges::find(known, given.key) == known.end()) {
                unknown(given, "column", known);
            } else if (!given.value.text() || given.value.text()->empty()) {
                wrong(given, "the name of a column in quotes");
            } else if (std::ranges::any_of(names, [&](const auto& name) {
                           return name.second == *given.value.text();
                       })) {
                wrong(given, "free (another name takes that column)");
            } else {
                names.emplace(given.key, *given.value.text());
            }
        }
    }
    void read_scale(const Member& instrument) {
        static const std::vector<std::string> ends{"min", "max"};
        ScaleSetting scale{.line = instrument.place.line};
        for (const Member& end : *instrument.value.table()) {
            const auto* whole = std::get_if<std::int64_t>(&end.value.value);
            const auto* real = std::get_if<double>(&end.value.value);
            if (std::ranges::find(ends, end.key) == ends.end()) {
                unknown(end, "end of a scale", ends);
            } else if (!whole && !real) {
                wrong(end, "a number");
            } else {
                (end.key == "min" ? scale.min : scale.max) =
                    whole ? static_cast<double>(*whole) : *real;
            }
        }
        if (scale.min >= scale.max) {
            problem(instrument.place, fmt::format("scale.{}: min = {} is not below max = {}",
                                                  instrument.key, scale.min, scale.max));
        }
        settings_.scales.emplace(instrument.key, scale);
    }
    void read_assumptions(const Member& given) {
        static const std::map<std::string, double SurveyAssumptions::*> shares{
            {"reliability_employees", &SurveyAssumptions::reliability_employees},
            {"reliability_clients", &SurveyAssumptions::reliability_clients},
            {"team_shocks", &SurveyAssumptions::team_shocks},
            {"shock_memory", &SurveyAssumptions::shock_memory},
            {"shared_shocks", &SurveyAssumptions::shared_shocks},
            {"homophily", &SurveyAssumptions::homophily}};
        if (!given.value.table()) return wrong(given, "a table");
        std::vector<std::string> names;
        for (const auto& [name, share] : shares) names.push_back(name);
        for (const Member& inner : *given.value.table()) {
            const auto* whole = std::get_if<std::int64_t>(&inner.value.value);
            const auto* real = std::get_if<double>(&inner.value.value);
            const double share = whole ? static_cast<double>(*whole) : real ? *real : -1.0;
            const double most = inner.key == "shared_shocks" ? 1.0 : 0.95;
            const double least = inner.key.starts_with("reliability") ? 0.3 : 0.0;
            const auto found = shares.find(inner.key);
            if (found == shares.end()) {
                unknown(inner, "assumption", names);
            } else if (!(share >= least && share <= most)) {
                wrong(inner, fmt::format("a share from {} to {}", least, most));
            } else {
                settings_.assumed.*found->second = share;
            }
        }
    }
    std::string one_of(const Member& given, const std::vector<std::string>& choices) {
        const std::string* text = given.value.text();
        if (text && std::ranges::find(choices, *text) != choices.end()) return *text;
        wrong(given, fmt::format("one of \"{}\"{}", fmt::join(choices, "\", \""),
                                 text ? sim::did_you_mean(*text, choices) : ""));
        return choices.front();
    }
    void read_privacy(const Member& given) {
        constexpr std::int64_t most = 1'000'000;
        const auto* fewest = std::get_if<std::int64_t>(&given.value.value);
        if (!fewest || *fewest < 1 || *fewest > most) {
            return wrong(given, fmt::format("a number of people, {} to {}", fewest_in_group, most));
        }
        if (*fewest < static_cast<std::int64_t>(fewest_in_group)) {
            return problem(given.value.place,
                           fmt::format("privacy = {} is below {} (it may be raised, never lowered: "
                                       "fewer people could be told apart)",
                                       *fewest, fewest_in_group));
        }
        settings_.fewest_told = static_cast<std::size_t>(*fewest);
    }

    SurveySettings& settings_;
    scenarios::ProblemList& problems_;
};

}

const std::vector<std::string>& date_forms() {
    static const std::vector<std::string> forms{"YYYY-MM-DD", "DD/MM/YYYY", "DD.MM.YYYY",
                                                "DD-MM-YYYY", "MM/DD/YYYY"};
    return forms;
}

const std::vector<std::string>& known_columns(const std::string& file) {
    static const std::map<std::string, std::vector<std::string>> known{
        {"people", scenarios::people_columns()},
        {"ties", scenarios::ties_columns()},
        {"waves",
         {"person_id", "date", "score", "scale_min", "scale_max", "instrument", "n_items",
          "responded"}},
        {"events", {"person_id", "date", "event", "cause"}},
        {"handovers", {"client_id", "date", "old_id", "new_id", "reason"}},
        {"covariates", {"person_id", "date", "name", "value", "exogenous"}}};
    return known.at(file);
}

SurveySettings read_survey_settings(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "survey.toml";
    if (!std::filesystem::exists(path)) return {};
    const scenarios::ScenarioSource source{
        .name = path.string(), .text = sim::read_text_file(path, "file of settings"), .folder = {}};
    SurveySettings settings{.file = path.string()};
    scenarios::ProblemList problems;
    const Table top = scenarios::parse_document(source.text, problems);
    SettingsReader(settings, problems).read(top);
    if (!problems.empty()) throw sim::UserError(problems.text(source));
    return settings;
}

}
