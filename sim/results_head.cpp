#include "sim/results_file.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cercle::sim {

namespace {

std::vector<std::string> names_of(const std::vector<Metric>& metrics) {
    std::vector<std::string> names;
    for (const Metric& metric : metrics) names.push_back(metric.name);
    return names;
}

void compare_counts(std::vector<std::string>& found, std::string_view what, std::size_t stored,
                    std::size_t wanted) {
    if (stored != wanted)
        found.push_back(fmt::format("{} {} there, {} here", stored, what, wanted));
}

void compare_names(std::vector<std::string>& found, std::string_view what,
                   const std::vector<std::string>& stored, const std::vector<std::string>& wanted) {
    if (stored != wanted) {
        found.push_back(fmt::format("the {} are {} there, {} here", what, fmt::join(stored, ", "),
                                    fmt::join(wanted, ", ")));
    }
}

/// "rate = 1 there, rate = 2 here": the first lines of two texts that differ.
std::string first_difference(const std::string& there, const std::string& here) {
    std::istringstream lines(there), others(here);
    std::string line, other;
    bool more = true, more_here = true;
    while (more && more_here && line == other) {
        more = static_cast<bool>(std::getline(lines, line));
        more_here = static_cast<bool>(std::getline(others, other));
    }
    const auto shown = [](bool any, std::string text) {
        constexpr std::size_t most = 70;
        if (!any) return std::string("nothing more");
        if (text.size() > most) text = text.substr(0, most) + "...";
        return text;
    };
    return fmt::format("{} there, {} here", shown(more, line), shown(more_here, other));
}

void compare_attribute(std::vector<std::string>& found, const std::string& name,
                       const ResultsHead& stored, const ResultsHead& wanted) {
    constexpr std::size_t short_enough = 60;
    const auto there = stored.text_attributes.find(name);
    const auto here = wanted.text_attributes.find(name);
    if (there == stored.text_attributes.end() || here == wanted.text_attributes.end()) return;
    if (there->second == here->second) return;
    if (std::max(there->second.size(), here->second.size()) > short_enough) {
        found.push_back(
            fmt::format("{} differs: {}", name, first_difference(there->second, here->second)));
    } else {
        found.push_back(fmt::format("{} is {} there, {} here", name, there->second, here->second));
    }
}

}

std::size_t replicates_run(const ResultsHead& head) {
    const auto ending = head.text_attributes.find("ending");
    const auto run = head.number_attributes.find("run_replicates");
    if (ending == head.text_attributes.end() || ending->second != "complete" ||
        run == head.number_attributes.end())
        return head.replicates;
    return std::min(head.replicates, static_cast<std::size_t>(run->second));
}

std::vector<std::string> differences(const ResultsHead& stored, const ResultsHead& wanted) {
    std::vector<std::string> found;
    compare_names(found, "arms", stored.arms, wanted.arms);
    compare_names(found, "factors", stored.factors, wanted.factors);
    compare_counts(found, "design points", stored.points, wanted.points);
    compare_counts(found, "replicates", stored.replicates, wanted.replicates);
    compare_names(found, "series", names_of(stored.series), names_of(wanted.series));
    compare_names(found, "outcomes", names_of(stored.outcomes), names_of(wanted.outcomes));
    for (const std::string_view name : identity_attributes)
        compare_attribute(found, std::string(name), stored, wanted);
    compare_names(found, "values of nodes", names_of(stored.node_values),
                  names_of(wanted.node_values));
    compare_counts(found, "nodes", stored.nodes, wanted.nodes);
    if (stored.times != wanted.times) found.emplace_back("the observed months differ");
    if (stored.series != wanted.series || stored.outcomes != wanted.outcomes) {
        if (names_of(stored.series) == names_of(wanted.series) &&
            names_of(stored.outcomes) == names_of(wanted.outcomes))
            found.emplace_back("units or meanings of what is observed differ");
    }
    const auto same_entry = [](double one, double other) { // NaN: as the arm has it
        return one == other || (std::isnan(one) && std::isnan(other));
    };
    if (!std::ranges::equal(stored.design, wanted.design, same_entry))
        found.emplace_back("the values of the design differ");
    if (stored.run_seeds != wanted.run_seeds) found.emplace_back("the seeds of the runs differ");
    return found;
}

}
