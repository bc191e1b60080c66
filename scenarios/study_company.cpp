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

using LayoutPtr = std::shared_ptr<const models::Layout>;

/// Whether two arms stand on the same networks, so that one layout serves both.
bool same_layout(const sim::Settings& a, const sim::Settings& b) {
    return std::ranges::all_of(a.all(), [&](const auto& entry) {
        const std::string& path = entry.first;
        const bool of_layout = path.starts_with("network.") || path == "market.firms" ||
                               path == "market.size" || path == "firm.room_to_grow";
        return !of_layout || b.value(path) == entry.second;
    });
}

std::string size_text(const models::Layout& layout) {
    return fmt::format("{} firm(s), {} positions ({} filled), {} clients ({} served)", layout.firms,
                       layout.positions(),
                       std::count(layout.occupied.begin(), layout.occupied.end(), 1),
                       layout.clients, layout.served.size());
}

std::vector<sim::NetworkTable> tables_of(const models::Layout& layout) {
    std::vector<sim::NetworkTable> tables(2);
    tables[0] = {"colleague", layout.colleague.ties(), layout.colleague.nodes(), {}};
    for (const std::uint32_t team : layout.team) tables[0].labels.push_back(std::to_string(team));
    tables[1] = {"client", layout.client.ties(), layout.client.nodes(), {}};
    for (const std::uint32_t s : layout.segment) tables[1].labels.push_back(std::to_string(s));
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

void prepare_company(Study::Parts& parts) {
    const auto& arms = parts.scenario.arms;
    std::vector<LayoutPtr> layouts;
    for (std::size_t i = 0; i < arms.size(); ++i) {
        const sim::Settings& settings = arms[i].settings;
        LayoutPtr layout;
        for (std::size_t j = 0; j < i && !layout; ++j) {
            if (same_layout(settings, arms[j].settings)) layout = layouts[j];
        }
        if (!layout) {
            layout =
                std::make_shared<const models::Layout>(layout_of(settings, parts.scenario.folder));
        }
        layouts.push_back(layout);
        parts.arms.push_back({.found =
                                  [layout, settings](const sim::Source& source) {
                                      return models::found(*layout, settings, source);
                                  },
                              .pipeline = models::pipeline_of(settings),
                              .observables = std::make_unique<models::CompanyObservables>(settings),
                              .period = period_of(settings),
                              .size_text = size_text(*layout),
                              .ties_move = settings.flag("switch.rewiring")});
    }
    parts.networks = [layout = layouts.front()] { return tables_of(*layout); };
}

}
