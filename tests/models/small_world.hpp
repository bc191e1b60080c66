#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "models/catalogue.hpp"
#include "models/founding.hpp"
#include "models/state.hpp"

namespace cercle::models {

using Changes = std::vector<std::pair<std::string, sim::Value>>;

/// Settings with some parameters at other values.
inline sim::Settings with(sim::Settings settings, const Changes& changes) {
    for (const auto& [path, value] : changes) {
        sim::expects(settings.has(path), "with: " + path + " is no parameter");
        settings.set(path, value);
    }
    return settings;
}

/// Every parameter of the model at its default, in steps of a month, and the few that scenarios
/// add.
inline sim::Settings default_settings() {
    sim::Settings settings(parameters());
    settings.set("time.step", 1.0);
    settings.set("observe.every", 1.0);
    settings.set("observe.window", 36.0);
    settings.set("network.service.clients_per_employee", 10.0);
    return settings;
}

/// Settings without noise and shocks, in which nothing but the set point moves engagement.
inline sim::Settings quiet_settings() {
    Changes changes = {{"market.price_sd", 0.0}, {"shock.team.sd", 0.0}, {"employee.state_sd", 0.0},
                       {"client.state_sd", 0.0}, {"employee.mean", 0.0}, {"client.mean", 0.0}};
    for (const char* effect : {"autonomy", "competence", "relatedness", "information", "pay",
                               "ownership", "cosmetic_voice", "insecurity"}) {
        changes.emplace_back(std::string("engagement.") + effect, 0.0);
    }
    for (const char* effect : {"quality", "price", "stability", "innovation", "relation",
                               "bad_encounter", "good_encounter"}) {
        changes.emplace_back(std::string("client.") + effect, 0.0);
    }
    return with(default_settings(), changes);
}

/// A firm as a test describes it; people are all there unless they are listed as vacant.
struct SmallFirm {
    std::vector<std::uint32_t> teams = {5}; ///< positions of each
    std::vector<sim::Tie> ties = {};        ///< among colleagues
    bool directed = false;                  ///< then `from` is influenced by `to`
    std::size_t clients = 1;                ///< in the market
    std::vector<Layout::Service> served = {};
    std::vector<sim::Tie> talk = {}; ///< among clients
    std::vector<std::uint32_t> vacant = {};
    std::uint32_t manager = nobody; ///< whom everybody else reports to
};

inline Layout layout_of(const SmallFirm& firm) {
    Layout layout;
    for (std::uint32_t t = 0; t < firm.teams.size(); ++t) {
        layout.teams.push_back({0, static_cast<std::uint32_t>(layout.positions()), firm.teams[t]});
        for (std::uint32_t i = 0; i < firm.teams[t]; ++i) {
            const auto position = static_cast<std::uint32_t>(layout.positions());
            layout.firm.push_back(0);
            layout.team.push_back(t);
            layout.site.push_back(0);
            layout.manager.push_back(position == firm.manager ? nobody : firm.manager);
            layout.is_manager.push_back(position == firm.manager ? 1 : 0);
            layout.occupied.push_back(1);
        }
    }
    for (const std::uint32_t position : firm.vacant) layout.occupied[position] = 0;
    layout.clients = firm.clients;
    layout.segment.assign(firm.clients, 0);
    layout.served = firm.served;
    layout.colleague = sim::Graph(layout.positions(), firm.ties, !firm.directed);
    layout.client = sim::Graph(firm.clients, firm.talk, true);
    return layout;
}

/// One firm of `people` in teams of `team`, that serves one in three of the market.
inline Layout office_of(std::uint32_t people, std::uint32_t team, std::uint32_t clients_each) {
    SmallFirm firm{.teams = std::vector<std::uint32_t>(people / team, team)};
    firm.clients = 3UL * people * clients_each;
    for (std::uint32_t i = 0; i < people * clients_each; ++i) {
        firm.served.push_back({3 * i, 0, i % people, nobody});
    }
    return layout_of(firm);
}

inline std::vector<sim::Tie> ring(std::uint32_t nodes) {
    std::vector<sim::Tie> ties;
    for (std::uint32_t i = 0; i < nodes; ++i) ties.push_back({i, (i + 1) % nodes});
    return ties;
}

inline std::vector<sim::Tie> complete(std::uint32_t nodes) {
    std::vector<sim::Tie> ties;
    for (std::uint32_t i = 0; i < nodes; ++i) {
        for (std::uint32_t j = i + 1; j < nodes; ++j) ties.push_back({i, j});
    }
    return ties;
}

/// The processes of these laws alone, in this order.
inline sim::Pipeline only(const sim::Settings& settings, std::initializer_list<const char*> names) {
    sim::Pipeline pipeline;
    for (const std::string name : names) {
        bool found = false;
        for (const Law& law : laws()) {
            if (law.name != name) continue;
            found = true;
            pipeline.add({law.name, law.stage, law.meaning, law.build(settings)});
        }
        sim::expects(found, "only: " + name + " is no law");
    }
    return pipeline;
}

inline void advance(sim::World& world, const sim::Pipeline& pipeline, std::uint32_t steps,
                    double months = 1.0) {
    for (std::uint32_t i = 0; i < steps; ++i) {
        pipeline.advance(world, {.step = world.step + 1, .months = months});
    }
}

}
