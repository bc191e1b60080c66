#pragma once

#include <optional>

#include <Eigen/Core>
#include <Eigen/QR>

/// The decompositions the rest of analysis asks for, compiled once: they are most of what compiling
/// a file with them costs.
namespace cercle::analysis {

/// b of x b = y in the sense of least squares, by QR with pivoted columns.
class LeastSquares {
public:
    LeastSquares() = default;
    /// Columns count as dependent below `threshold` of the largest pivot (0: rounding alone).
    explicit LeastSquares(const Eigen::MatrixXd& x, double threshold = 0.0);

    Eigen::Index rank() const;
    /// The column that follows most nearly from the others.
    Eigen::Index most_dependent() const;
    Eigen::MatrixXd solve(const Eigen::MatrixXd& y) const;
    Eigen::VectorXd solve(const Eigen::VectorXd& y) const;

private:
    Eigen::ColPivHouseholderQR<Eigen::MatrixXd> factors_;
};

/// Of a symmetric matrix, of which the lower half is read; ascending.
Eigen::VectorXd symmetric_eigenvalues(const Eigen::MatrixXd& matrix);

/// Of any square matrix; in no order.
Eigen::VectorXcd eigenvalues(const Eigen::MatrixXd& matrix);

/// Of a square matrix that has one.
Eigen::MatrixXd inverse(const Eigen::MatrixXd& matrix);

/// Of a matrix whose condition is better than 1 / `least`; nothing otherwise.
std::optional<Eigen::MatrixXd> well_conditioned_inverse(const Eigen::MatrixXd& matrix,
                                                        double least);

/// x of `matrix` x = right, for a square matrix that has an inverse.
Eigen::VectorXd solve(const Eigen::MatrixXd& matrix, const Eigen::VectorXd& right);

/// X of `matrix` X = right for a symmetric, positive semi-definite matrix.
Eigen::MatrixXd solve_symmetric(const Eigen::MatrixXd& matrix, const Eigen::MatrixXd& right);

}
