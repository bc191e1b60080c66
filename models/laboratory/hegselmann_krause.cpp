#include <cmath>

#include "models/laboratory/averaging.hpp"
#include "models/laboratory/laws.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.hegselmann_krause";
constexpr double rounding = 1e-12; ///< of a distance that is exactly the confidence

class HegselmannKrause final : public sim::Process {
public:
    explicit HegselmannKrause(double confidence) : reach_(confidence + rounding) {}

    void advance(sim::World& world, const sim::Tick&) const override {
        Opinions nodes = opinions(world);
        std::copy_n(nodes.value.data(), nodes.value.size(), nodes.previous.data());
        const sim::Graph& graph = world.graphs.front();
        const std::size_t lanes = world.lanes();
        sim::for_each_block(graph.nodes(), lanes, [&](std::size_t first, std::size_t last) {
            for (std::size_t row = first * lanes; row < last * lanes; ++row) {
                nodes.value[row] = mean_of_the_near(graph, nodes.previous, row, lanes);
            }
        });
    }

private:
    double mean_of_the_near(const sim::Graph& graph, const sim::Column<double>& before,
                            std::size_t row, std::size_t lanes) const {
        const double own = before[row];
        double sum = own;
        double count = 1.0;
        for (const std::uint32_t other : graph.neighbours(row / lanes)) {
            const double value = before[std::size_t{other} * lanes + row % lanes];
            if (std::abs(value - own) > reach_) continue;
            sum += value;
            count += 1.0;
        }
        return sum / count;
    }

    double reach_;
};

}

/// Bounded confidence, all at once: x' = mean of one's own opinion and those of the neighbours that
/// are at most `confidence` away (the bound included, up to 1e-12).
/// Source: Hegselmann and Krause 2002, JASSS 5(3).
LaboratoryLaw hegselmann_krause_law() {
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning = "moves opinions to the mean of the neighbours' that are near enough",
                .equations = "HK",
                .parameters = {{name + ".confidence", sim::no_default, "1", sim::non_negative,
                                "Hegselmann and Krause 2002 for the law; no default",
                                "how far away an opinion may be and still count"}},
                .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
                    return std::make_unique<HegselmannKrause>(
                        settings.number(name + ".confidence"));
                }},
        .holding = Holding::opinion,
        .rest = Rest::unchanged,
    };
}

}
