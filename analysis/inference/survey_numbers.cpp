#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "analysis/inference/cross_section.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<std::string> number_names(const Survey& survey) {
    std::vector<std::string> names;
    for (const Instrument& instrument : survey.instruments) names.push_back(instrument.name);
    for (const NumberColumn& column : survey.columns) names.push_back(column.name);
    names.insert(names.end(), survey.covariate_names.begin(), survey.covariate_names.end());
    return names;
}

bool is_instrument(const Survey& survey, const std::string& name) {
    return std::ranges::find(survey.instruments, name, &Instrument::name) !=
           survey.instruments.end();
}

}

std::vector<Day> waves_of(const Survey& survey, std::uint32_t instrument) {
    std::set<Day> days;
    for (const Score& score : survey.scores) {
        if (score.instrument == instrument) days.insert(score.date);
    }
    return {days.begin(), days.end()};
}

std::uint32_t instrument_named(const Survey& survey, const std::string& name) {
    if (survey.scores.empty()) {
        throw sim::UserError(fmt::format("{}: there are no scores (waves.csv holds them); name a "
                                         "column of numbers in people.csv as --outcome",
                                         survey.folder.string()));
    }
    if (name.empty()) {
        std::vector<std::size_t> employees(survey.instruments.size()), all(employees);
        for (const Score& score : survey.scores) {
            ++all[score.instrument];
            employees[score.instrument] += survey.is_client(score.person) ? 0 : 1;
        }
        const auto most = std::ranges::max_element(employees);
        if (*most > 0) return static_cast<std::uint32_t>(most - employees.begin());
        return static_cast<std::uint32_t>(std::ranges::max_element(all) - all.begin());
    }
    const auto found = std::ranges::find(survey.instruments, name, &Instrument::name);
    if (found != survey.instruments.end()) {
        return static_cast<std::uint32_t>(found - survey.instruments.begin());
    }
    std::vector<std::string> names;
    for (const Instrument& instrument : survey.instruments) names.push_back(instrument.name);
    throw sim::UserError(fmt::format("--outcome {}: there is no such instrument{} (there is {})",
                                     name, sim::did_you_mean(name, names), fmt::join(names, ", ")));
}

std::vector<double> numbers_at(const Survey& survey, const std::string& name, Day date) {
    std::vector<double> numbers(survey.size(), missing);
    if (is_instrument(survey, name)) {
        const std::uint32_t instrument = instrument_named(survey, name);
        for (const Score& score : survey.scores) {
            if (score.instrument == instrument && score.date == date) {
                numbers[score.person] = score.value;
            }
        }
        return numbers;
    }
    const auto column = std::ranges::find(survey.columns, name, &NumberColumn::name);
    if (column != survey.columns.end()) return column->values;
    const auto found = std::ranges::find(survey.covariate_names, name);
    if (found == survey.covariate_names.end()) {
        const std::vector<std::string> names = number_names(survey);
        throw sim::UserError(
            fmt::format("{}: there is no such number of people{} (there is {})", name,
                        sim::did_you_mean(name, names),
                        names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
    }
    const auto which = static_cast<std::uint32_t>(found - survey.covariate_names.begin());
    std::vector<Day> since(survey.size(), Day::min());
    for (const Covariate& each : survey.covariates) {
        if (each.name != which || each.date > date || each.date < since[each.person]) continue;
        since[each.person] = each.date;
        numbers[each.person] = each.value;
    }
    return numbers;
}

std::uint32_t main_instrument(const Survey& survey, bool of_clients) {
    std::vector<std::size_t> counts(survey.instruments.size(), 0);
    for (const Score& score : survey.scores) {
        if (survey.is_client(score.person) == of_clients) ++counts[score.instrument];
    }
    const auto most = std::ranges::max_element(counts);
    if (most == counts.end() || *most == 0) {
        throw sim::UserError(fmt::format("{}: {} gave no scores (waves.csv holds them)",
                                         survey.folder.string(),
                                         of_clients ? "clients" : "employees"));
    }
    return static_cast<std::uint32_t>(most - counts.begin());
}

}
