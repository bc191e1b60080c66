#include "scenarios/networks.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/draws.hpp"
#include "scenarios/network_parameters.hpp"
#include "sim/error.hpp"
#include "sim/graph_generators.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::scenarios {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

sim::Settings settings(const std::string& generator, double nodes) {
    sim::Settings result(network_parameters());
    result.set("network.colleague.generator", generator);
    result.set("network.colleague.nodes", nodes);
    return result;
}

OfficeNetwork office(const std::string& generator, double nodes) {
    return office_network(settings(generator, nodes), {});
}

std::string refusal_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const sim::UserError& error) {
        return error.what();
    }
    return {};
}

TEST(Networks, the_default_is_the_office_of_ninety_two_with_a_manager_per_department) {
    const OfficeNetwork firm = office_network(sim::Settings(network_parameters()), {});

    EXPECT_EQ(firm.employees, 92u);
    EXPECT_EQ(firm.colleague.size(), 755u);
    EXPECT_EQ(firm.team_names.size(), 5u);
    EXPECT_EQ(std::ranges::count(firm.is_manager, 1), 5);
    EXPECT_THAT(firm.site, Each(0u));
    EXPECT_EQ(firm, office_network(sim::Settings(network_parameters()), {}));
    sim::Settings other{network_parameters()};
    other.set("network.seed", 2.0);
    EXPECT_NE(firm.colleague, office_network(other, {}).colleague);
}

TEST(Networks, every_generator_fills_teams_and_gives_each_a_manager) {
    for (const char* generator : {"none", "blocks", "small_world", "scale_free", "random",
                                  "complete", "ring", "star", "office"}) {
        const OfficeNetwork firm = office(generator, 30);

        EXPECT_EQ(firm.employees, 30u) << generator;
        EXPECT_EQ(firm.team.size(), 30u) << generator;
        EXPECT_EQ(firm.site.size(), 30u) << generator;
        EXPECT_EQ(std::ranges::count(firm.is_manager, 1), std::ssize(firm.team_names)) << generator;
        EXPECT_EQ(firm.colleague.empty(), std::string(generator) == "none") << generator;
    }
    EXPECT_THAT(office("ring", 20).team_names, ElementsAre("team 1", "team 2", "team 3"));
}

TEST(Networks, a_configuration_keeps_its_degrees_without_loops_and_double_ties) {
    sim::Settings asked = settings("configuration", 300);
    asked.set("network.colleague.degrees", std::vector<double>{5, 1, 2});

    const OfficeNetwork drawn = office_network(asked, {});

    std::vector<int> degrees(300, 0);
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const sim::Tie& tie : drawn.colleague) {
        ++degrees[tie.from];
        ++degrees[tie.to];
        EXPECT_LT(tie.from, tie.to);
        EXPECT_TRUE(pairs.emplace(tie.from, tie.to).second);
    }
    for (std::size_t node = 0; node < 300; ++node) {
        EXPECT_EQ(degrees[node], (std::array{5, 1, 2})[node % 3]);
    }
    EXPECT_EQ(drawn, office_network(asked, {}));
}

TEST(Networks, a_degree_file_is_read_and_its_mistakes_are_told_at_their_place) {
    const std::filesystem::path folder = testing::TempDir();
    sim::Settings asked = settings("configuration", 4);
    asked.set("network.colleague.degree_file", std::string("degrees.csv"));
    std::ofstream(folder / "degrees.csv") << "degree\n3\n1\n1\n1\n";
    EXPECT_EQ(office_network(asked, folder).colleague.size(), 3u);

    std::ofstream(folder / "degrees.csv") << "degree\n3\n1.5\n1\n-1\n";
    EXPECT_THAT(refusal_of([&] { office_network(asked, folder); }),
                testing::AllOf(HasSubstr("degrees.csv:3: "), HasSubstr("degrees.csv:5: ")));
}

TEST(Networks, degrees_that_no_graph_has_are_refused_with_the_reason) {
    const auto refused = [](std::vector<double> degrees, double nodes) {
        sim::Settings asked = settings("configuration", nodes);
        asked.set("network.colleague.degrees", std::move(degrees));
        return refusal_of([&] { office_network(asked, {}); });
    };

    EXPECT_THAT(refused({}, 4), HasSubstr("is missing"));
    EXPECT_THAT(refused({1, 1, 1}, 3), HasSubstr("add up to 3"));
    EXPECT_THAT(refused({4, 1, 1, 2}, 4), HasSubstr("4 ties among 4 nodes"));
    EXPECT_THAT(refused({3, 3, 1, 1}, 4), HasSubstr("Erdos and Gallai"));
    EXPECT_THAT(refused({2, 2, 2, 2}, 3), HasSubstr("nodes = 4"));
}

