#pragma once

#include <cstdint>

#include "sim/random.hpp"

/// Every random decision of the program, once. A decision keeps its number for ever: results of old
/// scenarios stay what they were when a new one is added.
enum class cercle::sim::Draw : std::uint32_t {
    // The founding of a world: addressed by entity, step 0.
    set_point = 1,   ///< b of an employee; step = which occupant of the position
    start_state = 2, ///< deviation of x from its set point
    start_tenure = 3,
    taste = 4,          ///< ideal point of an employee in votes
    trait = 5,          ///< latent trait that ties may follow
    start_relation = 6, ///< tenure of a client's relation
    second_contact = 7,
    contract = 8,
    client_set_point = 9, ///< c of a client; step = which occupant of the place in the market
    client_start_state = 10,

    // Shocks.
    market_price = 20,
    global_shock = 21,
    team_shock = 22,
    site_shock = 23,
    trait_drift = 24,

    // Employees.
    engagement_noise = 40,
    quit = 41,
    hire = 42,
    layoff = 43,
    conviction_noise = 44,

    // Clients; a client's number is the entity.
    client_noise = 60,
    bad_encounters = 61,
    good_encounters = 62,
    walk_out = 63,
    exit = 64,
    prospect = 65,
    which_firm = 66,
    which_employee = 67,
    conversion = 68,
    successor = 69,
    client_renewal = 70,
    survey = 71,
    other_contact = 72, ///< second contact after a hand-over

    // Firms.
    turnout = 80,
    proposal = 81,
    proposal_quality = 82,
    proposal_vote = 83,
    take_over = 84,
    efficiency = 85, ///< of a firm, at its founding; step = which firm of its place
    entry = 86,

    // Networks; drawn in sequence, addressed by what is drawn.
    tie_dissolution = 100,
    tie_formation = 101,
    network_colleague = 120,
    network_client = 121,
    network_positions = 122,

    // Designs and their analysis; drawn in sequence.
    design = 160,
    resample = 161, ///< which blocks of a design a bootstrap sample holds

    // Inference on survey data. The first and `survey_roster` are drawn in sequence, addressed by
    // test and permutation, or by what is drawn.
    relabelling = 180,      ///< who takes whose place in a permutation test
    survey_set_point = 181, ///< level of a person of a simulated survey
    survey_trait = 182,     ///< latent trait that ties follow
    survey_noise = 183,     ///< change of a month
    survey_team_shock = 184,
    survey_hidden_shock = 185, ///< shock that follows ties
    survey_answer = 186,       ///< error of an answer
    survey_roster = 187,       ///< a company made up: people, ties, hand-overs, who answers
    survey_contact = 188,      ///< what a contact does to all clients they have

    // The laboratory: laws that run alone. The last two are drawn in sequence, addressed by
    // replicate and step.
    laboratory_start = 140,  ///< who holds something at the start, or which opinion
    laboratory_trait = 141,  ///< threshold of a node
    laboratory_change = 142, ///< whether a node changes its state in a step
    laboratory_noise = 143,
    laboratory_update = 144,
    laboratory_event = 145,
};
