#include <cmath>

#include <gtest/gtest.h>

#include "sim/error.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

struct Moving {
    sim::Settings settings;
    sim::World world;

    explicit Moving(const Changes& changes, std::uint32_t people = 60)
        : settings(with(with(quiet_settings(), {{"switch.rewiring", true}}), changes)),
          world(found(layout_of({.teams = {people}, .ties = two_steps(people)}), settings,
                      {.seed = 4})) {}

    /// Everyone knows the next two on a ring.
    static std::vector<sim::Tie> two_steps(std::uint32_t people) {
        std::vector<sim::Tie> ties;
        for (std::uint32_t i = 0; i < people; ++i) {
            ties.push_back({i, (i + 1) % people, 2.0F});
            ties.push_back({i, (i + 2) % people, 1.0F});
        }
        return ties;
    }
    void after(std::uint32_t months) {
        advance(world, only(settings, {"network.rewiring"}), months);
    }
    const sim::Graph& graph() const { return network(world, Network::colleague); }

    /// Mean distance in trait between the ends of a tie.
    double distance() {
        auto staff = employees(world);
        double sum = 0.0;
        for (const sim::Tie& tie : graph().ties()) {
            sum += static_cast<double>(std::abs(staff.trait[tie.from] - staff.trait[tie.to]));
        }
        return sum / static_cast<double>(graph().ties().size());
    }
};

double total_weight(const sim::Graph& graph) {
    double sum = 0.0;
    for (const sim::Tie& tie : graph.ties()) sum += static_cast<double>(tie.weight);
    return sum;
}

TEST(Rewiring, moves_ties_without_making_losing_or_doubling_any) {
    Moving office({{"rewiring.dissolution", 0.5}});
    const double weight = total_weight(office.graph());
    const auto before = office.graph().ties();

    office.after(24);

    EXPECT_NE(office.graph().ties(), before);
    EXPECT_EQ(total_weight(office.graph()), weight);
    for (const sim::Tie& tie : office.graph().ties()) EXPECT_NE(tie.from, tie.to);
    EXPECT_EQ(office.graph().ties().size(), before.size()) << "parallel ties would merge";
}

TEST(Rewiring, keeps_who_is_influenced_where_ties_are_directed) {
    const auto settings =
        with(quiet_settings(), {{"switch.rewiring", true}, {"rewiring.dissolution", 0.5}});
    const SmallFirm star{.teams = {20}, .ties = {{3, 0}, {3, 1}, {3, 2}}, .directed = true};
    sim::World world = found(layout_of(star), settings, {.seed = 4});

    advance(world, only(settings, {"network.rewiring"}), 12);

    EXPECT_EQ(network(world, Network::colleague).degree(3), 3U);
    EXPECT_NE(world.graphs[0], layout_of(star).colleague);
}

TEST(Rewiring, leaves_alone_what_does_not_dissolve) {
    Moving office({{"rewiring.dissolution", 0.0}});
    const auto before = office.graph().ties();

    office.after(24);

    EXPECT_EQ(office.graph().ties(), before);
}

TEST(Rewiring, brings_people_of_like_trait_together_where_homophily_is_on) {
    Moving blind({{"rewiring.dissolution", 0.2}, {"rewiring.homophily", 0.0}}, 400);
    Moving choosy({{"rewiring.dissolution", 0.2}, {"rewiring.homophily", 3.0}}, 400);

    blind.after(24);
    choosy.after(24);

    // The mean distance of two standard normals is 2 / sqrt(pi) = 1.128.
    EXPECT_NEAR(blind.distance(), 1.128, 0.15);
    EXPECT_LT(choosy.distance(), 0.7 * blind.distance());
}

TEST(Rewiring, draws_by_replicate_and_step) {
    Moving one({{"rewiring.dissolution", 0.5}});
    Moving same({{"rewiring.dissolution", 0.5}});
    Moving other({{"rewiring.dissolution", 0.5}});
    other.world.source.first_replicate = 1;

    one.after(6);
    same.after(6);
    other.after(6);

    EXPECT_EQ(one.graph(), same.graph());
    EXPECT_NE(one.graph(), other.graph());
}

TEST(Rewiring, refuses_to_share_ties_between_replicates) {
    const auto settings = with(quiet_settings(), {{"switch.rewiring", true}});
    sim::World world = found(layout_of({.ties = ring(5)}), settings, {.seed = 4, .lanes = 2});

    EXPECT_THROW(advance(world, only(settings, {"network.rewiring"}), 1), sim::LogicError);
}

}
}
