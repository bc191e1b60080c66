#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/document.hpp"
#include "scenarios/scenario.hpp"

namespace cercle::scenarios {

/// The mistakes found in one scenario, gathered so that all are told at once.
class ProblemList {
public:
    /// `about`: the parameter's path, or "".
    void add(Place place, std::string about, std::string sentence);

    bool empty() const { return problems_.empty(); }
    /// The problems alone, without their places.
    std::vector<std::string> sentences() const;
    /// Whether something is wrong in the same table of parameters as `path` ("governance").
    bool concern_table_of(std::string_view path) const;

    /// All problems in the order of the file, then of the command line, each with its line and
    /// caret.
    std::string text(const ScenarioSource& source) const;

private:
    struct Placed {
        Place place;
        std::string about;
        std::string sentence;
    };
    std::vector<Placed> problems_;
};

}
