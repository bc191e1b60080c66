#pragma once

#include <cstdint>

#include "sim/population.hpp"

namespace cercle::models {

using sim::Column;
using sim::Extent;

/// Employees: one row per position. Who leaves a position is followed by another person.
struct Employees {
    Column<std::uint8_t> occupied, member;
    Column<std::uint32_t> occupant;
    Column<float> engagement, engagement_last_year, set_point, will, conviction;
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

void Employees::each(auto&& field) {
    field(occupied, "occupied", "1", "1 while someone holds the position");
    field(member, "member", "1", "1 for a member of the co-operative");
    field(occupant, "occupant", "1", "how many people have held the position before");
    field(engagement, "engagement", "logit", "latent engagement x; E = 1 / (1 + e^-x)");
    field(engagement_last_year, "engagement_last_year", "logit",
          "engagement when the last year ended, whoever held the position then");
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
    field(shown, "shown", "logit",
          "engagement shown to others at the start of the step; 0 if vacant");
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

}
