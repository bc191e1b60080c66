#pragma once

#include <vector>

#include "models/laboratory/laws.hpp"
#include "models/laboratory/nodes.hpp"
#include "sim/run.hpp"

namespace cercle::models {

/// What is looked at in the laboratory: shares of nodes in each state, or the mean, spread and
/// clusters of opinions. Outcomes are those of the end; they are kept in double precision.
class LaboratoryObservables final : public sim::Observables {
public:
    LaboratoryObservables(const LaboratoryLaw& law, const sim::Settings& settings);

    const std::vector<sim::Metric>& series() const override { return series_; }
    const std::vector<sim::Metric>& outcomes() const override { return outcomes_; }
    void observe(const sim::World& world, std::size_t time, sim::Record& record) const override;
    /// Nothing is left to do: outcomes are of the last moment, which is observed.
    void summarise(sim::Record&) const override {}

    /// What is kept of each node at the end: one quantity, or none when the scenario asks for none.
    const std::vector<sim::Metric>& node_values() const { return node_values_; }

private:
    std::vector<double> look(const sim::World& world, std::size_t lane) const;
    void close(const sim::World& world, std::size_t lane, const std::vector<double>& last,
               sim::Record& record) const;

    Holding holding_;
    unsigned states_;
    double cluster_gap_;
    std::vector<sim::Metric> series_, outcomes_, node_values_;
};

}
