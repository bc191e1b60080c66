#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/reader.hpp"

namespace cercle::scenarios {
namespace {

constexpr double most_points = 65536;
constexpr std::size_t most_sampled = 20; ///< mechanisms, when orders are drawn

/// What decides who is there: worlds of other people do not share their random events.
constexpr std::array<std::string_view, 6> decides_who{"market.firms",       "market.size",
                                                      "network.colleague.", "network.people.",
                                                      "network.seed",       "network.service."};

std::vector<std::string> differing_paths(const Scenario& scenario) {
    std::vector<std::string> paths;
    const sim::Settings& first = scenario.arms[0].settings;
    const sim::Settings& second = scenario.arms[1].settings;
    for (const std::string& path : first.paths()) {
        if (first.value(path) != second.value(path)) paths.push_back(path);
    }
    return paths;
}

void refuse_other_people(const std::vector<std::string>& differing, Place place,
                         ProblemList& problems) {
    for (const std::string& path : differing) {
        const bool decides = std::ranges::any_of(
            decides_who, [&](std::string_view start) { return path.starts_with(start); });
        if (!decides) continue;
        problems.add(place, path,
                     fmt::format("the arms differ in {} (mechanisms are told apart in worlds of "
                                 "the same people) give both arms one value",
                                 path));
    }
}

void refuse_equal_mechanisms(const Design& design, const std::vector<std::string>& differing,
                             Place place, ProblemList& problems) {
    for (const Factor& factor : design.factors) {
        const bool differs = std::ranges::any_of(factor.paths, [&](const std::string& path) {
            return std::ranges::find(differing, path) != differing.end();
        });
        if (differs) continue;
        problems.add(place, "factor",
                     fmt::format("factor \"{}\": both arms have the same {} (there is nothing to "
                                 "share out) leave it out",
                                 factor.name, fmt::join(factor.paths, ", ")));
    }
}

/// What no mechanism names and yet differs.
void add_the_rest(Design& design, const std::vector<std::string>& differing) {
    Factor rest{.name = std::string(other_differences), .paths = differing};
    for (const Factor& factor : design.factors) {
        for (const std::string& path : factor.paths) std::erase(rest.paths, path);
    }
    if (!rest.paths.empty()) design.factors.push_back(rest);
}

void refuse_too_many(const Design& design, Place place, ProblemList& problems) {
    if (design.method.size > 0 && design.factors.size() > most_sampled) {
        problems.add(place, "design",
                     fmt::format("{} mechanisms (at most {} are shared out over) put some of them "
                                 "together",
                                 design.factors.size(), most_sampled));
        return;
    }
    const double points = points_of(design.method, design.factors);
    if (points <= most_points) return;
    problems.add(place, "design",
                 fmt::format("{} mechanisms make {:.0f} points (at most {:.0f}) put some of them "
                             "together, or give design.size: orders to sample",
                             design.factors.size(), points, most_points));
}

}

void complete_toggles(Scenario& scenario, Place place, ProblemList& problems) {
    Design& design = scenario.design;
    if (design.method.name != "toggles") return;
    if (scenario.arms.size() != 2) {
        problems.add(place, "design.method",
                     fmt::format("design.method = \"toggles\" of {} arms (it shares out the "
                                 "difference of two) keep two",
                                 scenario.arms.size()));
        return;
    }
    const std::vector<std::string> differing = differing_paths(scenario);
    refuse_other_people(differing, place, problems);
    refuse_equal_mechanisms(design, differing, place, problems);
    add_the_rest(design, differing);
    refuse_too_many(design, place, problems);
    if (problems.empty()) design = make_design(design.method, design.factors);
}

}
