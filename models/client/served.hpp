#pragma once

#include "models/state.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

/// One number for each row of a block.
using BlockOf = float[sim::block_rows];

/// Entities [first, last) of a population as rows.
struct BlockRows {
    std::size_t first, count, lanes;
    BlockRows(std::size_t first_entity, std::size_t last_entity, std::size_t lanes_together)
        : first(first_entity * lanes_together),
          count((last_entity - first_entity) * lanes_together), lanes(lanes_together) {}
};

/// The rows of a block whose clients are served, packed together so that arithmetic runs over full
/// vectors of them.
struct ServedRows {
    std::uint32_t offset[sim::block_rows]; ///< from the first row of the block
    std::uint32_t lane[sim::block_rows];
    std::uint32_t home[sim::block_rows]; ///< row of the client's firm
    std::size_t count = 0;

    ServedRows(const Clients& market, const BlockRows& block) {
        const auto lanes = static_cast<std::uint32_t>(block.lanes);
        for (std::uint32_t i = 0; i < block.count;) {
            for (std::uint32_t l = 0; l < lanes; ++l, ++i) {
                const std::int32_t firm = market.firm[block.first + i];
                offset[count] = i;
                lane[count] = l;
                home[count] = static_cast<std::uint32_t>(firm) * lanes + l;
                count += firm != outside ? 1U : 0U;
            }
        }
    }
};

}
