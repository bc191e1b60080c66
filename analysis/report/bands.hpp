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

/// Of the finished runs of an arm, at one design point or all together. Reads a bounded part of the
/// file at a time and holds one series of the arm, four bytes for each run and moment.
Band band_of(const sim::ResultsReader& results, const std::string& series, std::size_t arm,
             std::optional<std::size_t> point);

}
