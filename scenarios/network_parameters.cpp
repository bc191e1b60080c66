#include "scenarios/network_parameters.hpp"

namespace cercle::scenarios {
namespace {

using sim::Parameter;
using sim::ParameterTable;

constexpr sim::Range at_least_one = sim::whole(1.0, 1e7);

ParameterTable colleague_parameters() {
    return {
        {.path = "network.colleague.file",
         .fallback = std::string(),
         .unit = "",
         .source = "chosen by the user",
         .meaning = "CSV file of measured ties among colleagues; empty: they are generated"},
        {.path = "network.colleague.kind",
         .fallback = std::string("colleague"),
         .unit = "",
         .source = "chosen by the user",
         .meaning = "kind of the ties, in a file, by which colleagues influence each other"},
        {.path = "network.colleague.direction",
         .fallback = std::string("auto"),
         .unit = "",
         .source = "auto: directed when ten pairs and a tenth of all are named from both ends",
         .meaning = "whether ties of a file point from who is influenced to who influences",
         .choices = {"auto", "undirected", "directed"}},
        {.path = "network.colleague.duplicates",
         .fallback = std::string("refuse"),
         .unit = "",
         .source = "chosen by the user",
         .meaning = "what becomes of a pair that a file names twice: an error or one weight",
         .choices = {"refuse", "sum", "mean", "max"}},
        {.path = "network.colleague.date",
         .fallback = std::string(),
         .unit = "",
         .source = "chosen by the user",
         .meaning = "day (2026-11-22) whose ties are taken from a file with dates; empty: the last "
                    "on which a tie starts"},
        {.path = "network.colleague.generator",
         .fallback = std::string("office"),
         .unit = "",
         .source = "office: measured figures of a French office; the others are textbook graphs",
         .meaning = "how ties among colleagues are drawn when no file is given",
         .choices = {"none", "office", "blocks", "small_world", "scale_free", "random", "complete",
                     "ring", "star", "lattice", "configuration"}},
        {.path = "network.colleague.office",
         .fallback = std::string(),
         .unit = "",
         .source = "chosen by the user",
         .meaning = "file of measured figures for the generator office; empty: the built-in "
                    "French office"},
        {.path = "network.colleague.nodes",
         .fallback = 92.0,
         .unit = "1",
         .range = at_least_one,
         .source = "head count of the measured French office",
         .meaning = "positions of a generated firm"},
        {.path = "network.colleague.team_size",
         .fallback = 8.0,
         .unit = "1",
         .range = at_least_one,
         .source = "assumed (teams of 3 to 15 are usual)",
         .meaning = "employees in a team of a generated firm"},
        {.path = "network.colleague.degree",
         .fallback = 8.0,
         .unit = "1",
         .range = sim::non_negative,
         .source = "assumed (about a team)",
         .meaning = "mean number of colleagues someone has ties with, in a generated graph"},
        {.path = "network.colleague.degrees",
         .fallback = std::vector<double>(),
         .unit = "1",
         .range = sim::whole(0.0, 1e7),
         .source = "chosen by the user",
         .meaning = "degree of each node, for configuration; a shorter list goes round again"},
        {.path = "network.colleague.degree_file",
         .fallback = std::string(),
         .unit = "",
         .source = "chosen by the user",
         .meaning = "CSV file with a column degree, a row for each node, for configuration"},
        {.path = "network.colleague.rows",
         .fallback = 0.0,
         .unit = "1",
         .range = sim::whole(0.0, 1e7),
         .source = "0: as near to a square as the nodes allow",
         .meaning = "rows of a lattice, whose edges meet (a torus)"},
        {.path = "network.colleague.rewiring",
         .fallback = 0.05,
         .unit = "1",
         .range = sim::fraction,
         .source = "assumed (the small-world regime of Watts and Strogatz 1998)",
         .meaning = "probability that a tie of a small world is rewired"},
        {.path = "network.colleague.probability_within",
         .fallback = 0.6,
         .unit = "1",
         .range = sim::fraction,
         .source = "assumed (most of a team know each other)",
         .meaning = "probability of a tie between two members of a team, for blocks"},
        {.path = "network.colleague.probability_between",
         .fallback = 0.03,
         .unit = "1",
         .range = sim::fraction,
         .source = "assumed (few ties across teams)",
         .meaning = "probability of a tie between members of different teams, for blocks"},
        {.path = "network.colleague.cross_site_ties",
         .fallback = 0.0,
         .unit = "1",
         .range = sim::non_negative,
         .source = "assumed (one site unless a world asks for more)",
         .meaning = "ties per person to someone of another team in the same site"},
    };
}

ParameterTable market_parameters() {
    return {
        {.path = "network.people.file",
         .fallback = std::string(),
         .unit = "",
         .source = "chosen by the user",
         .meaning = "CSV file of the people of the firm; empty: taken from the ties"},
        {.path = "network.service.file",
         .fallback = std::string(),
         .unit = "",
         .source = "chosen by the user",
         .meaning = "CSV file of measured accounts (who serves whom); empty: they are generated"},
        {.path = "network.service.clients_per_employee",
         .fallback = 10.0,
         .unit = "1",
         .range = sim::between(0.1, 1000.0),
         .source = "assumed (1 to 40 by trade)",
         .meaning = "clients served per employee at the start"},
        {.path = "network.client.generator",
         .fallback = std::string("small_world"),
         .unit = "",
         .source = "assumed (clients talk inside their segment)",
         .meaning = "how ties among clients are drawn",
         .choices = {"none", "small_world", "random"}},
        {.path = "network.client.degree",
         .fallback = 4.0,
         .unit = "1",
         .range = sim::non_negative,
         .source = "assumed (a few acquaintances each)",
         .meaning = "mean number of other clients a client talks with"},
        {.path = "network.client.rewiring",
         .fallback = 0.1,
         .unit = "1",
         .range = sim::fraction,
         .source = "assumed (the small-world regime of Watts and Strogatz 1998)",
         .meaning = "probability that a tie of the small world of clients is rewired"},
        {.path = "network.client.segments",
         .fallback = 3.0,
         .unit = "1",
         .range = at_least_one,
         .source = "assumed (a few trades)",
         .meaning = "groups of clients with ties inside only"},
        {.path = "network.seed",
         .fallback = 1.0,
         .unit = "1",
         .range = sim::whole(0.0, 9007199254740992.0),
         .source = "chosen by the user",
         .meaning = "seed of the drawn networks, apart from the seed of the runs"},
    };
}

ParameterTable together(ParameterTable table, const ParameterTable& more) {
    table.insert(table.end(), more.begin(), more.end());
    return table;
}

}

const ParameterTable& network_parameters() {
    static const ParameterTable table = together(colleague_parameters(), market_parameters());
    return table;
}

}
