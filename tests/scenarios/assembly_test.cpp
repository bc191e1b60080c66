#include "scenarios/assembly.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "models/state.hpp"
#include "scenarios/scenario.hpp"

namespace cercle::scenarios {
namespace {

models::Layout layout_with(const std::vector<std::string>& overrides) {
    const Scenario scenario = read_scenario({.name = "t.toml",
                                             .text = "cercle = 1\nseed = 1\n",
                                             .folder = ".",
                                             .overrides = overrides});
    return layout_of(scenario.arms.at(0).settings, scenario.folder);
}

const std::vector<std::string> blocks = {"network.colleague.generator=blocks",
                                         "network.colleague.nodes=24",
                                         "network.colleague.team_size=6"};

std::vector<std::string> blocks_and(std::vector<std::string> more) {
    more.insert(more.end(), blocks.begin(), blocks.end());
    return more;
}

TEST(Layout, makes_teams_neighbours_with_room_to_grow) {
    const models::Layout layout = layout_with(blocks);

    EXPECT_EQ(layout.positions(), 36U);
    EXPECT_EQ(std::ranges::count(layout.occupied, 1), 24);
    ASSERT_EQ(layout.teams.size(), 4U);
    std::uint32_t next = 0;
    for (std::uint32_t t = 0; t < 4; ++t) {
        EXPECT_EQ(layout.teams[t].first_position, next);
        for (std::uint32_t i = 0; i < layout.teams[t].positions; ++i)
            EXPECT_EQ(layout.team[next++], t);
    }
    EXPECT_EQ(next, 36U);
}

TEST(Layout, has_everyone_report_to_a_manager_but_the_head) {
    const models::Layout layout = layout_with(blocks);
    int heads = 0;
    for (std::size_t p = 0; p < layout.positions(); ++p) {
        const std::uint32_t manager = layout.manager[p];
        if (manager == models::nobody) {
            ++heads;
            continue;
        }
        EXPECT_NE(manager, p);
        EXPECT_EQ(layout.is_manager[manager], 1);
        EXPECT_EQ(layout.occupied[manager], 1);
        EXPECT_TRUE(layout.is_manager[p] != 0 || layout.team[manager] == layout.team[p]);
    }
    EXPECT_EQ(heads, 1);
}

TEST(Layout, serves_the_clients_of_the_start_evenly_from_a_larger_market) {
    const models::Layout layout =
        layout_with(blocks_and({"network.service.clients_per_employee=10"}));
    std::vector<int> served(layout.positions(), 0);
    std::set<std::uint32_t> clients;
    for (const auto& service : layout.served) {
        EXPECT_EQ(layout.occupied[service.contact], 1);
        EXPECT_TRUE(clients.insert(service.client).second);
        EXPECT_LT(service.client, layout.clients);
        ++served[service.contact];
    }

    EXPECT_EQ(layout.served.size(), 240U);
    EXPECT_EQ(layout.clients, 720U);
    for (std::size_t p = 0; p < layout.positions(); ++p) {
        EXPECT_EQ(served[p], layout.occupied[p] != 0 ? 10 : 0);
    }
}

TEST(Layout, of_several_firms_gives_each_its_people_and_clients) {
    const models::Layout layout = layout_with(blocks_and({"market.firms=3"}));
    std::vector<int> clients(3), people(3), served(layout.positions());
    for (const auto& service : layout.served) {
        EXPECT_EQ(layout.firm[service.contact], service.firm);
        ++clients[service.firm];
        ++served[service.contact];
    }
    for (std::size_t p = 0; p < layout.positions(); ++p)
        people[layout.firm[p]] += layout.occupied[p];

    for (std::size_t p = 0; p < layout.positions(); ++p) {
        EXPECT_EQ(served[p], layout.occupied[p] != 0 ? 10 : 0);
    }
    EXPECT_EQ(clients, std::vector<int>(3, 240));
    EXPECT_EQ(people, std::vector<int>(3, 24));
    for (const sim::Tie& tie : layout.colleague.ties()) {
        EXPECT_EQ(layout.firm[tie.from], layout.firm[tie.to]);
    }
}

TEST(Layout, of_several_firms_lets_none_share_a_site) {
    const models::Layout layout =
        layout_with(blocks_and({"market.firms=3",
                                                     "network.colleague.cross_site_ties=1"}));
    std::map<std::uint32_t, std::set<std::uint32_t>> firms_at;
    for (std::size_t p = 0; p < layout.positions(); ++p) {
        firms_at[layout.site[p]].insert(layout.firm[p]);
    }

    EXPECT_EQ(firms_at.size(), 3U * 2U); // two sites of at least two teams each
    for (const auto& [site, firms] : firms_at) EXPECT_EQ(firms.size(), 1U) << site;
}

TEST(Layout, of_several_firms_gives_each_the_measured_accounts) {
    const std::filesystem::path folder = testing::TempDir();
    std::ofstream(folder / "ties.csv") << "from_id,to_id\na,b\nb,c\n";
    std::ofstream(folder / "accounts.csv") << "from_id,to_id,weight\na,x,2\nb,x,1\nc,y,1\n";
    const Scenario scenario = read_scenario(
        {.name = "t.toml",
         .text = "cercle = 1\nseed = 1\n[network.colleague]\nfile = \"ties.csv\"\n"
                 "[network.service]\nfile = \"accounts.csv\"\n[market]\nfirms = 2\n"
                 "[firm]\nroom_to_grow = 0\n",
         .folder = folder.string(),
         .overrides = {}});
    const models::Layout layout = layout_of(scenario.arms.at(0).settings, folder);

    ASSERT_EQ(layout.served.size(), 4U);
    for (std::uint32_t f = 0; f < 2; ++f) {
        const auto& x = layout.served[2 * f];
        EXPECT_EQ(x.client, 2 * f);
        EXPECT_EQ(x.firm, f);
        EXPECT_EQ(x.contact, 3 * f);
        EXPECT_EQ(x.second_contact, 3 * f + 1);
        EXPECT_EQ(layout.served[2 * f + 1].contact, 3 * f + 2);
    }
}

TEST(Layout, keeps_measured_set_points_through_the_order_of_teams_and_gives_none_to_others) {
    const std::filesystem::path folder = testing::TempDir();
    std::ofstream(folder / "ties.csv") << "from_id,to_id\na,b\nb,c\n";
    std::ofstream(folder / "accounts.csv") << "from_id,to_id\na,x\nc,y\n";
    std::ofstream(folder / "roster.csv") << "person_id,kind,team,set_point\na,employee,T,0.5\n"
                                            "b,employee,U,\nc,employee,T,0.8\nx,client,,0.2\n"
                                            "y,client,,\n";
    const Scenario scenario = read_scenario(
        {.name = "t.toml",
         .text = "cercle = 1\nseed = 1\n[network.colleague]\nfile = \"ties.csv\"\n"
                 "[network.people]\nfile = \"roster.csv\"\n"
                 "[network.service]\nfile = \"accounts.csv\"\n[firm]\nroom_to_grow = 1\n",
         .folder = folder.string(),
         .overrides = {}});
    const sim::Settings& settings = scenario.arms.at(0).settings;
    const models::Layout layout = layout_of(settings, folder);
    const sim::World world = models::found(layout, settings, {.seed = 1});
    const auto staff = models::employees(world);

    std::vector<float> known; // a and c, who come first in team T, then nobody
    for (std::size_t p = 0; p < layout.positions(); ++p) {
        if (!std::isnan(layout.set_point[p])) known.push_back(staff.set_point[p]);
    }
    ASSERT_EQ(known.size(), 2U);
    EXPECT_EQ(known[0], 0.0F);
    EXPECT_NEAR(known[1], std::log(4.0), 1e-6);
    EXPECT_NEAR(models::clients(world).set_point[0], std::log(0.25), 1e-6);
    EXPECT_TRUE(std::isnan(layout.client_set_point[1]));
}

TEST(Layout, is_drawn_from_the_seed_of_networks_alone) {
    const models::Layout one = layout_with(blocks);
    const models::Layout same = layout_with(blocks_and({"seed=99", "pricing.rule=fair"}));
    const models::Layout other = layout_with(blocks_and({"network.seed=2"}));

    EXPECT_EQ(one.colleague, same.colleague);
    EXPECT_EQ(one.client, same.client);
    EXPECT_NE(one.colleague, other.colleague);
    EXPECT_NE(one.client, other.client);
}

TEST(Layout, keeps_someone_to_win_even_in_the_smallest_market) {
    const models::Layout layout =
        layout_with({"network.colleague.generator=none", "network.colleague.nodes=1",
                     "network.service.clients_per_employee=0.1", "market.size=1.01"});

    EXPECT_EQ(layout.served.size(), 1U);
    EXPECT_EQ(layout.clients, 2U);
}

}
}
