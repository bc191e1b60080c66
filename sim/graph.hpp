#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cercle::sim {

/// A tie between two nodes, with its weight (contact time, counts; >= 0).
struct Tie {
    std::uint32_t from;
    std::uint32_t to;
    float weight = 1.0F;
    bool operator==(const Tie&) const = default;
};

/// Immutable weighted graph in compressed sparse rows: node v is influenced by
/// `neighbours(v)` with `weights(v)`. Rows are sorted by neighbour. An undirected tie is two arcs.
class Graph {
public:
    Graph() = default;
    /// Each tie becomes one arc into `from` (from is influenced by to), and when `symmetric`
    /// a second one into `to`. Parallel ties add their weights. Ids are < nodes.
    Graph(std::size_t nodes, std::span<const Tie> ties, bool symmetric);

    std::size_t nodes() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }
    std::size_t arcs() const { return targets_.size(); }
    std::size_t degree(std::size_t node) const { return offsets_[node + 1] - offsets_[node]; }
    std::span<const std::uint32_t> neighbours(std::size_t node) const {
        return {targets_.data() + offsets_[node], degree(node)};
    }
    std::span<const float> weights(std::size_t node) const {
        return {weights_.data() + offsets_[node], degree(node)};
    }
    std::span<const std::uint64_t> offsets() const { return offsets_; }
    std::span<const std::uint32_t> targets() const { return targets_; }
    std::span<const float> all_weights() const { return weights_; }

    /// The ties: every arc once when the graph is symmetric (from < to), every arc otherwise.
    std::vector<Tie> ties() const;
    bool symmetric() const { return symmetric_; }
    /// Whether some tie weighs other than 1.
    bool weighted() const { return weighted_; }
    bool operator==(const Graph&) const = default;

private:
    std::vector<std::uint64_t> offsets_;
    std::vector<std::uint32_t> targets_;
    std::vector<float> weights_;
    bool symmetric_ = true;
    bool weighted_ = false;
};

}
