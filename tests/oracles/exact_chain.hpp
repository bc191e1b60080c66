#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "models/spreading/event_clock.hpp"
#include "sim/graph.hpp"

namespace cercle::oracles {

using models::SpreadRates;

/// Total weight of the ties of a node with the nodes of a set (bit u: node u).
inline double contact(const sim::Graph& graph, std::size_t node, std::uint32_t set) {
    double sum = 0.0;
    const auto others = graph.neighbours(node);
    for (std::size_t k = 0; k < others.size(); ++k) {
        if ((set >> others[k]) & 1U) sum += double{graph.weights(node)[k]};
    }
    return sum;
}

/// Distribution over the 2^n sets of infectious nodes of a SIS or SISa chain, by uniformisation.
class ExactChain {
public:
    ExactChain(const sim::Graph& graph, const SpreadRates& rates)
        : graph_(graph), rates_(rates), states_(1U << graph.nodes()) {
        for (std::uint32_t state = 0; state < states_; ++state) {
            fastest_ = std::max(fastest_, leaving(state));
        }
    }

    std::vector<double> after(double time, std::uint32_t start) const {
        std::vector<double> now(states_, 0.0);
        std::vector<double> result(states_, 0.0);
        now[start] = 1.0;
        const double mean = fastest_ * time;
        double log_weight = -mean;
        for (int jumps = 0; jumps < mean + 12.0 * std::sqrt(mean + 1.0) + 40.0; ++jumps) {
            for (std::size_t s = 0; s < states_; ++s) result[s] += std::exp(log_weight) * now[s];
            log_weight += std::log(mean / (jumps + 1));
            now = jumped(now);
        }
        return result;
    }
    std::vector<double> stationary() const { return after(400.0, 0); }

    static double marginal(const std::vector<double>& of_sets, std::size_t node) {
        double sum = 0.0;
        for (std::size_t s = 0; s < of_sets.size(); ++s) sum += (s >> node) & 1U ? of_sets[s] : 0.0;
        return sum;
    }

private:
    double rate(std::uint32_t state, std::size_t node) const {
        if ((state >> node) & 1U) return rates_.recovery;
        return rates_.spontaneous + rates_.transmission * contact(graph_, node, state);
    }
    double leaving(std::uint32_t state) const {
        double sum = 0.0;
        for (std::size_t node = 0; node < graph_.nodes(); ++node) sum += rate(state, node);
        return sum;
    }
    std::vector<double> jumped(const std::vector<double>& from) const {
        std::vector<double> to(states_, 0.0);
        for (std::uint32_t state = 0; state < states_; ++state) {
            to[state] += from[state] * (1.0 - leaving(state) / fastest_);
            for (std::size_t node = 0; node < graph_.nodes(); ++node) {
                to[state ^ (1U << node)] += from[state] * rate(state, node) / fastest_;
            }
        }
        return to;
    }

    const sim::Graph& graph_;
    SpreadRates rates_;
    std::uint32_t states_;
    double fastest_ = 0.0;
};

/// Exact distribution of the number ever infectious in a SIR epidemic from one node, over the
/// embedded chain of sets (susceptible, infectious).
class ExactFinalSize {
public:
    ExactFinalSize(const sim::Graph& graph, double transmission, double recovery)
        : graph_(graph), transmission_(transmission), recovery_(recovery) {}

    std::vector<double> from(std::size_t node) {
        const auto all = (1U << graph_.nodes()) - 1U;
        sizes_.assign(graph_.nodes() + 1, 0.0);
        visit(all ^ (1U << node), 1U << node, 1.0);
        return sizes_;
    }

private:
    void visit(std::uint32_t susceptible, std::uint32_t infectious, double probability) {
        if (infectious == 0) {
            const auto spared = static_cast<std::size_t>(__builtin_popcount(susceptible));
            sizes_[graph_.nodes() - spared] += probability;
            return;
        }
        double total = 0.0;
        for (std::size_t node = 0; node < graph_.nodes(); ++node) {
            total += rate(susceptible, infectious, node);
        }
        for (std::size_t node = 0; node < graph_.nodes(); ++node) {
            const double share = rate(susceptible, infectious, node) / total;
            if (share == 0.0) continue;
            const std::uint32_t bit = 1U << node;
            visit(susceptible & ~bit, infectious ^ bit, probability * share);
        }
    }
    double rate(std::uint32_t susceptible, std::uint32_t infectious, std::size_t node) const {
        if ((infectious >> node) & 1U) return recovery_;
        if ((susceptible >> node) & 1U) return transmission_ * contact(graph_, node, infectious);
        return 0.0;
    }

    const sim::Graph& graph_;
    double transmission_;
    double recovery_;
    std::vector<double> sizes_;
};

}
