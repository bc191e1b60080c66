#include "scenarios/assembly.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "models/draws.hpp"
#include "models/state.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {

namespace {

/// Of people of whom none is known: it is drawn.
constexpr float no_set_point = std::numeric_limits<float>::quiet_NaN();

/// One firm's office with its positions to grow into, in team order.
struct Premises {
    OfficeNetwork office;               ///< positions sorted by team
    std::vector<std::uint8_t> occupied; ///< of each position
};

Premises premises_of(const sim::Settings& settings, const sim::TextFolder& folder) {
    OfficeNetwork office = office_network(settings, folder);
    const std::size_t people = office.employees;
    sim::Stream stream(static_cast<std::uint64_t>(settings.number("network.seed")),
                       sim::Draw::network_positions, 0);
    const double room = settings.number("firm.room_to_grow");
    extend_positions(
        office, static_cast<std::size_t>(std::ceil(room * static_cast<double>(people))), stream);

    office.set_point.resize(office.employees, no_set_point);

    std::vector<std::uint32_t> order(office.employees);
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t person) { return office.team[person]; });
    std::vector<std::uint32_t> place(order.size());
    Premises sorted{office, std::vector<std::uint8_t>(order.size(), 0)};
    for (std::uint32_t p = 0; p < order.size(); ++p) {
        place[order[p]] = p;
        sorted.office.team[p] = office.team[order[p]];
        sorted.office.site[p] = office.site[order[p]];
        sorted.office.is_manager[p] = office.is_manager[order[p]];
        sorted.occupied[p] = order[p] < people ? 1 : 0;
        sorted.office.set_point[p] = office.set_point[order[p]];
    }
    for (sim::Tie& tie : sorted.office.colleague)
        tie = {place[tie.from], place[tie.to], tie.weight};
    for (Account& account : sorted.office.accounts) account.employee = place[account.employee];
    return sorted;
}

/// The manager of each position: the first manager of the team; managers report to the first
/// manager of all, who reports to nobody.
std::vector<std::uint32_t> reporting_lines(const Premises& premises) {
    const OfficeNetwork& office = premises.office;
    std::vector<std::uint32_t> of_team(office.team_names.size(), models::nobody);
    std::uint32_t head = models::nobody;
    for (std::uint32_t p = 0; p < office.employees; ++p) {
        if (office.is_manager[p] == 0 || premises.occupied[p] == 0) continue;
        if (head == models::nobody) head = p;
        if (of_team[office.team[p]] == models::nobody) of_team[office.team[p]] = p;
    }
    std::vector<std::uint32_t> manager(office.employees, models::nobody);
    for (std::uint32_t p = 0; p < office.employees; ++p) {
        const std::uint32_t own = of_team[office.team[p]];
        manager[p] = own != p ? own : (head != p ? head : models::nobody);
    }
    return manager;
}

/// How many numbers from 0 a list uses.
std::uint32_t count_of(const std::vector<std::uint32_t>& numbers) {
    return numbers.empty() ? 0 : *std::ranges::max_element(numbers) + 1;
}

void add_firm(models::Layout& layout, const Premises& premises, std::uint32_t firm,
              std::vector<sim::Tie>& ties) {
    const OfficeNetwork& office = premises.office;
    const auto first = static_cast<std::uint32_t>(layout.positions());
    const auto first_team = static_cast<std::uint32_t>(layout.teams.size());
    const std::uint32_t first_site = firm * count_of(office.site); // no firm shares a site
    const std::vector<std::uint32_t> managers = reporting_lines(premises);
    for (std::uint32_t p = 0; p < office.employees; ++p) {
        const std::uint32_t team = first_team + office.team[p];
        while (layout.teams.size() <= team) layout.teams.push_back({firm, first + p, 0});
        if (layout.teams[team].positions++ == 0) layout.teams[team].first_position = first + p;
        layout.firm.push_back(firm);
        layout.team.push_back(team);
        layout.site.push_back(first_site + office.site[p]);
        layout.manager.push_back(managers[p] == models::nobody ? models::nobody
                                                               : first + managers[p]);
        layout.is_manager.push_back(office.is_manager[p]);
        layout.occupied.push_back(premises.occupied[p]);
        layout.set_point.push_back(office.set_point[p]);
    }
    for (const sim::Tie& tie : office.colleague) {
        ties.push_back({first + tie.from, first + tie.to, tie.weight});
    }
}

