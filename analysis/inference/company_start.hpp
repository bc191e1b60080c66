#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "analysis/inference/survey.hpp"
#include "analysis/statistics.hpp"

namespace cercle::analysis {

/// Where people of a kind stand: what each tends to, fitted to their answers.
struct FittedSetPoints {
    std::string instrument;
    Day latest;                     ///< day of the last answer
    std::size_t answered = 0;       ///< people with an answer
    double mean = not_known;        ///< of their set points, logit
    double sd = not_known;          ///< of these, logit, error of measurement taken out
    double reliability = not_known; ///< of one answer: the share of its variance that lasts
    /// Of each person of the survey, in (0, 1); none without an answer.
    std::vector<std::optional<double>> set_point;
};

/// Fits the set points of employees or of clients to the instrument that most of them answered: the
/// mean logit of a person's answers, shrunk towards that of all by how much such a mean can be
/// trusted (Kelley 1947; reliability as the one-way random ICC of the panel, Shrout & Fleiss 1979;
/// with a single wave, that of the model's defaults). Nothing when nobody answered.
std::optional<FittedSetPoints> fit_set_points(const Survey& survey, bool of_clients);

/// Everybody, employees first, in an order that tells nothing of the roster's: by a hash of each id
/// under a key that only who holds all the files can make. The same files give the same order.
std::vector<PersonIndex> people_in_no_order(const Survey& survey);

/// Writes scenario.toml, people.csv and ties.csv to a folder: the company as it is at its last
/// answer (people without an exit, ties in force), under names that say nothing, with three arms:
/// as it is, as a Scop, with a sincere price. Returns what was written, one line each. Throws
/// UserError when a file is there, or the survey has no ties among colleagues or no answers of
/// employees.
std::vector<std::string> write_company_scenario(const Survey& survey,
                                                const std::filesystem::path& folder);

}
