#include "scenarios/linear_law.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/laboratory_layout.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {
namespace {

using models::LaboratoryLayout;

constexpr std::string_view prefix = "contagion.";

/// The parts of a row: of oneself, of the first opinion, of the neighbours.
struct Shares {
    double own = 0.0;
    double anchor = 0.0;
    double neighbours = 0.0;
    bool anchors_the_lonely = false; ///< a node without ties takes its first opinion for theirs
};

Shares shares_of(const std::string& law, const sim::Settings& settings, double trait) {
    const auto number = [&](const char* name) {
        return settings.number(fmt::format("{}{}.{}", prefix, law, name));
    };
    if (law == "degroot") return {.own = trait, .neighbours = 1.0 - trait};
    if (law == "friedkin_johnsen") {
        return {.anchor = 1.0 - trait, .neighbours = trait, .anchors_the_lonely = true};
    }
    if (law == "nar") return {.own = number("memory"), .neighbours = number("influence")};
    const double speed = number("adjustment");
    const double weight = number("weight");
    return {.own = 1.0 - speed,
            .anchor = speed * (1.0 - weight),
            .neighbours = speed * weight,
            .anchors_the_lonely = true};
}

/// The weight that all nodes have, where none is given one by one.
double common_trait(const std::string& law, const sim::Settings& settings) {
    if (law == "degroot") return settings.number("contagion.degroot.self_weight");
    if (law == "friedkin_johnsen") {
        return settings.number("contagion.friedkin_johnsen.susceptibility");
    }
    return 0.0;
}

std::string law_of(const sim::Settings& settings) {
    const std::vector<std::string> laws =
        settings.has("laws") ? settings.texts("laws") : std::vector<std::string>{};
    const std::string law = laws.size() == 1 ? laws.front() : "all";
    const std::string name = law.starts_with(prefix) ? law.substr(prefix.size()) : law;
    if (std::ranges::find(linear_laws(), name) != linear_laws().end()) return name;
    throw sim::UserError(fmt::format("laws: {} is not a linear law that is run alone (algebra "
                                     "answers {}) choose one of them",
                                     law, fmt::join(linear_laws(), ", ")));
}

}

const std::vector<std::string>& linear_laws() {
    static const std::vector<std::string> names{"degroot", "friedkin_johnsen", "nar", "linear"};
    return names;
}

LinearLaw linear_law(const sim::Settings& settings, const sim::TextFolder& folder) {
    const std::string name = law_of(settings);
    if (settings.text("initial.drawn") != "value") {
        throw sim::UserError("initial.drawn: opinions at the start are drawn (algebra wants to "
                             "know them) give initial.values, initial.file or initial.value");
    }
    LaboratoryLayout layout =
        laboratory_layout(*models::laboratory_law(std::string(prefix) + name), settings, folder);
    LinearLaw law{.name = name, .graph = std::move(layout.graph), .ids = std::move(layout.ids)};
    const std::size_t nodes = law.graph.nodes();
    law.start = layout.start.empty() ? std::vector<double>(nodes, settings.number("initial.value"))
                                     : layout.start;
    const double trait = common_trait(name, settings);
    for (std::size_t node = 0; node < nodes; ++node) {
        const Shares shares =
            shares_of(name, settings, layout.traits.empty() ? trait : layout.traits[node]);
        const bool lonely = law.graph.degree(node) == 0;
        const double anchored =
            shares.anchor + (lonely && shares.anchors_the_lonely ? shares.neighbours : 0.0);
        law.own.push_back(shares.own);
        law.neighbours.push_back(lonely ? 0.0 : shares.neighbours);
        law.constant.push_back(anchored * law.start[node]);
    }
    const std::string noise = fmt::format("{}{}.noise", prefix, name);
    if (settings.has(noise)) law.deviation = settings.number(noise);
    return law;
}

}
