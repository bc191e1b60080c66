#include "models/laboratory/tally.hpp"

#include <cmath>
#include <limits>

#include "models/laboratory/nodes.hpp"

namespace cercle::models {

namespace {

constexpr double least_change = 1e-12; ///< of an opinion that still moves

/// What one lane's nodes look like after a step.
struct Count {
    std::uint32_t spreading = 0;
    std::uint32_t past = 0;
    bool changed = false;
};

Count count_states(const Holders& nodes, std::size_t lane, std::size_t lanes) {
    Count count;
    for (std::size_t row = lane; row < nodes.state.size(); row += lanes) {
        const std::uint8_t state = nodes.state[row];
        count.spreading += state == 1 ? 1U : 0U;
        count.past += state == 2 ? 1U : 0U;
        count.changed |= state != nodes.previous[row];
    }
    return count;
}

bool opinions_moved(const Opinions& nodes, std::size_t lane, std::size_t lanes) {
    for (std::size_t row = lane; row < nodes.value.size(); row += lanes) {
        if (std::abs(nodes.value[row] - nodes.previous[row]) > least_change) return true;
    }
    return false;
}

/// The moment a run came to rest is known to the step, unless the law noted it more exactly.
class TallyProcess final : public sim::Process {
public:
    TallyProcess(Holding holding, Rest rest) : holding_(holding), rest_(rest) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        Tally noted = tally(world);
        const std::size_t lanes = world.lanes();
        const std::size_t nodes = world.populations.front().size();
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            // At rest since before this step: everything is counted.
            if (noted.ended[lane] <= (tick.step - 1.0) * tick.months) continue;
            Count count;
            if (holding_ == Holding::state) {
                count = count_states(holders(std::as_const(world)), lane, lanes);
                noted.spreading[lane] = count.spreading;
                noted.past[lane] = count.past;
            } else {
                count.changed = rest_ == Rest::never ||
                                opinions_moved(opinions(std::as_const(world)), lane, lanes);
            }
            if (!std::isnan(noted.ended[lane])) continue;
            if (tick.step == 0 && rest_ == Rest::unchanged) continue; // nothing was tried yet
            if (at_rest(count, nodes)) noted.ended[lane] = moment(tick);
        }
    }

private:
    bool at_rest(const Count& count, std::size_t nodes) const {
        switch (rest_) {
        case Rest::never:
            return false;
        case Rest::extinct:
            return count.spreading == 0;
        case Rest::unchanged:
            return !count.changed;
        case Rest::consensus:
            return count.spreading == 0 || count.spreading == nodes;
        }
        return false;
    }

    double moment(const sim::Tick& tick) const {
        const double end = tick.step * tick.months;
        return rest_ == Rest::unchanged ? end - tick.months : end;
    }

    Holding holding_;
    Rest rest_;
};

}

std::unique_ptr<sim::Process> tally_process(const LaboratoryLaw& law) {
    return std::make_unique<TallyProcess>(law.holding, law.rest);
}

}
