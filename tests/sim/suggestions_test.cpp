#include "sim/suggestions.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace cercle::sim {
namespace {

TEST(Suggestions, edit_distance_counts_the_four_kinds_of_slip) {
    EXPECT_EQ(edit_distance("weight", "weight"), 0u);
    EXPECT_EQ(edit_distance("wight", "weight"), 1u);   // insertion
    EXPECT_EQ(edit_distance("weeight", "weight"), 1u); // deletion
    EXPECT_EQ(edit_distance("waight", "weight"), 1u);  // replacement
    EXPECT_EQ(edit_distance("wieght", "weight"), 1u);  // swap
    EXPECT_EQ(edit_distance("WEIGHT", "weight"), 0u);
    EXPECT_EQ(edit_distance("", "abc"), 3u);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
}

TEST(Suggestions, the_nearest_candidate_is_the_one_with_the_fewest_slips) {
    const std::vector<std::string> candidates{"rewiring", "weight", "height"};

    EXPECT_EQ(nearest("wieght", candidates), "weight");
    EXPECT_EQ(nearest("rewirring", candidates), "rewiring");
}

TEST(Suggestions, of_equally_near_candidates_the_first_is_taken) {
    const std::vector<std::string> candidates{"height", "weight"};

    EXPECT_EQ(nearest("eight", candidates), "height");
}

TEST(Suggestions, nothing_is_suggested_for_a_word_that_resembles_none) {
    const std::vector<std::string> candidates{"rewiring", "weight", "k"};

    EXPECT_EQ(nearest("temperature", candidates), std::nullopt);
    EXPECT_EQ(nearest("q", candidates), std::nullopt);
    EXPECT_EQ(nearest("", candidates), std::nullopt);
    EXPECT_EQ(nearest("weight", {}), std::nullopt);
}

TEST(Suggestions, the_hint_reads_as_the_end_of_a_message) {
    const std::vector<std::string> candidates{"threshold"};

    EXPECT_EQ(did_you_mean("treshold", candidates), " (did you mean threshold?)");
    EXPECT_EQ(did_you_mean("banana", candidates), "");
}

}
}
