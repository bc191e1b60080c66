#include <cmath>
#include <limits>

#include "models/state.hpp"
#include "scenarios/study_parts.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {
namespace {

/// Looks where others look, and keeps what every employee feels.
class Onlooker final : public sim::Observables {
public:
    Onlooker(const sim::Observables& usual, PeopleThroughTime& people)
        : usual_(usual), people_(people) {}

    const std::vector<sim::Metric>& series() const override { return usual_.series(); }
    const std::vector<sim::Metric>& outcomes() const override { return usual_.outcomes(); }
    void summarise(sim::Record& record) const override { usual_.summarise(record); }
    void observe(const sim::World& world, std::size_t time, sim::Record& record) const override {
        usual_.observe(world, time, record);
        const models::Employees staff = models::employees(world);
        for (std::size_t position = 0; position < people_.positions; ++position) {
            people_.engagement[time * people_.positions + position] =
                staff.occupied[position] == 0
                    ? std::numeric_limits<float>::quiet_NaN()
                    : 1.0F / (1.0F + std::exp(-staff.engagement[position]));
        }
    }

private:
    const sim::Observables& usual_;
    PeopleThroughTime& people_;
};

}

PeopleThroughTime Study::people(const sim::Batch& one) const {
    if (!parts_->scenario.arms.front().settings.texts("laws").empty())
        throw sim::UserError("a law that runs alone has no employees to look at");
    const ReadyArm ready = parts_->make(settings_at(parts_->scenario, one.arm, one.point));
    sim::World world =
        ready.found({.seed = parts_->scenario.seed,
                     .first_replicate = static_cast<std::uint32_t>(one.first_replicate),
                     .lanes = 1});
    PeopleThroughTime people;
    people.positions = models::count_of(world, models::Kind::employees);
    people.times = ready.period.times();
    people.engagement.resize(people.positions * people.times);
    sim::run(std::move(world), ready.pipeline, Onlooker(*ready.observables, people), ready.period);
    return people;
}

}
