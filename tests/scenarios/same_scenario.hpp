#pragma once

#include <gtest/gtest.h>

#include "scenarios/scenario.hpp"

namespace cercle::scenarios {

/// Expects two scenarios to ask for the same runs, however they were written.
inline void expect_same_runs(const Scenario& one, const Scenario& other) {
    EXPECT_EQ(one.title, other.title);
    EXPECT_EQ(one.seed, other.seed);
    EXPECT_EQ(one.replicates, other.replicates);
    ASSERT_EQ(one.arms.size(), other.arms.size());
    for (std::size_t i = 0; i < one.arms.size(); ++i) {
        EXPECT_EQ(one.arms[i].name, other.arms[i].name);
        EXPECT_EQ(one.arms[i].settings, other.arms[i].settings);
    }
}

}
