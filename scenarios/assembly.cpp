#include "scenarios/assembly.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/draws.hpp"
#include "models/state.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {

namespace {

/// One firm's office with its positions to grow into, in team order.
struct Premises {
    OfficeNetwork office;               ///< positions sorted by team
    std::vector<std::uint8_t> occupied; ///< of each position
};

Premises premises_of(const sim::Settings& settings, const std::filesystem::path& folder) {
    OfficeNetwork office = office_network(settings, folder);
    const std::size_t people = office.employees;
    sim::Stream stream(static_cast<std::uint64_t>(settings.number("network.seed")),
                       sim::Draw::network_positions, 0);
    const double room = settings.number("firm.room_to_grow");
    extend_positions(office, static_cast<std::size_t>(std::ceil(room * static_cast<double>(people))),
                     stream);

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
    }
    for (sim::Tie& tie : sorted.office.colleague) tie = {place[tie.from], place[tie.to], tie.weight};
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

void add_firm(models::Layout& layout, const Premises& premises, std::uint32_t firm,
              std::vector<sim::Tie>& ties) {
    const OfficeNetwork& office = premises.office;
    const auto first = static_cast<std::uint32_t>(layout.positions());
    const auto first_team = static_cast<std::uint32_t>(layout.teams.size());
    const std::vector<std::uint32_t> managers = reporting_lines(premises);
    for (std::uint32_t p = 0; p < office.employees; ++p) {
        const std::uint32_t team = first_team + office.team[p];
        while (layout.teams.size() <= team) layout.teams.push_back({firm, first + p, 0});
        if (layout.teams[team].positions++ == 0) layout.teams[team].first_position = first + p;
        layout.firm.push_back(firm);
        layout.team.push_back(team);
        layout.site.push_back(office.site[p]);
        layout.manager.push_back(managers[p] == models::nobody ? models::nobody
                                                               : first + managers[p]);
        layout.is_manager.push_back(office.is_manager[p]);
        layout.occupied.push_back(premises.occupied[p]);
    }
    for (const sim::Tie& tie : office.colleague) {
        ties.push_back({first + tie.from, first + tie.to, tie.weight});
    }
}

/// Measured accounts: the heaviest tie of a client is its contact, the next its second contact.
void serve_measured(models::Layout& layout, const OfficeNetwork& office) {
    std::vector<Account> accounts = office.accounts;
    std::ranges::stable_sort(accounts, [](const Account& a, const Account& b) {
        return a.client != b.client ? a.client < b.client : a.weight > b.weight;
    });
    for (const Account& account : accounts) {
        if (layout.served.empty() || layout.served.back().client != account.client) {
            layout.served.push_back({account.client, 0, account.employee, models::nobody});
        } else if (layout.served.back().second_contact == models::nobody) {
            layout.served.back().second_contact = account.employee;
        }
    }
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

models::Layout layout_of(const sim::Settings& settings, const std::filesystem::path& folder) {
    const Premises premises = premises_of(settings, folder);
    const OfficeNetwork& office = premises.office;
    models::Layout layout;
    layout.firms = settings.count("market.firms");
    std::vector<sim::Tie> ties;
    for (std::uint32_t f = 0; f < layout.firms; ++f) add_firm(layout, premises, f, ties);
    layout.colleague = sim::Graph(layout.positions(), ties, !office.colleague_directed);

    const auto staff = static_cast<double>(std::ranges::count(layout.occupied, 1));
    const double per_employee = settings.number("network.service.clients_per_employee");
    const bool measured = !office.accounts.empty() && layout.firms == 1;
    const std::size_t served =
        measured ? office.clients
                 : static_cast<std::size_t>(std::max(1.0, std::round(per_employee * staff)));
    layout.clients = std::max(
        served + 1, static_cast<std::size_t>(
                        std::round(static_cast<double>(served) * settings.number("market.size"))));
    const ClientNetwork market =
        client_network(settings, layout.clients,
                       measured ? office.client_ties : std::vector<sim::Tie>{});
    layout.segment = market.segment;
    layout.client = sim::Graph(layout.clients, market.ties, true);
    if (measured) {
        serve_measured(layout, office);
    } else {
        serve_generated(layout, served);
    }
    return layout;
}

}
