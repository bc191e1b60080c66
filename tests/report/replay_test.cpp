#include <cmath>

#include <gtest/gtest.h>

#include "scenarios/study.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {
namespace {

Study small_study() {
    return Study(read_scenario({.name = "small",
                                .text = "cercle = 1\nseed = 7\nreplicates = 3\n"
                                        "[time]\nyears = 2\n"
                                        "[network.colleague]\ngenerator = \"small_world\"\n"
                                        "nodes = 12\ndegree = 4\n",
                                .folder = "."}));
}

TEST(PeopleThroughTime, feel_on_average_what_the_series_of_the_run_says) {
    const Study study = small_study();
    const sim::ResultsHead head = study.head();
    ASSERT_EQ(head.series.front().name, "engagement_employee");
    sim::Record record = study.run({.arm = 0, .point = 0, .first_replicate = 0, .lanes = 3});

    const PeopleThroughTime people =
        study.people({.arm = 0, .point = 0, .first_replicate = 1, .lanes = 1});

    ASSERT_EQ(people.times, head.times.size());
    for (std::size_t time = 0; time < people.times; ++time) {
        double sum = 0.0;
        double count = 0.0;
        for (std::size_t position = 0; position < people.positions; ++position) {
            const float engagement = people.engagement[time * people.positions + position];
            if (std::isnan(engagement)) continue;
            sum += static_cast<double>(engagement);
            count += 1.0;
        }
        EXPECT_NEAR(sum / count, static_cast<double>(record.at(0, 1, time)), 1e-4) << time;
    }
}

TEST(PeopleThroughTime, differ_from_another_replicate) {
    const Study study = small_study();

    const auto one = study.people({.arm = 0, .point = 0, .first_replicate = 0, .lanes = 1});
    const auto other = study.people({.arm = 0, .point = 0, .first_replicate = 1, .lanes = 1});

    EXPECT_NE(one.engagement, other.engagement);
}

}
}
