#include "models/founding.hpp"

#include <cmath>

#include "models/catalogue.hpp"
#include "models/draws.hpp"
#include "models/firm/founding.hpp"
#include "models/governance/policy.hpp"
#include "models/reference.hpp"
#include "models/staff/person.hpp"
#include "models/staff/roster.hpp"

namespace cercle::models {

namespace {

constexpr float longest_tenure = 480.0F; ///< months

std::size_t sites_of(const Layout& layout) {
    std::uint32_t last = 0;
    for (const std::uint32_t site : layout.site) last = std::max(last, site);
    return last + 1;
}

sim::World empty_world(const Layout& layout, const sim::Source& source) {
    const std::size_t lanes = source.lanes;
    sim::World world;
    world.source = source;
    world.populations = {
        sim::population_of<Firms>("firms", layout.firms, lanes),
        sim::population_of<Employees>("employees", layout.positions(), lanes),
        sim::population_of<Clients>("clients", layout.clients, lanes),
        sim::population_of<Teams>("teams", layout.teams.size(), lanes),
        sim::population_of<Sites>("sites", sites_of(layout), lanes),
        sim::population_of<Environment>("environment", 1, lanes),
    };
    world.graphs = {layout.colleague, layout.client};
    return world;
}

void place_teams(sim::World& world, const Layout& layout) {
    auto team = teams(world);
    auto firm = firms(world);
    auto staff = employees(world);
    for (std::size_t t = 0; t < layout.teams.size(); ++t) {
        team.firm[t] = layout.teams[t].firm;
        team.first_position[t] = layout.teams[t].first_position;
        team.positions[t] = layout.teams[t].positions;
    }
    for (std::size_t p = layout.positions(); p-- > 0;) {
        staff.firm[p] = layout.firm[p];
        staff.team[p] = layout.team[p];
        staff.site[p] = layout.site[p];
        staff.manager[p] = layout.manager[p];
        staff.is_manager[p] = layout.is_manager[p];
        firm.first_position[layout.firm[p]] = static_cast<std::uint32_t>(p);
        ++firm.positions[layout.firm[p]];
    }
}

/// A set point as it was measured, or else as it was drawn.
float measured_or(const std::vector<float>& measured, std::size_t which, float drawn) {
    return which >= measured.size() || std::isnan(measured[which]) ? drawn : measured[which];
}

/// Exponential with this mean, by inversion.
float waiting_time(std::uint32_t word, float mean) { return -mean * sim::log(sim::uniform(word)); }

void seat_staff(sim::World& world, const Layout& layout, const sim::Settings& settings) {
    auto staff = employees(world);
    const PersonTraits person(settings);
    const Policies policies(settings);
    const auto firm = firms(std::as_const(world));
    const float state_sd = settings.real("employee.state_sd");
    const float age = std::min(longest_tenure, settings.real("firm.age"));
    const auto mean_tenure =
        static_cast<float>(1.0 / std::max(settings.number("quit.hazard"), 1e-3));
    const std::size_t lanes = world.lanes();
    for (std::size_t row = 0; row < staff.occupied.size(); ++row) {
        if (layout.occupied[row / lanes] == 0) continue;
        person.seat(world, staff, row);
        staff.set_point[row] = measured_or(layout.set_point, row / lanes, staff.set_point[row]);
        const RareDraws draw{world.source, static_cast<std::uint32_t>(row / lanes),
                             static_cast<std::uint32_t>(row % lanes), 0};
        const float start =
            staff.set_point[row] + state_sd * sim::normal(draw(sim::Draw::start_state));
        staff.engagement[row] = staff.will[row] = staff.conviction[row] = start;
        staff.tenure[row] =
            std::min(age, std::floor(waiting_time(draw(sim::Draw::start_tenure), mean_tenure)));
        staff.relatedness[row] = 0.45F + 0.15F * std::min(staff.tenure[row] / 36.0F, 1.0F);
        const Policy& policy = policies[firm.policy[firm_row(staff, row, lanes)]];
        if (!policy.membership || staff.tenure[row] < policy.membership_after) continue;
        staff.member[row] = 1;
        staff.stake[row] = policy.stake;
    }
}

void gather_clients(sim::World& world, const sim::Settings& settings, const Layout& layout) {
    auto market = clients(world);
    const Reference reference(settings);
    const float spread = settings.real("client.set_point_sd");
    const float state_sd = settings.real("client.state_sd");
    const float subscriptions = settings.real("client.subscription_share");
    const float usual_quality = 1.0F - sim::logistic(settings.real("encounter.base"));
    const std::size_t lanes = world.lanes();
    for (std::size_t client = 0; client < layout.clients; ++client) {
        market.volume[client] = 1.0F;
        market.segment[client] = layout.segment[client];
    }
    for (std::size_t row = 0; row < market.firm.size(); ++row) {
        const RareDraws draw{world.source, static_cast<std::uint32_t>(row / lanes),
                             static_cast<std::uint32_t>(row % lanes), 0};
        market.firm[row] = outside;
        market.set_point[row] =
            measured_or(layout.client_set_point, row / lanes,
                        reference.client + spread * sim::normal(draw(sim::Draw::client_set_point)));
        market.engagement[row] =
            market.set_point[row] + state_sd * sim::normal(draw(sim::Draw::client_start_state));
        market.price_reference[row] = reference.price;
        market.quality[row] = usual_quality;
        market.contract[row] = sim::chance(draw(sim::Draw::contract), subscriptions) ? 1 : 0;
    }
}

void serve_clients(sim::World& world, const sim::Settings& settings, const Layout& layout) {
    auto market = clients(world);
    const float mean_relation = settings.real("client.initial_relation");
    const auto lanes = static_cast<std::uint32_t>(world.lanes());
    const Roster roster(world);
    for (const Layout::Service& service : layout.served) {
        for (std::uint32_t lane = 0; lane < lanes; ++lane) {
            const std::size_t row = service.client * lanes + lane;
            const RareDraws draw{world.source, service.client, lane, 0};
            market.firm[row] = static_cast<std::int32_t>(service.firm);
            market.contact[row] = service.contact;
            market.second_contact[row] =
                service.second_contact != nobody
                    ? service.second_contact
                    : roster.in_team_beside(service.contact, lane, draw(sim::Draw::second_contact));
            market.relation[row] = market.subscribed[row] =
                std::min(settings.real("firm.age"),
                         waiting_time(draw(sim::Draw::start_relation), mean_relation));
        }
    }
}

/// Which form of firm stands where: its people are hired by it.
void name_forms(sim::World& world, const FirmFounding& founding) {
    auto firm = firms(world);
    for (std::size_t home = 0; home < firm.policy.size(); ++home) {
        firm.policy[home] = founded_as(founding.is_rival(home / world.lanes()));
    }
}

/// Members' stakes are part of the first capital.
void open_firms(sim::World& world, const FirmFounding& founding, float price) {
    auto firm = firms(world);
    const auto staff = employees(std::as_const(world));
    std::vector<std::int64_t> stakes(firm.alive.size(), 0);
    for (std::size_t row = 0; row < staff.stake.size(); ++row) {
        stakes[firm_row(staff, row, world.lanes())] += staff.stake[row];
    }
    for (std::size_t home = 0; home < firm.alive.size(); ++home) {
        founding.open(world, firm, home, {.price = price, .stakes = stakes[home]});
    }
}

/// Counts output and people once, so that the start can be looked at like any later moment.
void take_stock(sim::World& world, const sim::Settings& settings) {
    const sim::Tick start{.step = 0, .months = settings.number("time.step")};
    for (const Law& law : laws()) {
        if (law.name == "measure") law.build(settings)->advance(world, start);
    }
    for (const Law& law : laws()) {
        if (law.name == "output") law.build(settings)->advance(world, start);
    }
    for (const Law& law : laws()) {
        if (law.name == "measure") law.build(settings)->advance(world, start);
    }
    auto firm = firms(world);
    for (std::size_t home = 0; home < firm.clients.size(); ++home) {
        firm.clients_reference[home] = static_cast<float>(firm.clients[home]);
        firm.clients_before[home] = firm.clients[home];
    }
}

}

const sim::ParameterTable& founding_parameters() {
    static const sim::ParameterTable table = {
        {"client.initial_relation", 60.0, "month", sim::positive, "assumed",
         "mean time clients of the start have been with their contact"},
        {"firm.age", 1200.0, "month", sim::non_negative, "assumed (a firm that has lasted)",
         "age of firms when the world begins: nobody has been with them for longer"},
        {"firm.efficiency_sd", 0.0, "1", sim::between(0, 1),
         "0: a firm that has lasted; young firms differ (Jovanovic 1982), see young_firms.toml",
         "standard deviation of the log of what an employee can serve, from firm to firm"},
        {"market.firms", 1.0, "1", sim::whole(1, 1e6), "model decision 3",
         "firms that compete in one market"},
        {"market.size", 3.0, "1", sim::between(1.01, 1000), "assumed",
         "people in the market for each client served at the start"},
    };
    return table;
}

sim::World found(const Layout& layout, const sim::Settings& settings, const sim::Source& source) {
    sim::World world = empty_world(layout, source);
    place_teams(world, layout);
    const FirmFounding founding(settings);
    name_forms(world, founding);
    seat_staff(world, layout, settings);
    call_roster(world);
    gather_clients(world, settings, layout);
    serve_clients(world, settings, layout);
    open_firms(world, founding, settings.real("market.price"));
    auto around = environment(world);
    for (std::size_t lane = 0; lane < world.lanes(); ++lane) {
        around.market_price[lane] = settings.real("market.price");
        around.outside_start[lane] =
            static_cast<float>(std::max<std::size_t>(1, layout.clients - layout.served.size()));
    }
    take_stock(world, settings);
    return world;
}

}
