#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

#include "analysis/inference/estimate.hpp"

namespace cercle::analysis {

/// Clusters below which errors by cluster are not gone by.
inline constexpr std::size_t clusters_worth_it = 10;

/// A linear equation: y = x b + e. With instruments, columns of x that are not among them are
/// endogenous.
struct Equation {
    Eigen::VectorXd y;
    Eigen::MatrixXd x;
    std::vector<std::string> names; ///< of the columns of x
    Eigen::MatrixXd instruments;    ///< empty: least squares
    std::vector<std::uint32_t> cluster;
    std::size_t absorbed = 0; ///< fixed effects swept out of y and x before
};

/// A fitted equation.
struct LinearFit {
    Eigen::VectorXd b;
    Eigen::VectorXd residuals;
    Eigen::MatrixXd projected; ///< x, or x projected on the instruments
    Eigen::MatrixXd inverse;   ///< (projected' projected)^-1
    double variance = 0.0;     ///< of e
    double degrees = 0.0;      ///< of freedom left
    double r_squared = 0.0;
};

/// Least squares, or two-stage least squares where there are instruments. Throws UserError when a
/// column follows from the others, or more is to be estimated than there are data.
LinearFit fit(const Equation& equation);

/// The coefficients with classical, robust (HC1) and clustered (CR1) standard errors. The statistic
/// divides by the clustered error where there are at least ten clusters, else by the robust one,
/// and is Student's t with the clusters (or degrees of freedom) less one.
std::vector<Coefficient> coefficients(const Equation& equation, const LinearFit& fit);
/// Wald's F of H0: the last `count` coefficients are 0, by the covariance that their statistics go
/// by (robust where there are no more clusters than that).
double robust_f(const Equation& equation, const LinearFit& fit, Eigen::Index count);
/// What sums over so many clusters are multiplied by to be variances of `coefficients` estimates
/// from n data (CR1).
double small_sample_factor(double clusters, double n, double coefficients);
/// Says which error the statistic divides by: of that many clusters, or robust with the law that it
/// then has, "Student t".
std::string statistic_text(std::size_t clusters, std::string_view without);
std::string statistic_text(const Equation& equation);
std::size_t cluster_count(const std::vector<std::uint32_t>& cluster);

/// Takes away from every column its means over groups, for several groupings at once (alternating
/// projections, until nothing changes by more than `still` of the spread).
void sweep(Eigen::MatrixXd& columns, const std::vector<std::vector<std::uint32_t>>& groupings,
           double still = 1e-12);

/// Number of independent dummies that sweeping these groupings stands for.
std::size_t swept_rank(const std::vector<std::vector<std::uint32_t>>& groupings);

}
