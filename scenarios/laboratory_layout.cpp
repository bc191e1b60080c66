#include "scenarios/laboratory_layout.hpp"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/network_files.hpp"
#include "scenarios/networks_generated.hpp"
#include "scenarios/node_values.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {
namespace {

namespace fs = std::filesystem;
using models::Holding;
using models::LaboratoryLaw;
using models::LaboratoryLayout;

LaboratoryLayout graph_of(const sim::Settings& settings, const sim::TextFolder& folder) {
    LaboratoryLayout layout;
    if (!settings.text("network.colleague.file").empty()) {
        OfficeData data = office_data(settings, folder);
        layout.graph = sim::Graph(data.office.employees, data.office.colleague,
                                  !data.office.colleague_directed);
        layout.ids = std::move(data.employee_ids);
        return layout;
    }
    const OfficeNetwork office = generated_office(settings, folder);
    layout.graph = sim::Graph(office.employees, office.colleague, true);
    for (std::size_t node = 0; node < office.employees; ++node) {
        layout.ids.push_back(std::to_string(node));
    }
    return layout;
}

void check_graph(const LaboratoryLaw& law, const LaboratoryLayout& layout,
                 sim::FileProblems& problems) {
    if (law.graph.undirected && !layout.graph.symmetric()) {
        problems.add(law.law.name, 0,
                     fmt::format("the graph is directed ({}) set network.colleague.direction = "
                                 "\"undirected\"",
                                 law.graph.why));
    }
    if (!law.graph.ties_for_all) return;
    constexpr std::size_t most_named = 5;
    std::vector<std::string> lonely;
    std::size_t count = 0;
    for (std::size_t node = 0; node < layout.graph.nodes(); ++node) {
        if (layout.graph.degree(node) > 0) continue;
        if (++count <= most_named) lonely.push_back(layout.ids[node]);
    }
    if (count == 0) return;
    problems.add(law.law.name, 0,
                 fmt::format("{} of {} nodes have no ties: {}{} ({}) give each a tie, or leave it "
                             "out",
                             count, layout.graph.nodes(), fmt::join(lonely, ", "),
                             count > most_named ? ", ..." : "", law.graph.why));
}

/// One value for each node, as a list of the scenario gives them.
std::vector<double> from_list(const sim::Settings& settings, const std::string& path,
                              std::size_t nodes, sim::FileProblems& problems) {
    std::vector<double> values = settings.numbers(path);
    if (values.size() != nodes) {
        problems.add(path, 0,
                     fmt::format("has {} values, the graph {} nodes (one for each, in their order)",
                                 values.size(), nodes));
    }
    return values;
}

std::vector<double> start_of(const LaboratoryLaw& law, const sim::Settings& settings,
                             const sim::TextFolder& folder, const NodeIds& nodes,
                             sim::FileProblems& problems) {
    const bool states = law.holding == Holding::state;
    if (const std::string& file = settings.text("initial.file"); !file.empty()) {
        const NodeValues wanted{.what = states ? "state at the start" : "opinion at the start",
                                .range = states ? sim::whole(0, law.states - 1) : sim::any_number,
                                .fallback = states ? std::optional(0.0) : std::nullopt};
        return read_node_values(folder / file, nodes, wanted, problems);
    }
    if (!states) {
        if (settings.numbers("initial.values").empty()) return {};
        return from_list(settings, "initial.values", nodes.size(), problems);
    }
    const double share = settings.number("initial.share");
    if (share > 0.0 && std::llround(share * static_cast<double>(nodes.size())) == 0) {
        problems.add("initial.share", 0,
                     fmt::format("{} of {} nodes is less than one (the share is rounded to whole "
                                 "nodes) set it to {:.3g} or more",
                                 share, nodes.size(), 1.0 / static_cast<double>(nodes.size())));
    }
    std::vector<double> start;
    if (!settings.texts("initial.nodes").empty()) start.assign(nodes.size(), 0.0);
    for (const std::string& id : settings.texts("initial.nodes")) {
        const auto node = nodes.find(id, "initial.nodes", 0, problems);
        if (!node) continue;
        if (start[*node] == 1.0) {
            problems.add(
                "initial.nodes", 0,
                fmt::format("names node \"{}\" twice (a node starts once) name it once", id));
        }
        start[*node] = 1.0;
    }
    return start;
}

std::vector<double> traits_of(const LaboratoryLaw& law, const sim::Settings& settings,
                              const sim::TextFolder& folder, const NodeIds& nodes,
                              sim::FileProblems& problems) {
    const bool listed = !law.trait_list.empty() && !settings.numbers(law.trait_list).empty();
    const bool filed = !law.trait_file.empty() && !settings.text(law.trait_file).empty();
    if (listed && filed) {
        problems.add(law.trait_file, 0,
                     fmt::format("is given beside {} (both say it of each node) keep one of them",
                                 law.trait_list));
        return {};
    }
    if (listed) return from_list(settings, law.trait_list, nodes.size(), problems);
    if (!filed) return {};
    return read_node_values(folder / settings.text(law.trait_file), nodes,
                            {.what = "threshold", .range = sim::any_number}, problems);
}

}

LaboratoryLayout laboratory_layout(const LaboratoryLaw& law, const sim::Settings& settings,
                                   const sim::TextFolder& folder) {
    LaboratoryLayout layout = graph_of(settings, folder);
    sim::FileProblems problems;
    check_graph(law, layout, problems);
    const NodeIds nodes(layout.ids);
    layout.start = start_of(law, settings, folder, nodes, problems);
    layout.traits = traits_of(law, settings, folder, nodes, problems);
    problems.throw_if_any();
    return layout;
}

}
