#pragma once

#include "sim/parameter.hpp"
#include "sim/run.hpp"

namespace cercle::models {

/// What a company looks at: engagement on both sides, people coming and going, money. In a market
/// of several firms, means are over all people and totals over all firms that exist.
class CompanyObservables final : public sim::Observables {
public:
    explicit CompanyObservables(const sim::Settings& settings);

    const std::vector<sim::Metric>& series() const override;
    const std::vector<sim::Metric>& outcomes() const override;
    void observe(const sim::World& world, std::size_t time, sim::Record& record) const override;
    void summarise(sim::Record& record) const override;

private:
    double months_;      ///< length of a step
    std::size_t window_; ///< observations at the end that outcomes are taken over
};

}
