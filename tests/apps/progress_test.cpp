#include "apps/progress.hpp"

#include <gtest/gtest.h>

namespace cercle::apps {
namespace {

TEST(Duration, is_told_in_the_units_of_a_person) {
    EXPECT_EQ(duration_text(0.04), "0.0 s");
    EXPECT_EQ(duration_text(3.14159), "3.1 s");
    EXPECT_EQ(duration_text(59.4), "59 s");
    EXPECT_EQ(duration_text(200.0), "3 min 20 s");
    EXPECT_EQ(duration_text(7500.0), "2 h 05 min");
}

TEST(ProgressText, tells_the_time_left_from_the_time_taken) {
    const scenarios::Tally tally{.total = 40, .done = 9, .failed = 1, .seconds = 5.0};

    const std::string text = progress_text(tally, 8);

    EXPECT_EQ(text, "[##------] 10/40 runs, 5.0 s, 1 failed, about 15 s left");
}

TEST(ProgressText, tells_no_time_left_at_the_start_and_at_the_end) {
    EXPECT_EQ(progress_text({.total = 4, .seconds = 1.0}, 0), "0/4 runs, 1.0 s");
    EXPECT_EQ(progress_text({.total = 4, .done = 4, .seconds = 1.0}, 0), "4/4 runs, 1.0 s");
}

}
}
