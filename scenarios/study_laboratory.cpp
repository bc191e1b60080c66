#include <algorithm>

#include <fmt/format.h>

#include "models/laboratory/observables.hpp"
#include "scenarios/laboratory_layout.hpp"
#include "scenarios/study_parts.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {

namespace {

/// Nodes of which a value is kept in every run: more would make files of no use.
constexpr std::size_t most_kept_nodes = 100000;

/// Where the graph comes from, so that one drawn unasked is seen.
std::string origin_text(const sim::Settings& settings) {
    const std::string& file = settings.text("network.colleague.file");
    return file.empty() ? "drawn: " + settings.text("network.colleague.generator") : "from " + file;
}

std::string size_text(const models::LaboratoryLaw& law, const models::LaboratoryLayout& layout,
                      const sim::Settings& settings) {
    const sim::Graph& graph = layout.graph;
    const std::size_t ties = graph.symmetric() ? graph.arcs() / 2 : graph.arcs();
    const bool left_out = graph.weighted() && law.holding == models::Holding::state;
    return fmt::format("{} nodes, {} {}ties ({}){}", graph.nodes(), ties,
                       graph.symmetric() ? "" : "directed ", origin_text(settings),
                       left_out ? ", every tie counts alike: the law leaves their weights out"
                                : "");
}

/// Throws unless the values of nodes can be kept side by side.
void check_nodes(const Study::Parts& parts) {
    const std::size_t nodes = parts.arms.front().nodes;
    for (std::size_t arm = 0; arm < parts.arms.size(); ++arm) {
        if (parts.arms[arm].nodes == nodes) continue;
        throw sim::UserError(fmt::format("observe.agents: arm {} has {} nodes and arm {} has {} "
                                         "(the file has one place for each "
                                         "node) set observe.agents = \"never\"",
                                         parts.scenario.arms.front().name, nodes,
                                         parts.scenario.arms[arm].name, parts.arms[arm].nodes));
    }
    if (nodes > most_kept_nodes) {
        throw sim::UserError(fmt::format("observe.agents: the graph has {} nodes (at most {} are "
                                         "kept of each run) set observe.agents = \"never\"",
                                         nodes, most_kept_nodes));
    }
}

/// Opinions that all start alike stay so, unless there is noise.
void check_opinions(const models::LaboratoryLaw& law, const models::LaboratoryLayout& layout,
                    const sim::Settings& settings) {
    if (law.holding != models::Holding::opinion || !layout.start.empty() ||
        settings.text("initial.drawn") != "value" ||
        (law.moves_the_alike && settings.number("initial.value") != 0.0)) {
        return;
    }
    const std::string noise = law.law.name + ".noise";
    if (settings.has(noise) && settings.number(noise) > 0.0) return;
    throw sim::UserError(fmt::format("initial: is missing (all nodes would start with the opinion "
                                     "{}, and {} would change none) write initial.drawn = "
                                     "\"uniform\", initial.values or initial.file",
                                     settings.number("initial.value"), law.law.name));
}

ReadyArm ready_arm(const models::LaboratoryLaw& law, const sim::Settings& settings,
                   const std::shared_ptr<const models::LaboratoryLayout>& layout) {
    check_opinions(law, *layout, settings);
    auto observables = std::make_unique<models::LaboratoryObservables>(law, settings);
    std::vector<sim::Metric> node_values = observables->node_values();
    const std::size_t nodes = node_values.empty() ? 0 : layout->graph.nodes();
    return {.found =
                [&law, settings, layout](const sim::Source& source) {
                    return models::found(*layout, law, settings, source);
                },
            .pipeline = models::laboratory_pipeline(law, settings),
            .observables = std::move(observables),
            .period = period_of(settings),
            .size_text = size_text(law, *layout, settings),
            .node_values = std::move(node_values),
            .nodes = nodes};
}

}

void prepare_laboratory(Study::Parts& parts) {
    const auto& arms = parts.scenario.arms;
    const std::string& name = arms.front().settings.texts("laws").front();
    const models::LaboratoryLaw& law = *models::laboratory_law(name);
    std::shared_ptr<const models::LaboratoryLayout> first;
    std::string clocks;
    const auto layout_for = [&law, folder = parts.scenario.folder](const sim::Settings& settings) {
        return std::make_shared<const models::LaboratoryLayout>(
            laboratory_layout(law, settings, folder));
    };
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
        const sim::Settings settings = settings_at(parts.scenario, arm, 0);
        const std::shared_ptr<const models::LaboratoryLayout> layout = layout_for(settings);
        if (!first) first = layout;
        parts.arms.push_back(ready_arm(law, settings, layout));
        const std::string clock = law.clock_text(settings);
        if (clocks.find(clock) == std::string::npos) {
            clocks += (clocks.empty() ? "" : "; in arm " + arms[arm].name + ": ") + clock;
        }
    }
    parts.make = [&law, layout_for](const sim::Settings& settings) {
        return ready_arm(law, settings, layout_for(settings));
    };
    check_nodes(parts);
    parts.attributes = {{"law", name}, {"clock", clocks}};
    parts.networks = [first] {
        return std::vector<sim::NetworkTable>{{"colleague", first->graph.ties(),
                                               first->graph.nodes(), first->ids,
                                               "id of each node"}};
    };
}

}
