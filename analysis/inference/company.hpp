#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "analysis/inference/survey_world.hpp"

namespace cercle::analysis {

/// A company made up, with answers of which the truth is known.
struct CompanyPlan {
    std::string truth = "contagion"; ///< one of company_truths
    double weight = 0.25;            ///< of contacts, where there is contagion
    std::size_t teams = 12;          ///< of eight employees
    std::size_t clients_per_employee = 4;
    std::size_t waves = 12; ///< three months apart
    std::size_t handovers = 160;
    double response = 0.8; ///< share of answers that are given
    std::uint64_t seed = 1;
};

/// none, homophily, shocks, both, hidden, contacts (good or ill by themselves), assortative
/// (clients given to contacts like them), contagion (employee to client), colleagues (among them).
const std::vector<std::string>& company_truths();

/// Hand-overs there can be: each client changes hands once at most.
std::size_t most_handovers(const CompanyPlan& plan);

/// Draws the company and its answers; no more hand-overs than there can be. Throws UserError for an
/// unknown truth.
Survey make_company(const CompanyPlan& plan);

/// Writes people.csv, ties.csv, waves.csv and handovers.csv to a folder that is not there yet or
/// holds none of them. Throws UserError otherwise.
void write_company(const Survey& company, const std::filesystem::path& folder);

}
