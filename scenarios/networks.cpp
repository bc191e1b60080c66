#include "scenarios/networks.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_set>

#include "models/draws.hpp"
#include "scenarios/network_files.hpp"
#include "scenarios/networks_generated.hpp"
#include "sim/error.hpp"
#include "sim/graph_generators.hpp"

namespace cercle::scenarios {
namespace {

using PersonIndex = std::uint32_t;

float median(std::vector<float> weights) {
    if (weights.empty()) return 1.0F;
    const auto middle = weights.begin() + static_cast<std::ptrdiff_t>(weights.size() / 2);
    std::ranges::nth_element(weights, middle);
    return *middle;
}

std::uint64_t key(PersonIndex one, PersonIndex other) {
    return (std::uint64_t{std::min(one, other)} << 32) | std::max(one, other);
}

/// Two teams next to each other share a site: the fewest that let ties cross teams inside a site.
void settle_in_sites(OfficeNetwork& office) {
    const std::size_t sites = std::max<std::size_t>(1, office.team_names.size() / 2);
    for (std::size_t person = 0; person < office.employees; ++person) {
        office.site[person] =
            static_cast<std::uint32_t>(std::min<std::size_t>(office.team[person] / 2, sites - 1));
    }
}

/// Adds ties to people of other teams in the same site, so many per person on average.
void tie_across_teams(OfficeNetwork& office, double per_person, std::uint64_t seed) {
    std::unordered_set<std::uint64_t> tied;
    std::vector<float> weights;
    for (const sim::Tie& tie : office.colleague) {
        tied.insert(key(tie.from, tie.to));
        weights.push_back(tie.weight);
    }
    const float weight = median(std::move(weights));
    std::vector<std::vector<PersonIndex>> people_of_site;
    for (PersonIndex person = 0; person < office.employees; ++person) {
        if (office.site[person] >= people_of_site.size()) {
            people_of_site.resize(office.site[person] + 1);
        }
        people_of_site[office.site[person]].push_back(person);
    }
    std::vector<PersonIndex> strangers;
    for (PersonIndex person = 0; person < office.employees; ++person) {
        sim::Stream stream(seed, sim::Draw::network_colleague, (std::uint64_t{1} << 32) + person);
        const auto wanted = static_cast<std::size_t>(per_person + stream.uniform());
        for (std::size_t i = 0; i < wanted; ++i) {
            strangers.clear();
            for (const PersonIndex other : people_of_site[office.site[person]]) {
                const bool far = office.team[other] != office.team[person];
                if (far && !tied.contains(key(person, other))) strangers.push_back(other);
            }
            if (strangers.empty()) break;
            const PersonIndex other = strangers[stream.below(strangers.size())];
            tied.insert(key(person, other));
            office.colleague.push_back({std::min(person, other), std::max(person, other), weight});
        }
    }
}

/// Everyone's ties, as seen from them.
struct Ends {
    PersonIndex other;
    float weight;
    bool named_by_other; ///< the tie starts at the other end
};

/// The ties a copy of someone has: theirs, and one to them.
std::vector<sim::Tie> ties_of_copy(const std::vector<Ends>& ends, PersonIndex model,
                                   PersonIndex copy, bool directed) {
    std::vector<sim::Tie> ties;
    std::vector<float> weights;
    for (const Ends& end : ends) {
        weights.push_back(end.weight);
        ties.push_back(end.named_by_other ? sim::Tie{end.other, copy, end.weight}
                                          : sim::Tie{copy, end.other, end.weight});
    }
    if (ends.empty()) return ties; // where nobody has ties, a newcomer has none
    const float usual = median(std::move(weights));
    ties.push_back({model, copy, usual});
    if (directed) ties.push_back({copy, model, usual});
    return ties;
}

std::vector<sim::Tie> ties_inside(const sim::Settings& settings, std::size_t nodes,
                                  sim::Stream& stream) {
    const std::string& generator = settings.text("network.client.generator");
    const double degree = settings.number("network.client.degree");
    if (generator == "none" || nodes < 2 || degree <= 0.0) return {};
    if (generator == "random") {
        const double most = static_cast<double>(nodes - 1);
        return sim::random_graph({.nodes = nodes, .mean_degree = std::min(degree, most)}, stream);
    }
    const std::size_t even = even_degree(settings, "network.client.degree");
    if (even >= nodes) return sim::complete_graph(nodes); // fewer clients than acquaintances
    return sim::small_world(
        {.nodes = nodes, .degree = even, .rewiring = settings.number("network.client.rewiring")},
        stream);
}

}

OfficeNetwork office_network(const sim::Settings& settings, const sim::TextFolder& folder) {
    const bool from_file = !settings.text("network.colleague.file").empty();
    if (!settings.has("network.service.file")) { // a law that runs alone has a graph and no firm
        return from_file ? office_from_files(settings, folder) : generated_office(settings, folder);
    }
    if (!from_file && !settings.text("network.service.file").empty()) {
        throw sim::UserError("network.service.file: is given without network.colleague.file (its "
                             "accounts name people, a generated firm has none)");
    }
    if (!from_file && !settings.text("network.people.file").empty()) {
        throw sim::UserError("network.people.file: is given without network.colleague.file (its "
                             "people would not be looked at, a generated firm has its own)");
    }
    OfficeNetwork office =
        from_file ? office_from_files(settings, folder) : generated_office(settings, folder);
    const double across = settings.number("network.colleague.cross_site_ties");
    if (across > 0.0) {
        const bool one_site =
            std::ranges::count(office.site, 0U) == static_cast<std::ptrdiff_t>(office.site.size());
        if (one_site) settle_in_sites(office);
        tie_across_teams(office, across, network_seed(settings));
    }
    choose_managers(office);
    return office;
}

void extend_positions(OfficeNetwork& office, std::size_t count, sim::Stream& stream) {
    if (office.employees == 0) return;
    std::vector<std::vector<Ends>> ends(office.employees);
    const auto note = [&](const sim::Tie& tie) {
        ends[tie.from].push_back({tie.to, tie.weight, false});
        ends[tie.to].push_back({tie.from, tie.weight, true});
    };
    for (const sim::Tie& tie : office.colleague) note(tie);
    for (std::size_t i = 0; i < count; ++i) {
        const auto copy = static_cast<PersonIndex>(office.employees++);
        const auto model = static_cast<PersonIndex>(stream.below(copy));
        ends.emplace_back();
        for (const sim::Tie& tie :
             ties_of_copy(ends[model], model, copy, office.colleague_directed)) {
            office.colleague.push_back(tie);
            note(tie);
        }
        office.team.push_back(office.team[model]);
        office.site.push_back(office.site[model]);
        office.is_manager.push_back(0);
    }
}

ClientNetwork client_network(const sim::Settings& settings, std::size_t clients,
                             const std::vector<sim::Tie>& measured) {
    const std::size_t segments = settings.count("network.client.segments");
    ClientNetwork market{.segment = std::vector<std::uint32_t>(clients), .ties = measured};
    std::vector<bool> has_ties(clients, false);
    for (const sim::Tie& tie : measured) has_ties[tie.from] = has_ties[tie.to] = true;
    std::vector<std::vector<PersonIndex>> members(std::min(segments, clients));
    for (PersonIndex client = 0; client < clients; ++client) {
        market.segment[client] = static_cast<std::uint32_t>(client % segments);
        if (!has_ties[client]) members[client % segments].push_back(client);
    }
    for (std::size_t segment = 0; segment < members.size(); ++segment) {
        sim::Stream stream(network_seed(settings), sim::Draw::network_client, segment);
        for (const sim::Tie& tie : ties_inside(settings, members[segment].size(), stream)) {
            market.ties.push_back(
                {members[segment][tie.from], members[segment][tie.to], tie.weight});
        }
    }
    return market;
}

}
