#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/inference/survey_rows.hpp"

namespace cercle::analysis {

/// A score and the row of waves.csv that holds it.
struct PlacedScore {
    Score score;
    std::size_t row;
};

/// Puts the answers of each calendar "month" or "quarter" under one date: the first day of any of
/// them. "day" leaves them as they are.
void gather_waves(std::vector<PlacedScore>& scores, const std::string& period);

/// Notes waves that are none: answers dated one by one, which make many waves of few people, and
/// single dates that look mistyped.
void refuse_scattered_waves(const Survey& survey, const std::vector<PlacedScore>& scores,
                            SurveyRows& rows);

}
