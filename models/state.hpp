#pragma once

#include <cstdint>

#include "sim/world.hpp"

namespace cercle::models {

using sim::Column;
using sim::Extent;

/// The populations of a world, as `World::populations` holds them.
enum class Kind : std::uint8_t { firms, employees, clients, teams, sites, environment };

/// The graphs of a world, as `World::graphs` holds them.
enum class Network : std::uint8_t { colleague, client };

inline constexpr std::int32_t outside = -1; ///< a client's firm when it is served elsewhere
inline constexpr std::uint32_t nobody = 0xffffffffU;

/// What a client did in a month, as `Clients::moved` notes it.
enum Move : std::uint8_t { stayed, left, walked_out, came };

/// Firms: what they charge, own, decide and counted last month. Money is in cents.
struct Firms {
    Column<std::uint8_t> alive;
    Column<std::uint8_t> policy;
    Column<float> price, price_reference, unit_cost, cost_reference, margin_given_up;
    Column<float> wage_factor, voice, stability, innovation, extraction, invested_share;
    Column<float> capacity, overload, member_share, policy_position, clients_reference, creativity, reach;
    Column<float> unjustified, accounts_seen, service_strain, appeal;
    Column<std::int32_t> stability_months, distress_months, age_months;
    Column<std::int64_t> cash, cash_before, capital, highest_capital;
    Column<std::int64_t> legal_reserve, development_reserve, free_reserve;
    Column<std::int64_t> result_year, revenue_year;
    Column<std::int64_t> revenue, wages, overhead, investment, tax, payouts, capital_flow;
    Column<std::int32_t> employees, members, clients, promoters, detractors;
    Column<std::int32_t> quits, hires, layoffs, churned, walked_out, acquired, proposals, adopted;
    Column<std::int32_t> clients_before, employees_before, founders;
    Column<std::int64_t> volume, engagement_sum, output_sum, absence_sum, client_engagement_sum;
    Column<std::int32_t> engaged, disengaged;
    Column<std::uint32_t> first_position, positions;

    void each(auto&& field);
};

/// Employees: one row per position. Who leaves a position is followed by another person.
struct Employees {
    Column<std::uint8_t> occupied, member;
    Column<std::uint32_t> occupant;
    Column<float> engagement, set_point, will, conviction;
    Column<float> autonomy, competence, relatedness, tenure;
    Column<float> authenticity, taste, trait, drift;
    Column<std::int64_t> stake;
    Column<float> shown, present;
    Column<float> output, absence;
    Column<std::int64_t> portfolio_sum;
    Column<std::int32_t> portfolio_count;
    Column<float> left_recently;
    Column<std::uint32_t> roster;
    Column<float> scratch;
    Column<std::uint32_t> firm, team, site, manager;
    Column<std::uint8_t> is_manager;

    void each(auto&& field);
};

/// Clients: the people of the market, served by a firm or elsewhere.
struct Clients {
    Column<std::int32_t> firm;
    Column<std::uint32_t> contact, second_contact, occupant;
    Column<float> engagement, set_point, shown, level, price_reference, relation, fairness, quality;
    Column<float> contact_present, contact_shown, contact_member;
    Column<std::uint8_t> bad, good, moved, score, contract;
    Column<float> volume;
    Column<std::uint32_t> segment;

    void each(auto&& field);
};

/// Teams: their shared shock and where their members stand in the roster.
struct Teams {
    Column<float> shock;
    Column<std::uint32_t> roster_first, roster_count;
    Column<std::uint32_t> firm, first_position, positions;

    void each(auto&& field);
};

/// Sites: places that ties may follow and that no record names; one hidden shock each.
struct Sites {
    Column<float> shock;

    void each(auto&& field);
};

/// What surrounds all firms.
struct Environment {
    Column<float> market_price, market_deviation, shock, reached, outside_start;

