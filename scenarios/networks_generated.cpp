#include "scenarios/networks_generated.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/draws.hpp"
#include "scenarios/degree_sequence.hpp"
#include "scenarios/office.hpp"
#include "scenarios/office_pairs.hpp"
#include "sim/error.hpp"
#include "sim/graph_generators.hpp"

namespace cercle::scenarios {
namespace {

namespace fs = std::filesystem;

/// Throws unless a degree fits the number of nodes.
double degree_below(const sim::Settings& settings, std::size_t nodes) {
    const double degree = settings.number("network.colleague.degree");
    if (degree < static_cast<double>(nodes)) return degree;
    throw sim::UserError(fmt::format("network.colleague.degree = {}: is not below "
                                     "network.colleague.nodes = {} (everyone has at most {} "
                                     "colleagues)",
                                     degree, nodes, nodes - 1));
}

std::vector<std::size_t> team_sizes(std::size_t nodes, std::size_t team_size) {
    std::vector<std::size_t> sizes(nodes / team_size, team_size);
    if (nodes % team_size > 0) sizes.push_back(nodes % team_size);
    return sizes;
}

/// A torus of as many rows as asked for, else as near to a square as the nodes allow.
sim::Lattice lattice_of(const sim::Settings& settings, std::size_t nodes) {
    std::size_t rows = settings.count("network.colleague.rows");
    if (rows == 0) {
        for (std::size_t i = 3; i * i <= nodes; ++i) rows = nodes % i == 0 ? i : rows;
    }
    if (rows >= 3 && nodes % rows == 0 && nodes / rows >= 3) {
        return {.rows = rows, .columns = nodes / rows};
    }
    throw sim::UserError(fmt::format("network.colleague.nodes = {}: do not fill a lattice{} (three "
                                     "rows and columns or more, all of one length) choose other "
                                     "nodes, as 9, 12 or 100",
                                     nodes, rows == 0 ? "" : fmt::format(" of {} rows", rows)));
}

std::vector<sim::Tie> textbook_ties(const sim::Settings& settings, std::size_t nodes,
                                    const sim::TextFolder& folder) {
    const std::string& generator = settings.text("network.colleague.generator");
    sim::Stream stream(network_seed(settings), sim::Draw::network_colleague, 0);
    const std::string degree = "network.colleague.degree";
    if (generator == "complete") return sim::complete_graph(nodes);
    if (generator == "star") return sim::star(nodes);
    if (generator == "blocks") {
        return sim::blocks(
            {.sizes = team_sizes(nodes, settings.count("network.colleague.team_size")),
             .within = settings.number("network.colleague.probability_within"),
             .between = settings.number("network.colleague.probability_between")},
            stream);
    }
    if (generator == "none") return {};
    if (generator == "lattice") return sim::lattice(lattice_of(settings, nodes));
    if (generator == "configuration") {
        return sim::configuration(degree_sequence(settings, folder), stream);
    }
    const double mean_degree = degree_below(settings, nodes);
    if (generator == "random") {
        return sim::random_graph({.nodes = nodes, .mean_degree = mean_degree}, stream);
    }
    if (generator == "scale_free") {
        const auto each = static_cast<std::size_t>(std::max(1.0, std::round(mean_degree / 2.0)));
        if (each >= nodes) return {}; // a single person
        return sim::scale_free({.nodes = nodes, .ties_per_node = each}, stream);
    }
    if (generator == "ring") {
        return sim::ring({.nodes = nodes, .degree = even_degree(settings, degree)});
    }
    sim::expects(generator == "small_world", "networks: the generator is one of the choices");
    return sim::small_world({.nodes = nodes,
                             .degree = even_degree(settings, degree),
                             .rewiring = settings.number("network.colleague.rewiring")},
                            stream);
}

OfficeNetwork textbook_office(const sim::Settings& settings, const sim::TextFolder& folder) {
    const std::size_t nodes = settings.count("network.colleague.nodes");
    const std::size_t team_size = settings.count("network.colleague.team_size");
    OfficeNetwork office{.employees = nodes};
    for (std::size_t person = 0; person < nodes; ++person) {
        office.team.push_back(static_cast<std::uint32_t>(person / team_size));
    }
    for (std::size_t team = 0; team <= office.team.back(); ++team) {
        office.team_names.push_back(fmt::format("team {}", team + 1));
    }
    office.colleague = textbook_ties(settings, nodes, folder);
    return office;
}

OfficeNetwork measured_office(const sim::Settings& settings, const sim::TextFolder& folder) {
    const std::string& file = settings.text("network.colleague.office");
    const OfficeFigures figures =
        scaled(file.empty() ? built_in_office() : read_office_figures(folder / file),
               settings.count("network.colleague.nodes"));
    OfficeNetwork office{.team_names = figures.departments};
    office.team = department_of_people(figures);
    office.employees = office.team.size();
    office.colleague = draw_office(figures, network_seed(settings));
    return office;
}

}

std::size_t even_degree(const sim::Settings& settings, const std::string& path) {
    const double degree = settings.number(path);
    const double below = 2.0 * std::floor(degree / 2.0);
    if (degree == below) return static_cast<std::size_t>(degree);
    throw sim::UserError(fmt::format("{} = {}: is not an even whole number (in a ring everyone has "
                                     "as many neighbours on either side) set {} or {}",
                                     path, degree, below, below + 2.0));
}

std::uint64_t network_seed(const sim::Settings& settings) {
    return static_cast<std::uint64_t>(settings.number("network.seed"));
}

OfficeNetwork generated_office(const sim::Settings& settings, const sim::TextFolder& folder) {
    const bool is_measured = settings.text("network.colleague.generator") == "office";
    OfficeNetwork office =
        is_measured ? measured_office(settings, folder) : textbook_office(settings, folder);
    office.is_manager.assign(office.employees, 0);
    office.site.assign(office.employees, 0);
    return office;
}

void choose_managers(OfficeNetwork& office) {
    std::vector<double> strength(office.employees, 0.0);
    for (const sim::Tie& tie : office.colleague) {
        strength[tie.from] += double{tie.weight};
        strength[tie.to] += double{tie.weight};
    }
    const std::size_t nobody = office.employees;
    std::vector<std::size_t> strongest(office.team_names.size(), nobody);
    std::vector<bool> has_manager(office.team_names.size(), false);
    for (std::size_t person = 0; person < office.employees; ++person) {
        const std::uint32_t team = office.team[person];
        if (office.is_manager[person] != 0) has_manager[team] = true;
        std::size_t& first = strongest[team];
        if (first == nobody || strength[person] > strength[first]) first = person;
    }
    for (std::size_t team = 0; team < strongest.size(); ++team) {
        if (!has_manager[team] && strongest[team] != nobody) office.is_manager[strongest[team]] = 1;
    }
}

}
