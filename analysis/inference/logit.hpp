#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "analysis/inference/estimate.hpp"

namespace cercle::analysis {

/// log odds of y = x b + effect of the row's level; with one level its effect is the constant.
struct LogitEquation {
    std::vector<std::uint8_t> y;
    Eigen::MatrixXd x;
    std::vector<std::string> names;   ///< of the columns of x
    std::vector<std::uint32_t> level; ///< of each row, below `levels`
    std::size_t levels = 1;
    std::vector<double> times = {}; ///< how often each row counts; empty: once
    std::vector<std::uint32_t> cluster = {};
};

/// Fitted by Newton's method; the effects of levels come after b.
struct LogitFit {
    Eigen::VectorXd b;
    Eigen::MatrixXd inverse; ///< of the information
    double log_likelihood = 0.0;
    bool converged = false; ///< false when a column separates the answers in full
};

LogitFit fit(const LogitEquation& equation);

/// The coefficients of x (of the constant too with one level) with all their errors. The statistic
/// divides by the clustered error where there are at least ten clusters (Student's t), else by the
/// robust one (normal).
std::vector<Coefficient> coefficients(const LogitEquation& equation, const LogitFit& fit);
/// Says which error the statistic divides by.
std::string statistic_text(const LogitEquation& equation);

}