/// Measured accounts: the heaviest tie of a client is its contact, the next its second contact.
/// Every firm serves clients of its own in the same way.
void serve_measured(models::Layout& layout, const OfficeNetwork& office, std::uint32_t firm) {
    const std::uint32_t first_client = firm * static_cast<std::uint32_t>(office.clients);
    std::ranges::copy(office.client_set_point, layout.client_set_point.begin() + first_client);
    const std::uint32_t first_position = firm * static_cast<std::uint32_t>(office.employees);
    std::vector<Account> accounts = office.accounts;
    std::ranges::stable_sort(accounts, [](const Account& a, const Account& b) {
        return a.client != b.client ? a.client < b.client : a.weight > b.weight;
    });
    for (const Account& account : accounts) {
        const std::uint32_t client = first_client + account.client;
        const std::uint32_t contact = first_position + account.employee;
        if (layout.served.empty() || layout.served.back().client != client) {
            layout.served.push_back({client, firm, contact, models::nobody});
        } else if (layout.served.back().second_contact == models::nobody) {
            layout.served.back().second_contact = contact;
        }
    }
}

/// Ties measured among clients, once for the clients of each firm; none without measured accounts.
std::vector<sim::Tie> measured_client_ties(const OfficeNetwork& office, std::size_t firms) {
    std::vector<sim::Tie> ties;
    if (office.accounts.empty()) return ties;
    for (std::uint32_t f = 0; f < firms; ++f) {
        const std::uint32_t first = f * static_cast<std::uint32_t>(office.clients);
        for (const sim::Tie& tie : office.client_ties) {
            ties.push_back({first + tie.from, first + tie.to, tie.weight});
        }
    }
    return ties;
}

/// Generated accounts: clients of the start lie evenly in the market and go round the employees.
void serve_generated(models::Layout& layout, std::size_t served) {
    std::vector<std::uint32_t> staff;
    for (std::uint32_t p = 0; p < layout.positions(); ++p) {
        if (layout.occupied[p] != 0) staff.push_back(p);
    }
    for (std::size_t i = 0; i < served; ++i) {
        const auto client = static_cast<std::uint32_t>(i * layout.clients / served);
        // Round the firms first, then the people of each, so that every firm gets its share.
        const std::size_t per_firm = staff.size() / layout.firms;
        const std::size_t firm = i % layout.firms;
        const std::uint32_t contact = staff[firm * per_firm + i / layout.firms % per_firm];
        layout.served.push_back(
            {client, static_cast<std::uint32_t>(firm), contact, models::nobody});
    }
}

}

models::Layout layout_of(const sim::Settings& settings, const sim::TextFolder& folder) {
    const Premises premises = premises_of(settings, folder);
    const OfficeNetwork& office = premises.office;
    models::Layout layout;
    layout.firms = settings.count("market.firms");
    std::vector<sim::Tie> ties;
    for (std::uint32_t f = 0; f < layout.firms; ++f) add_firm(layout, premises, f, ties);
    layout.colleague = sim::Graph(layout.positions(), ties, !office.colleague_directed);

    const auto staff = static_cast<double>(std::ranges::count(layout.occupied, 1));
    const double per_employee = settings.number("network.service.clients_per_employee");
    const bool measured = !office.accounts.empty();
    const std::size_t served =
        measured ? office.clients * layout.firms
                 : static_cast<std::size_t>(std::max(1.0, std::round(per_employee * staff)));
    layout.clients =
        std::max(served + 1, static_cast<std::size_t>(std::round(static_cast<double>(served) *
                                                                 settings.number("market.size"))));
    const ClientNetwork market =
        client_network(settings, layout.clients, measured_client_ties(office, layout.firms));
    layout.segment = market.segment;
    layout.client_set_point.assign(layout.clients, no_set_point);
    layout.client = sim::Graph(layout.clients, market.ties, true);
    if (measured) {
        for (std::uint32_t f = 0; f < layout.firms; ++f) serve_measured(layout, office, f);
    } else {
        serve_generated(layout, served);
    }
    return layout;
}

}
