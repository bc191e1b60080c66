#include "analysis/loop_gain.hpp"

#include <gtest/gtest.h>

#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

TEST(LoopGain, is_the_product_of_both_ways_and_its_interval_holds_the_value) {
    const std::vector<double> dx_b{0.5, 0.7};
    const std::vector<double> dy_b{0.2, 0.28};
    const std::vector<double> dx_c{0.1, 0.15};
    const std::vector<double> dy_c{0.4, 0.6};

    const LoopGain gain = loop_gain({dx_b, dy_b, dx_c, dy_c}, 0.95);

    EXPECT_DOUBLE_EQ(gain.along.value, 0.4);
    EXPECT_DOUBLE_EQ(gain.back.value, 0.25);
    EXPECT_DOUBLE_EQ(gain.gain.value, 0.1);
    EXPECT_DOUBLE_EQ(gain.amplification.value, 1.0 / 0.9);
    EXPECT_NEAR(gain.gain.interval.half_width(), 0.0, 1e-12); // both replicates agree
}

/// Leave-one-out values of dy/dx are 3/1 and 1/1: mean 2, jackknife error 1, and t of one degree of
/// freedom is 12.7062.
TEST(LoopGain, takes_its_interval_from_the_jackknife) {
    const std::vector<double> ones{1.0, 1.0};
    const std::vector<double> apart{1.0, 3.0};

    const LoopGain gain = loop_gain({ones, apart, ones, ones}, 0.95);

    EXPECT_DOUBLE_EQ(gain.along.value, 2.0);
    EXPECT_NEAR(gain.along.interval.high, 2.0 + 12.7062047, 1e-6);
}

TEST(LoopGain, leaves_out_unfinished_replicates_and_refuses_to_go_by_one) {
    const double missing = not_known;
    const std::vector<double> dx{0.5, 0.5, missing};

    EXPECT_EQ(loop_gain({dx, dx, dx, dx}, 0.95).pairs, 2U);
    const std::vector<double> lone{0.5, missing, missing};
    EXPECT_THROW(loop_gain({lone, lone, lone, lone}, 0.95), sim::UserError);
}

}
}
