#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "analysis/inference/battery.hpp"
#include "analysis/language.hpp"

namespace cercle::analysis {

/// The mean answer of one group, under a name that says nothing.
struct GroupMean {
    std::string pseudonym;    ///< "group 3": its row, and rows stand in the order of what is told
    std::size_t at_least = 0; ///< people, rounded down to a power of two; 0 where it is not told
    Interval mean;            ///< the cell of the scale it lies in; NaN where it is not told
};

/// Means of groups at one wave, safe to hand on. No group below `fewest` is told, and never so few
/// are left out that a total gives them away by subtraction (those left out are at least two groups
/// and that many people, or none). Of the others the cell of the scale is told in which the mean
/// lies (see told_cell), so that two such tables, before and after one person left, do not give
/// that person's answer away.
struct GroupTable {
    std::vector<GroupMean> groups;
};

/// `group` and `value` of each person, NaN where there is no answer; `scale` those values are on.
GroupTable safe_means(const std::vector<std::uint32_t>& group, const std::vector<double>& value,
                      const Interval& scale, std::size_t fewest = fewest_in_group);

/// The cell of a scale in which the mean of so many people is told. Cells are as wide as one person
/// can move the mean, or wider, and all their edges lie in the middle third of the scale and two
/// steps or more from its ends: who subtracts two tables learns at most on which side of one edge
/// the answer of one person is. NaN on scales of fewer than five answers, or without ends, where
/// even a side is an answer.
Interval told_cell(double mean, std::size_t people, const Interval& scale);

/// "12"; "fewer than 5" where it counts some people, but fewer than are to be told.
std::string told_count(std::size_t count, std::size_t fewest, Language language);

/// Counts that are safe to tell together with their sum: those that are not (0) are `rest` people,
/// themselves too many to be told apart.
struct ToldCounts {
    std::vector<std::size_t> counts; ///< 0 where it is none, or not told
    std::size_t rest = 0;
};
ToldCounts told_counts(const std::vector<std::size_t>& counts, std::size_t fewest);

/// Columns that are known of people, a row for each person, or for each of their answers.
struct KnownColumns {
    const Eigen::MatrixXd& x;
    const std::vector<std::string>& names; ///< of the first columns; the others have no name
    const std::vector<PersonIndex>& who;   ///< of each row
    /// Groups of rows whose means the equation sweeps out.
    std::vector<std::vector<std::uint32_t>> swept = {};
};
/// Fewer people than that, who make so much of what a column differs by.
struct Few {
    std::size_t fewest = fewest_in_group;
    double share = 0.9; ///< of sums of squares
};
/// Columns of answers are set apart by whom they follow from, not by how large they happen to be.
inline constexpr double all_of_it = 1.0 - 1e-9;
/// Whether few people set a column apart from a constant: by itself, or beside the other columns,
/// in what the groups leave of it.
bool sets_few_apart(const KnownColumns& columns, Eigen::Index column, const Few& few);
/// Throws UserError, with the name of the column, where one that has a name is set apart by fewer
/// than `fewest` people: its coefficient would be their answers.
void expect_shared(const KnownColumns& columns, std::size_t fewest);

}
