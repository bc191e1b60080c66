#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "models/catalogue.hpp"

namespace cercle::models {

/// What a node holds: one of a few states, or an opinion, a number.
enum class Holding : std::uint8_t { state, opinion };

/// When a run can change no more.
enum class Rest : std::uint8_t {
    never,
    extinct,   ///< nobody is in state 1
    unchanged, ///< a step changed nothing
    consensus  ///< all are in the same state
};

/// What a law wants of its graph.
struct GraphNeeds {
    bool undirected = false;
    bool ties_for_all = false;
    std::string why = {}; ///< the reason, for the message that refuses another graph
};

/// A law that runs alone: one population of nodes, one graph. Its parameters lie in the table of
/// its name.
struct LaboratoryLaw {
    Law law;
    Holding holding = Holding::state;
    unsigned states = 2;     ///< that a node may be in
    bool needs_start = true; ///< nothing happens unless somebody is in state 1
    bool moves_the_alike = false; ///< opinions that all start alike do not stay as they are
    Rest rest = Rest::never;
    GraphNeeds graph = {};
    /// The trait of a node from one random word, for laws whose nodes have one.
    double (*trait)(const sim::Settings& settings, std::uint32_t word) = nullptr;
    /// Parameters that give the traits one by one: a list in the order of nodes, a CSV file.
    std::string trait_list = {};
    std::string trait_file = {};

    /// Whether events happen at any moment, not once in a step.
    bool continuous(const sim::Settings& settings) const;
    /// The clock in words, for plans and result files.
    std::string clock_text(const sim::Settings& settings) const;
};

/// Every law of the laboratory.
std::span<const LaboratoryLaw> laboratory_laws();
/// The law of that name; null when there is none.
const LaboratoryLaw* laboratory_law(std::string_view name);

/// The processes of a step: the law, and the note of how far it has come.
sim::Pipeline laboratory_pipeline(const LaboratoryLaw& law, const sim::Settings& settings);

}
