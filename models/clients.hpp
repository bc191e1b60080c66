#pragma once

#include <cstdint>

#include "sim/population.hpp"

namespace cercle::models {

using sim::Column;
using sim::Extent;

inline constexpr std::int32_t outside = -1; ///< a client's firm when it is served elsewhere

/// What a client did in a month, as `Clients::moved` notes it.
enum Move : std::uint8_t { stayed, left, walked_out, came };

/// Clients: the people of the market, served by a firm or elsewhere.
struct Clients {
    Column<std::int32_t> firm;
    Column<std::uint32_t> contact, second_contact, occupant;
    Column<float> engagement, set_point, shown, level, price_reference, relation, subscribed,
        fairness, quality;
    Column<float> score; ///< a whole number, kept as float so that lanes are counted by vectors
    Column<float> contact_present, contact_shown, contact_member;
    Column<std::uint8_t> bad, good, moved, contract;
    Column<float> volume;
    Column<std::uint32_t> segment;

    void each(auto&& field);
};

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
    field(subscribed, "subscribed", "month", "time with the present firm");
    field(fairness, "fairness", "1", "perceived fairness of the price, F in (-1, 1)");
    field(quality, "quality", "fraction", "expected share of good encounters, Q");
    field(contact_present, "contact_present", "1",
          "1 if a contact was there at the start of the step");
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

}
