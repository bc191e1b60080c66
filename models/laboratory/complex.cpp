#include "models/laboratory/adoption.hpp"
#include "models/laboratory/laws.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.complex";

class Complex final : public sim::Process {
public:
    explicit Complex(double contacts) : contacts_(contacts) {}

    void advance(sim::World& world, const sim::Tick&) const override {
        adopt(world,
              [this](std::uint32_t count, std::size_t, std::size_t) { return count >= contacts_; });
    }

private:
    double contacts_;
};

}

/// Complex contagion: a node adopts for good once at least so many neighbours have, all at once in
/// each step. What needs two or more contacts travels over wide bridges only.
/// Source: Centola and Macy 2007, American Journal of Sociology 113:702.
LaboratoryLaw complex_law() {
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning = "lets nodes adopt once a number of their neighbours have",
                .equations = "complex contagion",
                .parameters = {{name + ".contacts", 2.0, "1", sim::whole(1),
                                "Centola and Macy 2007 (two is the least complex)",
                                "neighbours that must have adopted"}},
                .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
                    return std::make_unique<Complex>(settings.number(name + ".contacts"));
                }},
        .rest = Rest::unchanged,
    };
}

}
