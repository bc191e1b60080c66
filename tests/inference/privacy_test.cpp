#include "analysis/inference/privacy.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace cercle::analysis {
namespace {

/// Groups of these sizes; person i answers i.
GroupTable table_of(const std::vector<std::size_t>& sizes) {
    std::vector<std::uint32_t> group;
    std::vector<double> value;
    for (std::uint32_t g = 0; g < sizes.size(); ++g) {
        for (std::size_t i = 0; i < sizes[g]; ++i) {
            group.push_back(g);
            value.push_back(static_cast<double>(value.size()));
        }
    }
    return safe_means(group, value, 1);
}

std::size_t told(const GroupTable& table) {
    std::size_t count = 0;
    for (const GroupMean& group : table.groups) count += group.people > 0 ? 1 : 0;
    return count;
}

/// What subtracting every told group from the total leaves: people, or 0.
std::size_t left_by_subtraction(const GroupTable& table) {
    std::size_t left = table.people;
    for (const GroupMean& group : table.groups) left -= group.people;
    return left;
}

TEST(SafeMeans, tell_no_group_below_five) {
    const GroupTable table = table_of({4, 5, 9, 3});

    for (const GroupMean& group : table.groups) {
        EXPECT_TRUE(group.people == 0 || group.people >= fewest_in_group);
        EXPECT_EQ(group.people == 0, std::isnan(group.mean));
    }
}

TEST(SafeMeans, give_nothing_away_by_subtraction) {
    // The attack: total minus told groups. What is left must be nobody, or several groups of at
    // least five people together.
    const std::vector<std::vector<std::size_t>> offices{
        {2, 8, 9}, {4, 5, 9, 3}, {1, 1, 8, 8}, {5, 6, 7}, {1, 20}, {3}, {4, 4}, {1, 1, 1, 12, 13}};
    for (const auto& sizes : offices) {
        const GroupTable table = table_of(sizes);
        const std::size_t left = left_by_subtraction(table);
        const std::size_t hidden = table.groups.size() - told(table);

        if (table.people == 0) continue;
        EXPECT_TRUE(left == 0 || (left >= fewest_in_group && (hidden >= 2 || told(table) == 0)))
            << sizes.size() << " groups, " << left << " left";
    }
}

TEST(SafeMeans, tell_all_groups_that_are_large_enough) {
    const GroupTable table = table_of({5, 6, 7});

    EXPECT_EQ(told(table), 3U);
    EXPECT_EQ(table.people, 18U);
    EXPECT_DOUBLE_EQ(table.mean, 8.5);
}

TEST(SafeMeans, tell_nothing_of_four_people) {
    const GroupTable table = table_of({4});

    EXPECT_EQ(table.people, 0U);
    EXPECT_TRUE(std::isnan(table.mean));
}

TEST(SafeMeans, name_groups_in_an_order_of_their_own) {
    const GroupTable table = table_of({5, 6, 7, 8, 9, 10});

    std::vector<std::size_t> sizes;
    for (const GroupMean& group : table.groups) sizes.push_back(group.people);
    EXPECT_FALSE(std::ranges::is_sorted(sizes));
    EXPECT_EQ(table.groups[0].pseudonym, "group 1");
}

}
}
