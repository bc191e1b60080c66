#pragma once

#include <cmath>
#include <vector>

#include "models/spreading/event_clock.hpp"

namespace cercle::oracles {

/// Mean share infectious of SISa on a complete graph in the long run (quasi-stationary without
/// spontaneous infection, where dying out takes for ever): of the birth and death chain of their
/// number.
inline double prevalence_of_complete(std::size_t nodes, const models::SpreadRates& rates) {
    const auto n = static_cast<double>(nodes);
    const double first = rates.spontaneous > 0.0 ? 0.0 : 1.0;
    double log_weight = 0.0;
    double largest = 0.0;
    std::vector<double> log_weights{log_weight};
    for (double k = first; k < n; k += 1.0) {
        const double up = (rates.spontaneous + rates.transmission * k) * (n - k);
        log_weight += std::log(up / (rates.recovery * (k + 1.0)));
        log_weights.push_back(log_weight);
        largest = std::max(largest, log_weight);
    }
    double total = 0.0;
    double sum = 0.0;
    for (std::size_t i = 0; i < log_weights.size(); ++i) {
        const double weight = std::exp(log_weights[i] - largest);
        total += weight;
        sum += weight * (first + static_cast<double>(i)) / n;
    }
    return sum / total;
}

/// Distribution of the number ever infectious of SIR on a complete graph from one node, by the
/// embedded chain: with s susceptible the next event is an infection with probability
/// b s / (b s + g), however many are infectious.
inline std::vector<double> final_sizes_of_complete(std::size_t nodes, double transmission,
                                                   double recovery) {
    std::vector<double> sizes(nodes + 1, 0.0);
    std::vector<double> now(nodes + 2, 0.0); ///< probability of so many infectious
    now[1] = 1.0;
    for (std::size_t reached = 1; reached <= nodes; ++reached) {
        const double rate = transmission * static_cast<double>(nodes - reached);
        const double infection = rate / (rate + recovery);
        std::vector<double> next(nodes + 2, 0.0);
        for (std::size_t infectious = nodes; infectious > 0; --infectious) {
            next[infectious + 1] = now[infectious] * infection;
            now[infectious - 1] += now[infectious] * (1.0 - infection);
        }
        sizes[reached] = now[0];
        now = next;
    }
    return sizes;
}

}
