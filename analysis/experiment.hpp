#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/design.hpp"
#include "sim/results_file.hpp"

namespace cercle::analysis {

/// One outcome at every point of a design, in one arm or as the difference of two.
struct OutcomeAtPoints {
    std::string arm; ///< "scop", "scop - conventional"; empty in a table
    sim::Metric metric;
    std::vector<double> values; ///< (point, replicate); NaN where a run failed or is missing
};

/// A design and what came out at its points, of a result file or of anyone's table.
struct Experiment {
    std::string source; ///< the file, for messages
    std::string method; ///< "saltelli", "morris", "oat"; any other name is taken as a sample
    std::vector<scenarios::Factor> factors = {};
    std::vector<double> matrix = {};     ///< (point, factor)
    std::vector<std::size_t> lines = {}; ///< of each point, in a table
    std::size_t replicates = 1;
    std::vector<OutcomeAtPoints> outcomes = {};
    std::vector<std::string> unasked = {};         ///< names of the other outcomes
    std::size_t done = 0, failed = 0, pending = 0; ///< runs

    std::size_t points() const { return matrix.size() / factors.size(); }
    double entry(std::size_t point, std::size_t factor) const {
        return matrix[point * factors.size() + factor];
    }
    /// Whether two points have the same value of a factor ("as the arm has it" counts as one).
    bool agree(std::size_t one, std::size_t other, std::size_t factor) const;
    /// "x.csv:12" or "study.h5: point 10".
    std::string place(std::size_t point) const;
};

/// What of a result file is analysed.
struct ExperimentOptions {
    std::vector<std::string> outcomes = {}; ///< none: those of the main comparison
    std::vector<std::string> arms = {};     ///< none: all of them
    std::string contrast = {};              ///< "scop - conventional": their difference instead
    std::string method = {};                ///< none: that of the design
};

/// Throws UserError when the file has no design, or no such outcome or arm.
Experiment read_experiment(const sim::ResultsReader& results, const ExperimentOptions& options);

/// What of a table is a factor, and what came out.
struct TableOptions {
    std::vector<std::string> outcomes = {}; ///< none: the last column, or those no factor
    std::vector<std::string> factors = {};  ///< none: every other column
    std::string method = {};                ///< none: the one whose order the rows have
};

/// Reads an experiment from a CSV file, one row a point in the order of its design. A field of an
/// outcome that is empty is a failed run. All problems at once, as UserError.
Experiment read_experiment_table(const std::filesystem::path& path, const TableOptions& options);

/// What keeps the points from being in the order of that method; empty when nothing does.
std::string misfit(const Experiment& experiment, const std::string& method);

/// Where the points of a base row of Saltelli's scheme stand: A, B, mixtures as this program has
/// them, or A, mixtures, B as SALib has them.
struct SaltelliOrder {
    std::size_t b = 1;
    std::size_t first_mixture = 2;
};
SaltelliOrder saltelli_order(const Experiment& experiment);

/// Where an entry stands in the range of its factor or among its levels, as a share in [0, 1].
double share_of(const scenarios::Factor& factor, double entry);

/// Mean of each point over its finished replicates; NaN without any.
std::vector<double> point_means(const Experiment& experiment, const OutcomeAtPoints& outcome);

}