    void each(auto&& field);
};

inline Firms firms(sim::World& world) {
    return sim::view_of<Firms>(world.populations[static_cast<std::size_t>(Kind::firms)]);
}
inline Employees employees(sim::World& world) {
    return sim::view_of<Employees>(world.populations[static_cast<std::size_t>(Kind::employees)]);
}
inline Clients clients(sim::World& world) {
    return sim::view_of<Clients>(world.populations[static_cast<std::size_t>(Kind::clients)]);
}
inline const Teams teams(const sim::World& world) {
    return sim::view_of<Teams>(world.populations[static_cast<std::size_t>(Kind::teams)]);
}
inline Teams teams(sim::World& world) {
    return sim::view_of<Teams>(world.populations[static_cast<std::size_t>(Kind::teams)]);
}
inline Sites sites(sim::World& world) {
    return sim::view_of<Sites>(world.populations[static_cast<std::size_t>(Kind::sites)]);
}
inline Environment environment(sim::World& world) {
    return sim::view_of<Environment>(world.populations[static_cast<std::size_t>(Kind::environment)]);
}
inline const Firms firms(const sim::World& world) {
    return sim::view_of<Firms>(world.populations[static_cast<std::size_t>(Kind::firms)]);
}
inline const Employees employees(const sim::World& world) {
    return sim::view_of<Employees>(world.populations[static_cast<std::size_t>(Kind::employees)]);
}
inline const Clients clients(const sim::World& world) {
    return sim::view_of<Clients>(world.populations[static_cast<std::size_t>(Kind::clients)]);
}
inline const Environment environment(const sim::World& world) {
    return sim::view_of<Environment>(world.populations[static_cast<std::size_t>(Kind::environment)]);
}
inline const sim::Graph& network(const sim::World& world, Network which) {
    return world.graphs[static_cast<std::size_t>(which)];
}

inline std::size_t count_of(const sim::World& world, Kind kind) {
    return world.populations[static_cast<std::size_t>(kind)].size();
}

void Firms::each(auto&& field) {
    field(alive, "alive", "1", "1 while the firm exists");
    field(policy, "policy", "1", "which policy governs it: 0 as founded, 1 after a take-over");
    field(price, "price", "EUR/month", "price of one unit of volume");
    field(price_reference, "price_reference", "EUR/month", "its price as a 12-month moving average");
    field(unit_cost, "unit_cost", "EUR/month", "full cost of one unit of volume");
    field(cost_reference, "cost_reference", "EUR/month", "unit cost as a 12-month moving average");
    field(margin_given_up, "margin_given_up", "1", "target margin given up to win clients back");
    field(wage_factor, "wage_factor", "1", "wage over the reference wage");
    field(voice, "voice", "fraction", "voice index V");
    field(stability, "stability", "1", "perceived stability S in [-1, 1]");
    field(innovation, "innovation", "1", "innovation stock over the market's quality frontier");
    field(extraction, "extraction", "fraction", "12-month dividends over revenue, X");
    field(invested_share, "invested_share", "fraction", "investment over revenue last month");
    field(capacity, "capacity", "1", "volume the employees can serve well");
    field(overload, "overload", "1", "demand over capacity, less 1, at least 0");
    field(member_share, "member_share", "fraction", "members among employees");
    field(policy_position, "policy_position", "1", "the policy in force, in units of taste");
    field(clients_reference, "clients_reference", "1", "clients as a 6-month moving average");
    field(creativity, "creativity", "1", "mean creativity of employees, 1 at the reference");
    field(unjustified, "unjustified", "fraction", "part of a price rise that costs do not explain");
    field(accounts_seen, "accounts_seen", "1", "what clients see of dividends and investment");
    field(service_strain, "service_strain", "logit", "log odds of a bad encounter with anyone");
    field(appeal, "appeal", "logit", "what stability and innovation give every client");
    field(reach, "reach", "1/month", "rate at which someone outside hears of it or a firm before it");
    field(stability_months, "stability_months", "month", "months a take-over is still fresh");
    field(distress_months, "distress_months", "month", "months in a row short of cash");
    field(age_months, "age_months", "month", "age of the firm");
    field(cash, "cash", "cent", "cash");
    field(cash_before, "cash_before", "cent", "cash when the month began");
    field(capital, "capital", "cent", "paid-in capital of members or shareholders");
    field(highest_capital, "highest_capital", "cent", "highest capital ever reached");
    field(legal_reserve, "legal_reserve", "cent", "legal reserve");
    field(development_reserve, "development_reserve", "cent", "development fund");
    field(free_reserve, "free_reserve", "cent", "retained earnings and the year's result so far");
    field(result_year, "result_year", "cent", "result before tax since the year began");
    field(revenue_year, "revenue_year", "cent", "revenue since the year began");
    field(revenue, "revenue", "cent", "revenue of the month");
    field(wages, "wages", "cent", "wages of the month");
    field(overhead, "overhead", "cent", "overhead of the month");
    field(investment, "investment", "cent", "investment of the month");
    field(tax, "tax", "cent", "tax paid in the month");
    field(payouts, "payouts", "cent", "profit shares and dividends paid in the month");
    field(capital_flow, "capital_flow", "cent", "stakes paid in less stakes paid back");
    field(employees, "employees", "1", "occupied positions");
    field(members, "members", "1", "members among them");
    field(clients, "clients", "1", "clients served");
    field(promoters, "promoters", "1", "clients who score 9 or 10");
    field(detractors, "detractors", "1", "clients who score 0 to 6");
    field(quits, "quits", "1", "employees who left of their own will in the month");
    field(hires, "hires", "1", "employees hired in the month");
    field(layoffs, "layoffs", "1", "employees dismissed in the month");
    field(churned, "churned", "1", "clients lost in the month, walk-outs included");
    field(walked_out, "walked_out", "1", "clients lost after a bad encounter in the month");
    field(acquired, "acquired", "1", "clients won in the month");
    field(proposals, "proposals", "1", "proposals made in the quarter");
    field(adopted, "adopted", "1", "proposals adopted in the quarter");
    field(clients_before, "clients_before", "1", "clients served when the month began");
    field(employees_before, "employees_before", "1", "employees when the month began");
    field(founders, "founders", "1", "employees when the world began");
    field(volume, "volume", "2^-16", "volume of the clients served");
    field(engagement_sum, "engagement_sum", "2^-20", "sum of E over employees");
    field(output_sum, "output_sum", "2^-20", "sum of output over employees");
    field(absence_sum, "absence_sum", "2^-20 days/month", "sum of absence over employees");
    field(client_engagement_sum, "client_engagement_sum", "2^-20", "sum of C over clients served");
    field(engaged, "engaged", "1", "employees with E >= 0.70");
    field(disengaged, "disengaged", "1", "employees with E <= 0.25");
    field(first_position, "first_position", "1", "first position of the firm", Extent::entity);
    field(positions, "positions", "1", "positions of the firm", Extent::entity);
}

void Employees::each(auto&& field) {
    field(occupied, "occupied", "1", "1 while someone holds the position");
    field(member, "member", "1", "1 for a member of the co-operative");
    field(occupant, "occupant", "1", "how many people have held the position before");
    field(engagement, "engagement", "logit", "latent engagement x; E = 1 / (1 + e^-x)");
    field(set_point, "set_point", "logit", "personal set point b");
    field(will, "will", "logit", "fast part u of engagement (two-speed option)");
    field(conviction, "conviction", "logit", "slow part v of engagement (two-speed option)");
    field(autonomy, "autonomy", "fraction", "satisfaction of the need for autonomy, A");
    field(competence, "competence", "fraction", "satisfaction of the need for competence, K");
    field(relatedness, "relatedness", "fraction", "satisfaction of the need for relatedness, R");
    field(tenure, "tenure", "month", "time in the firm");
    field(authenticity, "authenticity", "fraction", "share of a feeling that shows, alpha");
    field(taste, "taste", "1", "ideal point in votes");
    field(trait, "trait", "1", "latent trait that ties may follow, u");
    field(drift, "drift", "logit", "slow drift of the set point, correlated along ties");
    field(stake, "stake", "cent", "capital held as a member");
    field(shown, "shown", "logit", "engagement shown to others at the start of the step; 0 if vacant");
    field(present, "present", "1", "1 if someone was there at the start of the step");
    field(output, "output", "1", "productivity times presence");
    field(absence, "absence", "days/month", "days absent or ill");
    field(portfolio_sum, "portfolio_sum", "2^-20 logit", "sum of what own clients showed");
    field(portfolio_count, "portfolio_count", "1", "own clients at the start of the step");
    field(left_recently, "left_recently", "1", "fading memory of a departure from this position");
    field(roster, "roster", "1", "the n-th occupied position of the firm, at the firm's n-th row");
    field(scratch, "scratch", "1", "working space of votes");
    field(firm, "firm", "1", "firm the position belongs to", Extent::entity);
    field(team, "team", "1", "team of the position", Extent::entity);
    field(site, "site", "1", "site of the position", Extent::entity);
    field(manager, "manager", "1", "position of the manager", Extent::entity);
    field(is_manager, "is_manager", "1", "1 if others report to it", Extent::entity);
}

void Clients::each(auto&& field) {
    field(firm, "firm", "1", "firm that serves the client; -1 elsewhere");
    field(contact, "contact", "1", "position of the main contact");
    field(second_contact, "second_contact", "1", "position of the second contact");
    field(occupant, "occupant", "1", "how many people have had this place in the market before");
    field(engagement, "engagement", "logit", "latent engagement y; C = 1 / (1 + e^-y)");
    field(set_point, "set_point", "logit", "personal set point c");
    field(shown, "shown", "logit", "engagement at the start of the step");
    field(level, "level", "fraction", "engagement C of a client served, at the end of the step");
    field(price_reference, "price_reference", "EUR/month", "price held to be normal");
    field(relation, "relation", "month", "time with the present contact, r");
    field(fairness, "fairness", "1", "perceived fairness of the price, F in (-1, 1)");
    field(quality, "quality", "fraction", "expected share of good encounters, Q");
    field(contact_present, "contact_present", "1", "1 if a contact was there at the start of the step");
    field(contact_shown, "contact_shown", "logit", "what the contacts showed then");
    field(contact_member, "contact_member", "fraction", "share of members among them");
    field(bad, "bad", "1", "bad encounters of the month");
    field(good, "good", "1", "good encounters of the month");
    field(moved, "moved", "1", "this month: 0 stayed, 1 left, 2 walked out, 3 came");
    field(score, "score", "1", "likelihood to recommend, 0 to 10");
    field(contract, "contract", "1", "1 for a subscription, 0 transactional");
    field(volume, "volume", "1", "units bought a month", Extent::entity);
    field(segment, "segment", "1", "segment of the market", Extent::entity);
}

void Teams::each(auto&& field) {
    field(shock, "shock", "logit", "recorded shock shared by the team");
    field(roster_first, "roster_first", "1", "first place of the team in its firm's roster");
    field(roster_count, "roster_count", "1", "occupied positions of the team");
    field(firm, "firm", "1", "firm of the team", Extent::entity);
    field(first_position, "first_position", "1", "first position of the team", Extent::entity);
    field(positions, "positions", "1", "positions of the team", Extent::entity);
}

void Sites::each(auto&& field) { field(shock, "shock", "logit", "hidden shock shared by the site"); }

void Environment::each(auto&& field) {
    field(market_price, "market_price", "EUR/month", "price of one unit elsewhere");
    field(market_deviation, "market_deviation", "1", "log deviation of the market price");
    field(shock, "shock", "logit", "shock shared by everyone");
    field(reached, "reached", "1", "probability that someone outside hears of a firm");
    field(outside_start, "outside_start", "1", "clients served elsewhere when the world began");
}

}
