// Replicates run side by side must be those that run alone: column by column, to the bit.
#include <gtest/gtest.h>

#include "sim/parallel.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

sim::World run_for(const Layout& layout, const sim::Settings& settings, sim::Source source,
                   std::uint32_t steps) {
    sim::World world = found(layout, settings, source);
    advance(world, pipeline_of(settings), steps);
    return world;
}

/// Names of the columns in which lane `lane` of `together` differs from `alone`.
std::vector<std::string> differences(const sim::World& together, std::size_t lane,
                                     const sim::World& alone) {
    std::vector<std::string> names;
    const std::size_t lanes = together.lanes();
    for (std::size_t p = 0; p < together.populations.size(); ++p) {
        const auto& wide = together.populations[p];
        const auto& narrow = alone.populations[p];
        for (std::size_t c = 0; c < wide.schema().size(); ++c) {
            const bool shared = wide.schema()[c].extent == sim::Extent::entity;
            const bool same = std::visit(
                [&]<class T>(const std::vector<T>& mine) {
                    const auto& all = std::get<std::vector<T>>(wide.columns()[c]);
                    for (std::size_t i = 0; i < mine.size(); ++i) {
                        if (mine[i] != all[shared ? i : i * lanes + lane]) return false;
                    }
                    return true;
                },
                narrow.columns()[c]);
            if (!same) names.push_back(wide.name() + "." + wide.schema()[c].name);
        }
    }
    return names;
}

/// What is left over in working space means nothing.
std::vector<std::string> of_consequence(std::vector<std::string> names) {
    std::erase(names, "employees.scratch");
    std::erase(names, "employees.roster"); // beyond the people counted
    return names;
}

const Changes co_operative = {
    {"governance.legal_form", "scop"}, {"governance.membership", true},
    {"governance.owner_votes", 0.0},   {"pricing.rule", "fair"},
    {"quit.contagion", 0.5},           {"shock.site.sd", 0.2},
    {"shock.global.sd", 0.1},          {"drift.sd", 0.2},
    {"handover.assortative", true},    {"governance.take_over_hazard", 0.0}};

TEST(Lanes, carry_the_replicates_that_run_alone) {
    const Layout layout = office_of(27, 3, 7);
    for (const Changes& changes : {Changes{}, co_operative}) {
        const auto settings = with(default_settings(), changes);
        for (const std::uint32_t lanes : {4U, 16U}) {
            const auto together = run_for(layout, settings, {.seed = 9, .lanes = lanes}, 30);
            for (std::uint32_t lane = 0; lane < lanes; lane += 3) {
                const auto alone =
                    run_for(layout, settings, {.seed = 9, .first_replicate = lane}, 30);

                EXPECT_EQ(of_consequence(differences(together, lane, alone)),
                          std::vector<std::string>{})
                    << "lane " << lane << " of " << lanes;
            }
        }
    }
}

TEST(Lanes, differ_from_each_other) {
    const auto together =
        run_for(office_of(27, 3, 7), default_settings(), {.seed = 9, .lanes = 4}, 3);
    const auto replicate_0 =
        run_for(office_of(27, 3, 7), default_settings(), {.seed = 9, .first_replicate = 0}, 3);

    EXPECT_FALSE(differences(together, 1, replicate_0).empty());
    EXPECT_FALSE(differences(together, 3, replicate_0).empty());
}

TEST(Seeds, make_different_worlds) {
    const Layout layout = office_of(9, 3, 5);

    const auto one = run_for(layout, default_settings(), {.seed = 9}, 1);

    EXPECT_EQ(one, run_for(layout, default_settings(), {.seed = 9}, 1));
    EXPECT_NE(one.populations[1],
              run_for(layout, default_settings(), {.seed = 10}, 1).populations[1]);
}

/// Laws over clients share one pass over the market: the pipeline must not show it.
TEST(LawsOverClients, taken_together_are_those_taken_one_after_the_other) {
    const Layout layout = office_of(30, 6, 10);
    const auto settings = default_settings();
    const sim::Source source{.seed = 3, .lanes = 16};
    const sim::Pipeline pipeline = pipeline_of(settings);
    const sim::World together = run_for(layout, settings, source, 24);

    sim::World apart = found(layout, settings, source);
    for (std::uint32_t step = 1; step <= 24; ++step) {
        for (const sim::Stage& law : pipeline.stages()) law.process->advance(apart, {.step = step});
        ++apart.step;
    }

    EXPECT_TRUE(together == apart);
    EXPECT_GT(count_of(together, Kind::clients) * source.lanes, std::size_t{sim::block_rows});
}

}
}
