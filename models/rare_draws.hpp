#pragma once

#include "models/draws.hpp"

namespace cercle::models {

/// Words for an entity to which something rare happens: the same addresses as `sim::fill_words`
/// fills whole blocks with, read one by one.
struct RareDraws {
    const sim::Source& source;
    std::uint32_t entity;
    std::uint32_t lane;
    std::uint32_t step;

    std::uint32_t operator()(sim::Draw what) const {
        return sim::words(source, lane, entity / 4, step, what)[entity % 4];
    }
};

}
