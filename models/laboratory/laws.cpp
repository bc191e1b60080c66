#include "models/laboratory/laws.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "models/laboratory/nodes.hpp"
#include "models/laboratory/tally.hpp"

namespace cercle::models {

namespace {

/// A law of states that is left alone once every lane has come to rest: nothing could change any
/// more. (Opinions at rest still move in their last digits, so they are left to.)
class UntilRest final : public sim::Process {
public:
    explicit UntilRest(std::unique_ptr<sim::Process> law) : law_(std::move(law)) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        const Tally noted = tally(std::as_const(world));
        for (std::size_t lane = 0; lane < world.lanes(); ++lane) {
            if (!std::isnan(noted.ended[lane])) continue;
            law_->advance(world, tick);
            return;
        }
    }

private:
    std::unique_ptr<sim::Process> law_;
};

}

LaboratoryLaw cascade_law();
LaboratoryLaw complex_law();
LaboratoryLaw deffuant_law();
LaboratoryLaw degroot_law();
LaboratoryLaw friedkin_johnsen_law();
LaboratoryLaw hegselmann_krause_law();
LaboratoryLaw invasion_law();
LaboratoryLaw linear_law();
LaboratoryLaw moran_law();
LaboratoryLaw nar_law();
LaboratoryLaw sir_law();
LaboratoryLaw sis_law();
LaboratoryLaw sisa_law();
LaboratoryLaw threshold_law();
LaboratoryLaw voter_law();

std::span<const LaboratoryLaw> laboratory_laws() {
    static const std::array catalogue = {
        linear_law(),    nar_law(),
        degroot_law(),   friedkin_johnsen_law(),
        deffuant_law(),  hegselmann_krause_law(),
        sis_law(),       sir_law(),
        sisa_law(),      cascade_law(),
        threshold_law(), complex_law(),
        voter_law(),     invasion_law(),
        moran_law(),
    };
    return catalogue;
}

const LaboratoryLaw* laboratory_law(std::string_view name) {
    const auto all = laboratory_laws();
    const auto found =
        std::ranges::find(all, name, [](const LaboratoryLaw& law) { return law.law.name; });
    return found == all.end() ? nullptr : &*found;
}

bool LaboratoryLaw::continuous(const sim::Settings& settings) const {
    const std::string path = law.name + ".clock";
    return settings.has(path) && settings.text(path) == "continuous";
}

std::string LaboratoryLaw::clock_text(const sim::Settings& settings) const {
    if (continuous(settings)) return "continuous clock: events at any moment, exact in law";
    const std::string updates = law.name + ".updates";
    if (settings.has(updates)) {
        const auto count = settings.number(updates);
        return count == 0 ? "one node or tie at a time, as many updates in a step as nodes"
                          : fmt::format("one node or tie at a time, {} in a step", count);
    }
    return fmt::format("synchronous clock: all nodes at once, every {} month",
                       settings.number("time.step"));
}

sim::Pipeline laboratory_pipeline(const LaboratoryLaw& law, const sim::Settings& settings) {
    sim::Pipeline pipeline;
    std::unique_ptr<sim::Process> process = law.law.build(settings);
    if (law.holding == Holding::state) process = std::make_unique<UntilRest>(std::move(process));
    pipeline.add({law.law.name, law.law.stage,
                  fmt::format("{} ({})", law.law.meaning, law.clock_text(settings)),
                  std::move(process)});
    pipeline.add({"tally", "measure", "counts the nodes in each state and notes when a run ends",
                  tally_process(law)});
    return pipeline;
}

}
