#include "analysis/linear_algebra.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>

namespace cercle::analysis {

using Eigen::MatrixXd;
using Eigen::VectorXd;

LeastSquares::LeastSquares(const MatrixXd& x, double threshold) : factors_(x) {
    if (threshold > 0.0) factors_.setThreshold(threshold);
}

Eigen::Index LeastSquares::rank() const { return factors_.rank(); }

Eigen::Index LeastSquares::most_dependent() const {
    return factors_.colsPermutation().indices()[factors_.cols() - 1];
}

MatrixXd LeastSquares::solve(const MatrixXd& y) const { return factors_.solve(y); }

VectorXd LeastSquares::solve(const VectorXd& y) const { return factors_.solve(y); }

VectorXd symmetric_eigenvalues(const MatrixXd& matrix) {
    return Eigen::SelfAdjointEigenSolver<MatrixXd>(matrix, Eigen::EigenvaluesOnly).eigenvalues();
}

Eigen::VectorXcd eigenvalues(const MatrixXd& matrix) {
    return Eigen::EigenSolver<MatrixXd>(matrix, false).eigenvalues();
}

MatrixXd inverse(const MatrixXd& matrix) { return matrix.inverse(); }

std::optional<MatrixXd> well_conditioned_inverse(const MatrixXd& matrix, double least) {
    const Eigen::FullPivLU<MatrixXd> factors(matrix);
    if (!factors.isInvertible() || factors.rcond() < least) return std::nullopt;
    return factors.inverse();
}

VectorXd solve(const MatrixXd& matrix, const VectorXd& right) {
    return matrix.partialPivLu().solve(right);
}

MatrixXd solve_symmetric(const MatrixXd& matrix, const MatrixXd& right) {
    return matrix.ldlt().solve(right);
}

}
