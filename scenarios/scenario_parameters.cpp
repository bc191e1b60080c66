#include "scenarios/scenario_parameters.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "models/laboratory/laws.hpp"
#include "scenarios/network_parameters.hpp"
#include "scenarios/scenario.hpp"

namespace cercle::scenarios {
namespace {

constexpr double months_per_year = 12.0;

sim::ParameterTable calendar_parameters() {
    return {
        {.path = "time.years",
         .fallback = 10.0,
         .unit = "year",
         .range = {.low = 0.0, .high = 1000.0, .low_open = true},
         .source = "chosen by the user",
         .meaning = "simulated time that is recorded"},
        {.path = "time.burn_in",
         .fallback = 24.0,
         .unit = "month",
         .range = sim::between(0.0, 12000.0),
         .source = "assumed (more than three half-lives of engagement)",
         .meaning = "time simulated before recording starts, to forget the initial state"},
        {.path = "time.step",
         .fallback = 1.0,
         .unit = "month",
         .range = sim::between(0.25, 1.0),
         .source = "assumed (Euler error under 5 % at one month)",
         .meaning = "length of a step: 1, 0.5 or 0.25"},
    };
}

sim::ParameterTable observation_parameters() {
    return {
        {.path = "observe.every",
         .fallback = 1.0,
         .unit = "month",
         .range = sim::positive,
         .source = "chosen by the user",
         .meaning = "time between two rows of the recorded series"},
        {.path = "observe.window",
         .fallback = 36.0,
         .unit = "month",
         .range = sim::positive,
         .source = "chosen by the user",
         .meaning =
             "last months of a run over which its outcomes are averaged (all of a shorter run)"},
        {.path = "observe.series",
         .fallback = std::string("default"),
         .unit = "",
         .source = "chosen by the user",
         .meaning = "series to record",
         .choices = {"default", "none"}},
        {.path = "observe.agents",
         .fallback = std::string("never"),
         .unit = "",
         .source = "chosen by the user",
         .meaning = "when the state of every agent is recorded; not possible yet",
         .choices = {"never"}},
        {.path = "laws",
         .fallback = std::vector<std::string>(),
         .unit = "",
         .source = "chosen by the user",
         .meaning = "law to run alone (laboratory mode); empty: the whole model",
         .choices = laboratory_law_names()},
    };
}

/// Whether a length is a whole number of steps, up to rounding.
bool fits(double length, double step) {
    const double steps = length / step;
    return std::abs(steps - std::round(steps)) < 1e-9 * std::max(1.0, steps);
}

void check_steps(const sim::Settings& settings, sim::Problems& problems) {
    const double step = settings.number("time.step");
    const auto check = [&](const std::string& path, double months) {
        if (fits(months, step)) return;
        problems.push_back(
            {path, fmt::format("{} = {} is not a whole number of steps (of {} month) "
                               "change it or time.step",
                               path, settings.number(path), step)});
    };
    check("time.years", months_per_year * settings.number("time.years"));
    check("time.burn_in", settings.number("time.burn_in"));
    check("observe.every", settings.number("observe.every"));
    if (settings.has("observe.window")) {
        check("observe.window", settings.number("observe.window"));
    }
}

}

const sim::ParameterTable& scenario_parameters() {
    static const sim::ParameterTable table = [] {
        sim::ParameterTable rows = calendar_parameters();
        for (const sim::Parameter& row : observation_parameters()) rows.push_back(row);
        return rows;
    }();
    return table;
}

std::vector<std::string> laboratory_law_names() {
    std::vector<std::string> names;
    for (const models::LaboratoryLaw& law : models::laboratory_laws()) {
        names.push_back(law.law.name);
    }
    return names;
}

void check_periods(const sim::Settings& settings, sim::Problems& problems) {
    check_steps(settings, problems);
    const double months = months_per_year * settings.number("time.years");
    if (settings.number("observe.every") > months) {
        problems.push_back(
            {"observe.every", fmt::format("observe.every = {} months is longer than the {} months "
                                          "recorded (time.years) shorten it",
                                          settings.number("observe.every"), months)});
    }
}

void check_calendar(const sim::Settings& settings, sim::Problems& problems) {
    const double step = settings.number("time.step");
    if (step == 1.0 || step == 0.5 || step == 0.25) {
        check_periods(settings, problems);
        return;
    }
    problems.push_back({"time.step", fmt::format("time.step = {} is not 1, 0.5 or 0.25 month "
                                                 "(the steps the laws are tested with)",
                                                 step)});
}

const sim::ParameterTable& all_parameters() {
    static const sim::ParameterTable table = [] {
        sim::ParameterTable rows = scenario_parameters();
        for (const sim::Parameter& row : network_parameters()) rows.push_back(row);
        for (const sim::Parameter& row : models::parameters()) rows.push_back(row);
        return rows;
    }();
    return table;
}

}
