#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "scenarios/network_files.hpp"
#include "scenarios/ties_file.hpp"
#include "sim/file_problems.hpp"
#include "sim/graph.hpp"

namespace cercle::scenarios {

/// A tie whose ends are known people, and where it stands in its file.
struct PlacedTie {
    sim::Tie tie;
    const FileTie* source;
};

/// Whether ties of pairs are named from both ends often enough to take them as directed.
bool look_directed(std::span<const PlacedTie> ties);

/// How pairs that are named twice are treated, and how messages speak of it.
struct Gathering {
    bool directed = false;
    Duplicates duplicates = Duplicates::refuse;
    std::string parameter; ///< that allows duplicates; "" when none does
};

/// The ties of one kind, a pair once; undirected ties have from < to. In the order of their ends.
std::vector<sim::Tie> gathered(std::vector<PlacedTie> ties, const Gathering& how,
                               const std::string& file, sim::FileProblems& problems);

}
