#pragma once

#include <cstdint>

#include "sim/population.hpp"

namespace cercle::models {

using sim::Column;
using sim::Extent;

/// Firms: what they charge, own, decide and counted last month. Money is in cents.
struct Firms {
    Column<std::uint8_t> alive;
    Column<std::uint8_t> policy;
    Column<float> price, price_reference, unit_cost, cost_reference, margin_given_up;
    Column<float> wage_factor, voice, stability, innovation, extraction, invested_share;
    Column<float> efficiency, capacity, overload, member_share, policy_position, clients_reference,
        creativity, reach;
    Column<float> unjustified, accounts_seen, service_strain, appeal, dearness;
    Column<std::int32_t> shaken_steps, distress_steps;
    Column<float> result_trend;
    Column<std::int64_t> losses_carried;
    Column<std::int64_t> cash, cash_before, capital, highest_capital;
    Column<std::int64_t> legal_reserve, development_reserve, free_reserve;
    Column<std::int64_t> result_year, revenue_year;
    Column<std::int64_t> revenue, wages, overhead, investment, from_reserves, tax, payouts,
        capital_flow;
    Column<std::int32_t> employees, members, clients, promoters, detractors;
    Column<std::int32_t> quits, hires, layoffs, churned, walked_out, acquired, proposals, adopted;
    Column<std::int32_t> clients_before, employees_before, founders;
    Column<std::uint32_t> foundings;
    Column<std::int64_t> quits_ever, churned_ever, employee_steps, client_steps;
    Column<std::int64_t> revenue_ever, cost_ever;
    Column<std::int64_t> volume, engagement_sum, output_sum, absence_sum, client_engagement_sum;
    Column<std::int32_t> engaged, disengaged;
    Column<std::uint32_t> first_position, positions;

    void each(auto&& field);
};

void Firms::each(auto&& field) {
    field(alive, "alive", "1", "1 while the firm exists");
    field(policy, "policy", "1",
          "which policy governs it: 0 as founded, 1 after a take-over; 2 and 3: a rival's");
    field(price, "price", "EUR/month", "price of one unit of volume");
    field(price_reference, "price_reference", "EUR/month",
          "its price as a 12-month moving average");
    field(unit_cost, "unit_cost", "EUR/month", "full cost of one unit of volume");
    field(cost_reference, "cost_reference", "EUR/month", "unit cost as a 12-month moving average");
    field(margin_given_up, "margin_given_up", "1", "target margin given up to win clients back");
    field(wage_factor, "wage_factor", "1", "wage over the reference wage");
    field(voice, "voice", "fraction", "voice index V");
    field(stability, "stability", "1", "perceived stability S in [-1, 1]");
    field(innovation, "innovation", "1", "innovation stock over the market's quality frontier");
    field(extraction, "extraction", "fraction", "12-month dividends over revenue, X");
    field(invested_share, "invested_share", "fraction", "investment over revenue last month");
    field(efficiency, "efficiency", "1", "what an employee can serve here over what is usual");
    field(capacity, "capacity", "1", "volume the employees can serve well");
    field(overload, "overload", "1", "demand over capacity, less 1, at least 0");
    field(member_share, "member_share", "fraction", "members among employees");
    field(policy_position, "policy_position", "1", "the policy in force, in units of taste");
    field(clients_reference, "clients_reference", "1", "clients as a 6-month moving average");
    field(creativity, "creativity", "1", "mean creativity of employees, 1 at the reference");
    field(unjustified, "unjustified", "fraction", "part of a price rise that costs do not explain");
    field(accounts_seen, "accounts_seen", "1", "what clients see of dividends and investment");
    field(service_strain, "service_strain", "logit", "log odds of a bad encounter with anyone");
    field(dearness, "dearness", "1", "price over the price elsewhere, less 1");
    field(appeal, "appeal", "logit", "what stability and innovation give every client");
    field(reach, "reach", "1/month",
          "rate at which someone outside hears of it or a firm before it");
    field(shaken_steps, "shaken_steps", "step", "steps a take-over is still fresh");
    field(distress_steps, "distress_steps", "step", "steps in a row short of cash");
    field(result_trend, "result_trend", "EUR/month",
          "result before tax as a 12-month moving average");
    field(losses_carried, "losses_carried", "cent", "losses of past years not yet made good");
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
    field(from_reserves, "from_reserves", "cent", "part of it charged to reserves, not the result");
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
    field(foundings, "foundings", "1", "firms that have stood in this place");
    field(quits_ever, "quits_ever", "1", "employees who ever left of their own will");
    field(churned_ever, "churned_ever", "1", "clients ever lost");
    field(employee_steps, "employee_steps", "step", "steps spent by employees, all added up");
    field(client_steps, "client_steps", "step", "steps spent by clients, all added up");
    field(revenue_ever, "revenue_ever", "cent", "revenue since the world began");
    field(cost_ever, "cost_ever", "cent", "cost before tax since the world began");
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

}
