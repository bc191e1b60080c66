#pragma once

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "sim/random.hpp"

namespace cercle::scenarios {

/// Where a search looks and what value it wants.
struct Search {
    double low = 0.0;
    double high = 1.0;
    double target = 0.0;
};

/// The argument among twelve halvings of [low, high] at which a rising, perhaps rugged, function
/// came nearest to the target.
template <class Function> double nearest_argument(Search search, Function value_at) {
    double best = search.low;
    double best_distance = std::abs(value_at(search.low) - search.target);
    for (int halving = 0; halving < 12 && best_distance > 0.0; ++halving) {
        const double middle = 0.5 * (search.low + search.high);
        const double value = value_at(middle);
        (value < search.target ? search.low : search.high) = middle;
        if (std::abs(value - search.target) < best_distance) {
            best_distance = std::abs(value - search.target);
            best = middle;
        }
    }
    return best;
}

/// The same things in random order, every order alike (Fisher and Yates).
template <class Thing> std::vector<Thing> shuffled(std::vector<Thing> things, sim::Stream& stream) {
    for (std::size_t left = things.size(); left > 1; --left) {
        std::swap(things[left - 1], things[stream.below(left)]);
    }
    return things;
}

}
