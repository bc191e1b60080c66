#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/graph.hpp"
#include "sim/parameter.hpp"
#include "sim/random.hpp"
#include "sim/text_file.hpp"

namespace cercle::scenarios {

/// A client served by an employee, with the weight of their contact.
struct Account {
    std::uint32_t employee;
    std::uint32_t client;
    float weight = 1.0F;
    bool operator==(const Account&) const = default;
};

/// The people of a firm and their ties, as a file gives them or a generator draws them.
struct OfficeNetwork {
    std::size_t employees = 0;
    std::vector<std::string> team_names = {};
    std::vector<std::uint32_t> team = {};      ///< of each employee, index into team_names
    std::vector<std::uint8_t> is_manager = {}; ///< of each employee; at least one in every team
    std::vector<std::uint32_t> site = {};      ///< of each employee; 0 where all work in one place
    std::vector<float> set_point = {};         ///< of each employee, logit; NaN, or empty: drawn
    std::vector<sim::Tie> colleague = {};      ///< an undirected tie stands once
    bool colleague_directed = false;           ///< then `from` is influenced by `to`

    std::size_t clients = 0;                  ///< measured clients; 0 when they are to be generated
    std::vector<float> client_set_point = {}; ///< of measured clients; the same
    std::vector<Account> accounts = {};       ///< of measured clients
    std::vector<sim::Tie> client_ties = {};   ///< among measured clients, undirected
    bool operator==(const OfficeNetwork&) const = default;
};

/// The office that the `network.*` parameters ask for: read from files (relative to `folder`) or
/// drawn from `network.seed`. Throws UserError with all the problems of the files.
OfficeNetwork office_network(const sim::Settings& settings, const sim::TextFolder& folder);

/// Adds vacant positions, wired as if they had been there from the start: each copies a random
/// person drawn over the people before it (so teams by head count), takes their team, site and
/// ties with weights, and a tie to that person with the median weight of their ties.
void extend_positions(OfficeNetwork& office, std::size_t count, sim::Stream& stream);

/// The market: to which segment each client belongs and who of them talk to each other.
struct ClientNetwork {
    std::vector<std::uint32_t> segment; ///< of each client, client modulo segments
    std::vector<sim::Tie> ties;         ///< undirected, inside segments
    bool operator==(const ClientNetwork&) const = default;
};

/// Draws the market by the `network.client.*` parameters. Ties measured among the first clients
/// (`measured`) are kept; clients that have one draw no other.
ClientNetwork client_network(const sim::Settings& settings, std::size_t clients,
                             const std::vector<sim::Tie>& measured = {});

}
