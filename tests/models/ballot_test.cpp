#include "models/governance/ballot.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace cercle::models {
namespace {

float elected(std::vector<float> voters, float owner_votes, float owner_position) {
    return elected_policy(voters, owner_votes, owner_position);
}

/// The weighted median written another way: members weigh (1 - s) / n each, capital s; the policy
/// at which half of all votes is reached first.
float weighted_median(std::vector<float> voters, double owner_votes, float owner_position) {
    std::vector<std::pair<float, double>> all;
    for (const float voter : voters) {
        all.emplace_back(voter, (1.0 - owner_votes) / static_cast<double>(voters.size()));
    }
    all.emplace_back(owner_position, owner_votes);
    std::sort(all.begin(), all.end());
    double reached = 0.0;
    for (const auto& [position, weight] : all) {
        reached += weight;
        if (reached >= 0.5 - 1e-9) return position;
    }
    return all.back().first;
}

TEST(Ballot, of_one_person_one_vote_elects_the_median) {
    EXPECT_EQ(elected({1, 2, 3, 4, 10}, 0.0F, -5.0F), 3.0F);
    EXPECT_EQ(elected({10, 3, 1, 4, 2}, 0.0F, -5.0F), 3.0F) << "in any order";
    EXPECT_EQ(elected({4, 1, 3, 2}, 0.0F, -5.0F), 2.0F) << "of an even number: the lower";
    EXPECT_EQ(elected({7}, 0.0F, -5.0F), 7.0F);
}

TEST(Ballot, goes_to_capital_where_it_holds_half_the_votes_or_nobody_else_votes) {
    EXPECT_EQ(elected({1, 2, 3}, 1.0F, 10.0F), 10.0F);
    EXPECT_EQ(elected({1, 2, 3}, 0.5F, 10.0F), 10.0F);
    EXPECT_EQ(elected({}, 0.0F, 10.0F), 10.0F);
}

TEST(Ballot, is_moved_by_a_minority_of_capital_as_far_as_its_votes_reach) {
    // Members 1..5 at 13 % each and capital at 35 %, far right: half is reached at the fourth.
    EXPECT_EQ(elected({1, 2, 3, 4, 5}, 0.35F, 10.0F), 4.0F);
    EXPECT_EQ(elected({1, 2, 3, 4, 5}, 0.35F, -10.0F), 2.0F);
    EXPECT_EQ(elected({1, 2, 3, 4, 5}, 0.35F, 3.2F), 3.2F) << "capital is itself the median";
}

TEST(Ballot, is_the_weighted_median_of_all_votes) {
    const std::vector<float> members = {-1.7F, -0.4F, 0.1F, 0.3F, 0.9F, 1.4F, 2.2F};
    for (const float share : {0.05F, 0.12F, 0.2F, 0.31F, 0.44F}) {
        for (const float wish : {-3.0F, -0.2F, 0.2F, 0.5F, 3.0F}) {
            EXPECT_EQ(elected(members, share, wish),
                      weighted_median(members, static_cast<double>(share), wish))
                << share << " of votes for " << wish;
        }
    }
}

TEST(Condorcet, gives_the_published_probabilities) {
    EXPECT_NEAR(majority_is_right(11, 0.6), 0.753498132, 1e-9);
    EXPECT_NEAR(majority_is_right(51, 0.55), 0.764070845, 1e-9);
    EXPECT_NEAR(majority_is_right(3, 0.7), 0.784, 1e-12);
}

TEST(Condorcet, breaks_ties_by_a_coin) {
    EXPECT_NEAR(majority_is_right(1, 0.6), 0.6, 1e-12);
    EXPECT_NEAR(majority_is_right(2, 0.6), 0.36 + 0.48 / 2.0, 1e-12);
    EXPECT_NEAR(majority_is_right(100, 0.5), 0.5, 1e-12);
}

TEST(IndependentVoters, are_fewer_where_judgements_are_correlated) {
    EXPECT_EQ(independent_voters(11, 0.0), 11U);
    EXPECT_EQ(independent_voters(11, 1.0), 1U);
    EXPECT_EQ(independent_voters(11, 0.2), 4U); // 11 / 3
    EXPECT_EQ(independent_voters(1, 0.2), 1U);
}

}
}
