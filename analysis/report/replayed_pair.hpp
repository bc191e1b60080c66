#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/compare.hpp"
#include "analysis/report/words.hpp"
#include "scenarios/study.hpp"

namespace cercle::analysis {

/// A pair of worlds of one replicate, or the world of a lone arm, run again.
struct PairOfWorlds {
    std::vector<std::string> arms;
    std::vector<scenarios::PeopleThroughTime> people; ///< by arm
    std::size_t replicate = 0;
    std::size_t point = 0;
    bool is_of_a_design = false; ///< whose other points are other worlds
    sim::NetworkTable ties;
    bool is_of_a_file = false; ///< real ties, of the user's own people
    std::vector<double> months;
};

/// The pair, or why it cannot be shown; neither where no office is simulated.
struct ReplayedPair {
    std::optional<PairOfWorlds> pair = {};
    std::string why_not = {};
};

/// Of the replicates finished in all its arms, the one whose headline is nearest to the mean of
/// all, run again from the stored scenario and held against what the file keeps of it.
ReplayedPair replayed_pair(const sim::ResultsReader& results, const Comparison& comparison,
                           const ReportWords& words);

/// Mean engagement of those there, a fraction; NaN when nobody is.
double mean_engagement(const scenarios::PeopleThroughTime& people, std::size_t time);

}
