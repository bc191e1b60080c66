#pragma once

#include <algorithm>
#include <vector>

namespace cercle::analysis {

/// The middle one of some values, at least one; of an even number the larger of the two.
template <class Value> Value upper_median(std::vector<Value> values) {
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::ranges::nth_element(values, middle);
    return *middle;
}

}
