#include "models/client/market_process.hpp"

#include <array>

#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

constexpr std::size_t together_at_most = 8;

}

void MarketProcess::advance(sim::World& world, const sim::Tick& tick) const {
    const MarketProcess* const alone = this;
    advance_together(world, tick, {&alone, 1});
}

std::size_t MarketProcess::advance_along(sim::World& world, const sim::Tick& tick,
                                         std::span<const sim::Stage> stages) const {
    std::array<const MarketProcess*, together_at_most> laws{};
    std::size_t count = 0;
    for (const sim::Stage& stage : stages) {
        const auto* law = dynamic_cast<const MarketProcess*>(stage.process.get());
        if (law == nullptr || count == laws.size()) break;
        laws[count++] = law;
    }
    advance_together(world, tick, {laws.data(), count});
    return count;
}

void MarketProcess::advance_together(sim::World& world, const sim::Tick& tick, Laws laws) {
    for (const MarketProcess* law : laws) law->begin(world);
    MarketView market(world, tick);
    const std::size_t lanes = world.lanes();
    sim::for_each_block(count_of(world, Kind::clients), lanes, [&](auto first, auto last) {
        const MarketBlock block(market.clients, first, last, lanes);
        for (const MarketProcess* law : laws) law->serve(market, block);
    });
    for (const MarketProcess* law : laws) law->end(world);
}

}
