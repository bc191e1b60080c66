#pragma once

#include <span>

#include "models/client/served.hpp"
#include "sim/pipeline.hpp"

namespace cercle::models {

/// A block of the market: clients [first, first + count), their rows, and those that are served.
struct MarketBlock {
    std::uint32_t first, count;
    BlockRows rows;
    ServedRows served;

    MarketBlock(const Clients& market, std::size_t first_client, std::size_t last_client,
                std::size_t lanes)
        : first(static_cast<std::uint32_t>(first_client)),
          count(static_cast<std::uint32_t>(last_client - first_client)),
          rows(first_client, last_client, lanes), served(market, rows) {}
};

/// What laws over clients see of the world in a step.
struct MarketView {
    const sim::World& world;
    const sim::Tick& tick;
    Clients clients;
    const Firms firms;
    const Employees staff;
    const Environment around;

    MarketView(sim::World& of, const sim::Tick& now)
        : world(of), tick(now), clients(models::clients(of)),
          firms(models::firms(std::as_const(of))), staff(employees(std::as_const(of))),
          around(environment(std::as_const(of))) {}
};

/// A law over clients that works on one block of them at a time. Such laws that follow each other
/// in the pipeline take the market block by block together, so that a block's columns are still in
/// the cache when the next law asks for them; the bits are those of one law after the other.
/// Therefore `begin` of a law must not read what `serve` of another writes, and who serves whom
/// changes in `end` only.
class MarketProcess : public sim::Process {
public:
    void advance(sim::World& world, const sim::Tick& tick) const final;
    std::size_t advance_along(sim::World& world, const sim::Tick& tick,
                              std::span<const sim::Stage> stages) const final;

protected:
    /// Before the first block: what firms bring with them.
    virtual void begin(sim::World&) const {}
    /// Reads and writes the clients of the block; reads firms, employees and what others show.
    virtual void serve(MarketView& market, const MarketBlock& block) const = 0;
    /// After the last block: what firms count.
    virtual void end(sim::World&) const {}

private:
    using Laws = std::span<const MarketProcess* const>;
    static void advance_together(sim::World& world, const sim::Tick& tick, Laws laws);
};

}
