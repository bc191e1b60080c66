#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "models/founding.hpp"
#include "models/observables.hpp"
#include "scenarios/assembly.hpp"
#include "scenarios/study_parts.hpp"

namespace cercle::scenarios {

namespace {

/// Whether two arms stand on the same networks, so that one layout serves both.
bool same_layout(const sim::Settings& a, const sim::Settings& b) {
    return std::ranges::all_of(a.paths(), [&](const std::string& path) {
        const bool of_layout = path.starts_with("network.") || path == "market.firms" ||
                               path == "market.size" || path == "firm.room_to_grow";
        return !of_layout || a.value(path) == b.value(path);
    });
}

std::string size_text(const models::Layout& layout) {
    return fmt::format("{} {}, {} positions ({} filled), {} clients ({} served)", layout.firms,
                       layout.firms == 1 ? "firm" : "firms", layout.positions(),
                       std::count(layout.occupied.begin(), layout.occupied.end(), 1),
                       layout.clients, layout.served.size());
}

sim::NetworkTable table_of(const std::string& name, const sim::Graph& graph,
                           const std::vector<std::uint32_t>& groups) {
    sim::NetworkTable table{name, graph.ties(), graph.nodes(), {}};
    for (const std::uint32_t group : groups) table.labels.push_back(std::to_string(group));
    return table;
}

/// The ties of every layout that arms stand on; of a later one with the name of its first arm.
std::vector<sim::NetworkTable>
tables_of(const std::vector<std::shared_ptr<const models::Layout>>& layouts,
          const std::vector<Arm>& arms) {
    std::vector<sim::NetworkTable> tables;
    for (std::size_t arm = 0; arm < layouts.size(); ++arm) {
        if (std::find(layouts.begin(), layouts.begin() + static_cast<std::ptrdiff_t>(arm),
                      layouts[arm]) != layouts.begin() + static_cast<std::ptrdiff_t>(arm)) {
            continue;
        }
        const std::string of = arm == 0 ? "" : "_" + arms[arm].name;
        const models::Layout& layout = *layouts[arm];
        tables.push_back(table_of("colleague" + of, layout.colleague, layout.team));
        tables.push_back(table_of("client" + of, layout.client, layout.segment));
    }
    return tables;
}

}

sim::Period period_of(const sim::Settings& settings) {
    const double step = settings.number("time.step");
    const auto steps = [&](double months) {
        return static_cast<std::uint32_t>(std::lround(months / step));
    };
    return {.burn_in = steps(settings.number("time.burn_in")),
            .steps = steps(settings.number("time.years") * 12.0),
            .every = std::max(1U, steps(settings.number("observe.every"))),
            .months = step};
}

namespace {

ReadyArm ready_arm(sim::Settings settings, const std::shared_ptr<const models::Layout>& layout) {
    ReadyArm ready{.found = {},
                   .pipeline = models::pipeline_of(settings),
                   .observables = std::make_unique<models::CompanyObservables>(settings),
                   .period = period_of(settings),
                   .size_text = size_text(*layout),
                   .ties_move = settings.flag("switch.rewiring")};
    ready.found = [layout, settings = std::move(settings)](const sim::Source& source) {
        return models::found(*layout, settings, source);
    };
    return ready;
}

/// A layout and the values it was made with.
struct Known {
    sim::Settings settings;
    std::shared_ptr<const models::Layout> layout;
};

std::shared_ptr<const models::Layout> layout_for(const sim::Settings& settings,
                                                 const std::vector<Known>& known,
                                                 const sim::TextFolder& folder) {
    for (const Known& one : known) {
        if (same_layout(settings, one.settings)) return one.layout;
    }
    return std::make_shared<const models::Layout>(layout_of(settings, folder));
}

}

void prepare_company(Study::Parts& parts) {
    const auto& arms = parts.scenario.arms;
    std::vector<Known> known;
    std::vector<std::shared_ptr<const models::Layout>> layouts;
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
        const sim::Settings settings = settings_at(parts.scenario, arm, 0);
        layouts.push_back(layout_for(settings, known, parts.scenario.folder));
        known.push_back({settings, layouts.back()});
        parts.arms.push_back(ready_arm(settings, layouts.back()));
    }
    parts.make = [known, folder = parts.scenario.folder](sim::Settings settings) {
        const auto layout = layout_for(settings, known, folder);
        return ready_arm(std::move(settings), layout);
    };
    parts.networks = [layouts, &arms] { return tables_of(layouts, arms); };
}

}
