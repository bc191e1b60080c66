#include "models/laboratory/founding.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "models/draws.hpp"
#include "models/laboratory/nodes.hpp"
#include "models/laboratory/tally.hpp"
#include "models/laboratory/words.hpp"

namespace cercle::models {

namespace {

/// One word for each row of the nodes, drawn at the founding.
std::vector<std::uint32_t> words_of_all(const sim::World& world, sim::Draw draw) {
    const std::size_t nodes = world.populations.front().size();
    std::vector<std::uint32_t> words(nodes * world.lanes());
    sim::fill_words(world.source, 0, draw, 0, static_cast<std::uint32_t>(nodes), words.data());
    return words;
}

/// Puts exactly round(share * nodes) nodes of every lane in state 1: those with the smallest words.
void infect_share(sim::World& world, double share) {
    Holders nodes = holders(world);
    const std::size_t lanes = world.lanes();
    const std::size_t count = nodes.state.size() / lanes;
    const auto chosen = static_cast<std::size_t>(std::llround(share * static_cast<double>(count)));
    const auto words = words_of_all(world, sim::Draw::laboratory_start);
    std::vector<std::size_t> order(count);
    for (std::size_t lane = 0; lane < lanes && chosen > 0; ++lane) {
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto last = order.begin() + static_cast<std::ptrdiff_t>(chosen - 1);
        std::ranges::nth_element(order, last, {}, [&](std::size_t node) {
            return std::pair(words[node * lanes + lane], node);
        });
        for (auto node = order.begin(); node <= last; ++node) nodes.state[*node * lanes + lane] = 1;
    }
}

void start_states(sim::World& world, const LaboratoryLayout& layout,
                  const sim::Settings& settings) {
    Holders nodes = holders(world);
    const std::size_t lanes = world.lanes();
    if (layout.start.empty()) {
        infect_share(world, settings.number("initial.share"));
    } else {
        for (std::size_t row = 0; row < nodes.state.size(); ++row) {
            nodes.state[row] = static_cast<std::uint8_t>(layout.start[row / lanes]);
        }
    }
    for (std::size_t row = 0; row < nodes.state.size(); ++row) {
        nodes.previous[row] = nodes.state[row];
    }
}

void start_opinions(sim::World& world, const LaboratoryLayout& layout,
                    const sim::Settings& settings) {
    Opinions nodes = opinions(world);
    const std::size_t lanes = world.lanes();
    const std::size_t count = nodes.value.size() / lanes;
    const double low = settings.number("initial.low");
    const double width = settings.number("initial.high") - low;
    const std::string& drawn = settings.text("initial.drawn");
    const auto words = words_of_all(world, sim::Draw::laboratory_start);
    for (std::size_t row = 0; row < nodes.value.size(); ++row) {
        const std::size_t node = row / lanes;
        double value = settings.number("initial.value");
        if (!layout.start.empty()) {
            value = layout.start[node];
        } else if (drawn == "even") {
            value = low + width * static_cast<double>(node) /
                              static_cast<double>(std::max<std::size_t>(count - 1, 1));
        } else if (drawn == "uniform") {
            value = low + width * uniform_of(words[row]);
        } else if (drawn == "normal") {
            value += settings.number("initial.sd") * static_cast<double>(sim::normal(words[row]));
        }
        nodes.value[row] = nodes.previous[row] = nodes.anchor[row] = value;
    }
}

void give_traits(sim::World& world, const LaboratoryLayout& layout, const LaboratoryLaw& law,
                 const sim::Settings& settings) {
    if (!law.trait) return;
    Traits given = traits(world);
    const auto words = words_of_all(world, sim::Draw::laboratory_trait);
    for (std::size_t row = 0; row < given.trait.size(); ++row) {
        given.trait[row] = layout.traits.empty() ? law.trait(settings, words[row])
                                                 : layout.traits[row / world.lanes()];
    }
}

sim::World empty_world(const LaboratoryLayout& layout, const LaboratoryLaw& law,
                       const sim::Source& source) {
    const std::size_t nodes = layout.graph.nodes();
    sim::World world;
    world.source = source;
    world.populations.reserve(3);
    world.populations.push_back(law.holding == Holding::state
                                    ? sim::population_of<Holders>("nodes", nodes, source.lanes)
                                    : sim::population_of<Opinions>("nodes", nodes, source.lanes));
    world.populations.push_back(
        sim::population_of<Traits>("traits", law.trait ? nodes : 0, source.lanes));
    world.populations.push_back(sim::population_of<Tally>("tally", 1, source.lanes));
    world.graphs.push_back(layout.graph);
    return world;
}

}

sim::ParameterTable initial_parameters(Holding holding) {
    const std::string user = "chosen by the user";
    sim::ParameterTable table = {
        {"initial.file", std::string(), "", sim::any_number, user,
         holding == Holding::state
             ? "CSV file id,value with the state of each node at the start; nodes not named: 0"
             : "CSV file id,value with the opinion of each node at the start"},
    };
    if (holding == Holding::state) {
        table.push_back(
            {"initial.share", 0.0, "fraction", sim::fraction, user,
             "share of the nodes, drawn anew in each replicate, that start in state 1"});
        table.push_back({"initial.nodes", std::vector<std::string>(), "", sim::any_number, user,
                         "ids of the nodes that start in state 1"});
        return table;
    }
    table.push_back(
        {"initial.value", 0.0, "1", sim::any_number, user, "opinion of every node at the start"});
    table.push_back({"initial.values", std::vector<double>(), "1", sim::any_number, user,
                     "opinions at the start, one for each node in their order"});
    table.push_back({"initial.drawn",
                     std::string("value"),
                     "",
                     sim::any_number,
                     user,
                     "opinions at the start: those given, spread evenly from low to high in the "
                     "order of nodes, drawn between them, or drawn around value",
                     {"value", "even", "uniform", "normal"}});
    table.push_back({"initial.sd", 1.0, "1", sim::non_negative, user,
                     "standard deviation of opinions drawn from a normal distribution"});
    table.push_back(
        {"initial.low", 0.0, "1", sim::any_number, user, "lowest opinion at the start"});
    table.push_back(
        {"initial.high", 1.0, "1", sim::any_number, user, "highest opinion at the start"});
    return table;
}

sim::World found(const LaboratoryLayout& layout, const LaboratoryLaw& law,
                 const sim::Settings& settings, const sim::Source& source) {
    sim::World world = empty_world(layout, law, source);
    if (law.holding == Holding::state) {
        start_states(world, layout, settings);
    } else {
        start_opinions(world, layout, settings);
    }
    give_traits(world, layout, law, settings);
    Tally noted = tally(world);
    for (std::size_t lane = 0; lane < world.lanes(); ++lane) {
        noted.ended[lane] = std::numeric_limits<double>::quiet_NaN();
    }
    tally_process(law)->advance(world, {.step = 0, .months = settings.number("time.step")});
    return world;
}

}
