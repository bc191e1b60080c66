#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/file_problems.hpp"
#include "sim/parameter.hpp"
#include "sim/text_file.hpp"

namespace cercle::scenarios {

/// The nodes of a graph by the ids that files and scenarios name them with.
class NodeIds {
public:
    explicit NodeIds(const std::vector<std::string>& ids);

    std::size_t size() const { return ids_.size(); }
    /// The number of a node; none, and a problem with the nearest id, when there is no such node.
    std::optional<std::size_t> find(const std::string& id, const std::string& file,
                                    std::size_t line, sim::FileProblems& problems) const;

private:
    const std::vector<std::string>& ids_;
    std::map<std::string, std::size_t, std::less<>> place_;
};

/// What one value of each node may be, and what stands for nodes that a file does not name.
struct NodeValues {
    std::string what; ///< "state at the start", as messages name it
    sim::Range range;
    std::optional<double> fallback = {}; ///< none: every node must be named
};

/// Reads a CSV file of columns id and value.
std::vector<double> read_node_values(const sim::TextFile& file, const NodeIds& nodes,
                                     const NodeValues& values, sim::FileProblems& problems);

}
