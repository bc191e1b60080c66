#include "analysis/stored_scenario.hpp"

#include <fmt/format.h>

#include "sim/error.hpp"

namespace cercle::analysis {

scenarios::Scenario stored_scenario(const sim::ResultsReader& results) {
    const auto& attributes = results.head().text_attributes;
    const auto text = attributes.find("scenario_resolved");
    if (text == attributes.end()) {
        throw sim::UserError(fmt::format("{}: has no attribute scenario_resolved (it says how the "
                                         "runs were made); write the file with cercle run",
                                         results.path().string()));
    }
    const auto folder = attributes.find("scenario_folder");
    return scenarios::read_scenario({.name = results.path().string() + ":scenario_resolved",
                                     .text = text->second,
                                     .folder = folder == attributes.end() ? "." : folder->second,
                                     .checks_points = false});
}

}
