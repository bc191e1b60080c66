#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/results_file.hpp"

namespace cercle::analysis {

/// Where the runs of an arm are at every observed moment: their mean, and the range that leaves a
/// tenth of them out on either side. NaN where no run has the series.
struct Band {
    std::vector<double> mean, low, high;
};

/// Which series of which runs.
struct BandOf {
    std::string series;
    std::size_t arm = 0;
    std::optional<std::size_t> point; ///< all together when not given
    /// Moments up to each one over which a run is averaged. The first of all moments, at which
    /// nothing has happened yet, belongs to no window.
    std::size_t window = 1;
};

/// Of the finished runs of an arm. Reads a bounded part of the
/// file at a time and holds one series of the arm, four bytes for each run and moment.
Band band_of(const sim::ResultsReader& results, const BandOf& wanted);

}