TEST(Networks, a_lattice_is_as_square_as_its_nodes_allow) {
    EXPECT_EQ(office("lattice", 12).colleague, sim::lattice({.rows = 3, .columns = 4}));
    sim::Settings asked = settings("lattice", 36);
    asked.set("network.colleague.rows", 3.0);
    EXPECT_EQ(office_network(asked, {}).colleague, sim::lattice({.rows = 3, .columns = 12}));

    EXPECT_THROW(office("lattice", 13), sim::UserError);
    asked.set("network.colleague.rows", 5.0);
    EXPECT_THROW(office_network(asked, {}), sim::UserError);
}

TEST(Networks, the_person_with_most_contact_leads_a_team) {
    const OfficeNetwork firm = office("star", 10);

    EXPECT_THAT(firm.is_manager, ElementsAre(1, 0, 0, 0, 0, 0, 0, 0, 1, 0));
}

TEST(Networks, impossible_degrees_are_told_with_their_parameter) {
    const auto message = [](sim::Settings given) -> std::string {
        try {
            office_network(given, {});
        } catch (const sim::UserError& error) {
            return error.what();
        }
        return {};
    };
    sim::Settings odd = settings("ring", 20);
    odd.set("network.colleague.degree", 5.0);
    sim::Settings service = settings("office", 20);
    service.set("network.service.file", std::string("accounts.csv"));

    EXPECT_THAT(
        message(settings("random", 8)),
        HasSubstr("network.colleague.degree = 8: is not below network.colleague.nodes = 8"));
    EXPECT_THAT(message(odd), HasSubstr("network.colleague.degree = 5: is not an even"));
    EXPECT_THAT(message(odd), HasSubstr("set 4 or 6"));
    EXPECT_THAT(message(service), HasSubstr("network.service.file"));
}

TEST(Networks, ties_across_teams_stay_in_a_site) {
    sim::Settings given = settings("none", 64);
    given.set("network.colleague.cross_site_ties", 1.0);

    const OfficeNetwork firm = office_network(given, {});

    EXPECT_EQ(firm.colleague.size(), 64u);
    std::set<std::uint32_t> sites(firm.site.begin(), firm.site.end());
    EXPECT_EQ(sites.size(), 4u);
    for (const sim::Tie& tie : firm.colleague) {
        EXPECT_EQ(firm.site[tie.from], firm.site[tie.to]);
        EXPECT_NE(firm.team[tie.from], firm.team[tie.to]);
    }
}

TEST(Networks, a_position_to_grow_into_copies_the_ties_of_someone) {
    OfficeNetwork firm{.employees = 3, .team_names = {"A"}};
    firm.team = {0, 0, 0};
    firm.site = {0, 0, 0};
    firm.is_manager = {1, 0, 0};
    firm.colleague = {{0, 1, 2.0F}, {0, 2, 4.0F}, {1, 2, 6.0F}};
    sim::Stream stream(1, sim::Draw::network_positions, 0);

    extend_positions(firm, 1, stream);

    EXPECT_EQ(firm.employees, 4u);
    EXPECT_THAT(firm.is_manager, ElementsAre(1, 0, 0, 0));
    ASSERT_EQ(firm.colleague.size(), 6u); // two copied, one to the person copied
    const sim::Graph graph(4, firm.colleague, true);
    EXPECT_EQ(graph.degree(3), 3u);
}

TEST(Networks, positions_follow_head_counts_and_no_tie_stays_no_tie) {
    OfficeNetwork firm = office("office", 92);
    const double share = static_cast<double>(std::ranges::count(firm.team, 2U)) / 92.0;
    sim::Stream stream(1, sim::Draw::network_positions, 0);

    extend_positions(firm, 908, stream);

    EXPECT_EQ(firm.employees, 1000u);
    EXPECT_NEAR(static_cast<double>(std::ranges::count(firm.team, 2U)) / 1000.0, share, 0.15);
    const sim::Graph graph(1000, firm.colleague, true);
    EXPECT_EQ(graph.ties().size(), firm.colleague.size()); // no double
    OfficeNetwork strangers = office("none", 10);
    extend_positions(strangers, 10, stream);
    EXPECT_TRUE(strangers.colleague.empty());
}

TEST(Networks, clients_talk_inside_their_segment) {
    const sim::Settings given(network_parameters());

    const ClientNetwork market = client_network(given, 2800);

    ASSERT_EQ(market.segment.size(), 2800u);
    EXPECT_EQ(market.ties.size(), 5600u);
    for (const sim::Tie& tie : market.ties) {
        ASSERT_EQ(market.segment[tie.from], market.segment[tie.to]);
    }
    EXPECT_EQ(market, client_network(given, 2800));
    EXPECT_EQ(client_network(given, 4).ties.size(), 1u); // two clients in segment 0
    EXPECT_TRUE(client_network(given, 0).ties.empty());
}

TEST(Networks, measured_ties_among_clients_are_kept_and_not_mixed_with_drawn_ones) {
    const sim::Settings given(network_parameters());

    const ClientNetwork market = client_network(given, 300, {{0, 1, 5.0F}});

    EXPECT_EQ(market.ties[0], (sim::Tie{0, 1, 5.0F}));
    for (std::size_t i = 1; i < market.ties.size(); ++i) EXPECT_GT(market.ties[i].from, 1u);
}

}
}
