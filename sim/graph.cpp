#include "sim/graph.hpp"

#include <algorithm>
#include <tuple>

#include "sim/error.hpp"
#include "sim/huge_pages.hpp"

namespace cercle::sim {

Graph::Graph(std::size_t nodes, std::span<const Tie> ties, bool symmetric) : symmetric_(symmetric) {
    reserve_in_huge_pages(offsets_, nodes + 1);
    offsets_.resize(nodes + 1, 0);
    std::vector<Tie> arcs;
    arcs.reserve(ties.size() * (symmetric ? 2 : 1));
    for (const Tie& tie : ties) {
        expects(tie.from < nodes && tie.to < nodes, "Graph: a tie names a node that is not there");
        arcs.push_back(tie);
        if (symmetric) arcs.push_back({tie.to, tie.from, tie.weight});
    }
    std::ranges::sort(arcs, {},
                      [](const Tie& arc) { return std::tuple(arc.from, arc.to, arc.weight); });
    reserve_in_huge_pages(targets_, arcs.size());
    reserve_in_huge_pages(weights_, arcs.size());
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        if (i > 0 && arcs[i].from == arcs[i - 1].from && arcs[i].to == arcs[i - 1].to) {
            weights_.back() += arcs[i].weight;
            continue;
        }
        targets_.push_back(arcs[i].to);
        weights_.push_back(arcs[i].weight);
        ++offsets_[arcs[i].from + 1];
    }
    for (std::size_t node = 0; node < nodes; ++node) offsets_[node + 1] += offsets_[node];
    weighted_ = std::ranges::any_of(weights_, [](float weight) { return weight != 1.0F; });
}

std::vector<Tie> Graph::ties() const {
    std::vector<Tie> list;
    list.reserve(symmetric_ ? arcs() / 2 : arcs());
    for (std::uint32_t node = 0; node < nodes(); ++node) {
        const auto targets = neighbours(node);
        const auto strengths = weights(node);
        for (std::size_t k = 0; k < targets.size(); ++k) {
            if (!symmetric_ || node < targets[k]) list.push_back({node, targets[k], strengths[k]});
        }
    }
    return list;
}

}
