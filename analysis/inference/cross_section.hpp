#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "analysis/inference/contacts.hpp"
#include "analysis/inference/question.hpp"

namespace cercle::analysis {

/// People at one wave: what they answered, what is known of them, whose contacts they are.
struct CrossSection {
    std::string outcome;
    std::string question; ///< in words
    std::vector<PersonIndex> who;
    Eigen::VectorXd y;
    Eigen::MatrixXd x; ///< covariates, without a constant
    std::vector<std::string> x_names;
    Weights ties;    ///< as they are
    Weights weights; ///< as asked
    std::size_t isolates = 0;
    std::vector<std::uint32_t> team;
    std::vector<std::uint32_t> cluster;
    std::vector<std::string> left_out;

    std::size_t size() const { return who.size(); }
};

/// The people a question is about, with the ties of the wave (without any where no layer is asked).
/// Throws UserError for names that are not there, a wave without scores, and an outcome that does
/// not vary.
CrossSection cross_section(const Survey& survey, const Question& question);

/// A number of everybody at a date: a column of people.csv, a covariate (the last known) or an
/// instrument's score; NaN where it is not known. Throws UserError for an unknown name.
std::vector<double> numbers_at(const Survey& survey, const std::string& name, Day date);

/// Days an instrument has scores of, in order.
std::vector<Day> waves_of(const Survey& survey, std::uint32_t instrument);

/// The instrument a name means; of "" the one with most scores among employees, or any if none.
std::uint32_t instrument_named(const Survey& survey, const std::string& name);

/// The instrument with most scores of clients, or of employees. Throws UserError without any.
std::uint32_t main_instrument(const Survey& survey, bool of_clients);

/// "row-standardised" and so on, for messages.
std::string text_of(Weighting weighting);
std::string text_of(const Survey& survey, const TieChoice& choice);

}
