#include "models/laboratory/observables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cercle::models {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<sim::Metric> series_of(const LaboratoryLaw& law) {
    if (law.holding == Holding::opinion) {
        return {{"opinion_mean", "1", "mean opinion of the nodes"},
                {"opinion_sd", "1", "standard deviation of opinions over the nodes"},
                {"opinion_range", "1", "largest opinion less the smallest"},
                {"clusters", "1", "groups of opinions further apart than observe.cluster_gap"}};
    }
    std::vector<sim::Metric> list = {{"prevalence", "fraction", "share of nodes in state 1"}};
    if (law.states > 2) {
        list.push_back({"susceptible", "fraction", "share of nodes in state 0"});
        list.push_back({"recovered", "fraction", "share of nodes in state 2"});
        list.push_back({"reached", "fraction", "share of nodes no longer in state 0"});
    }
    return list;
}

std::vector<sim::Metric> outcomes_of(const LaboratoryLaw& law) {
    std::vector<sim::Metric> list = series_of(law);
    if (law.holding == Holding::state) {
        list.push_back({"extinct", "fraction", "1 when no node is in state 1 at the end"});
        list.push_back({"fixation", "fraction", "1 when all nodes are in state 1 at the end"});
        list.push_back({"prevalence_alive", "fraction",
                        "share of nodes in state 1 at the end; missing when there are none"});
    }
    if (law.rest != Rest::never) {
        list.push_back({"end_time", "month",
                        "when nothing could change any more (extinction, consensus, standstill); "
                        "missing while it can"});
    }
    return list;
}

std::vector<double> opinion_figures(std::vector<double> values, double gap) {
    std::ranges::sort(values);
    const auto count = static_cast<double>(values.size());
    double sum = 0.0;
    for (const double value : values) sum += value;
    const double mean = sum / count;
    double squares = 0.0;
    double clusters = 1.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        squares += (values[i] - mean) * (values[i] - mean);
        if (i > 0 && values[i] - values[i - 1] > gap) clusters += 1.0;
    }
    return {mean, std::sqrt(squares / count), values.back() - values.front(), clusters};
}

}

LaboratoryObservables::LaboratoryObservables(const LaboratoryLaw& law,
                                             const sim::Settings& settings)
    : holding_(law.holding), states_(law.states),
      cluster_gap_(settings.number("observe.cluster_gap")), series_(series_of(law)),
      outcomes_(outcomes_of(law)) {
    if (settings.text("observe.agents") != "end") return;
    node_values_ = {law.holding == Holding::state
                        ? sim::Metric{"state", "1", "state of the node at the end"}
                        : sim::Metric{"opinion", "1", "opinion of the node at the end"}};
}

std::vector<double> LaboratoryObservables::look(const sim::World& world, std::size_t lane) const {
    const std::size_t count = world.populations.front().size();
    if (holding_ == Holding::opinion) {
        const Opinions nodes = opinions(world);
        std::vector<double> values(count);
        for (std::size_t node = 0; node < count; ++node) {
            values[node] = nodes.value[node * world.lanes() + lane];
        }
        return opinion_figures(std::move(values), cluster_gap_);
    }
    const Tally noted = tally(world);
    const auto all = static_cast<double>(count);
    const double prevalence = noted.spreading[lane] / all;
    const double past = noted.past[lane] / all;
    if (states_ == 2) return {prevalence};
    const double reached = static_cast<double>(noted.spreading[lane] + noted.past[lane]) / all;
    return {prevalence, 1.0 - reached, past, reached};
}

void LaboratoryObservables::close(const sim::World& world, std::size_t lane,
                                  const std::vector<double>& last, sim::Record& record) const {
    std::size_t which = 0;
    for (const double value : last) record.outcome(which++, lane) = value;
    if (holding_ == Holding::state) {
        record.outcome(which++, lane) = last[0] == 0.0 ? 1.0 : 0.0;
        record.outcome(which++, lane) = last[0] == 1.0 ? 1.0 : 0.0;
        record.outcome(which++, lane) = last[0] > 0.0 ? last[0] : missing;
    }
    if (which < outcomes_.size()) record.outcome(which, lane) = tally(world).ended[lane];
}

void LaboratoryObservables::observe(const sim::World& world, std::size_t time,
                                    sim::Record& record) const {
    const bool at_end = time + 1 == record.times;
    for (std::size_t lane = 0; lane < world.lanes(); ++lane) {
        const std::vector<double> figures = look(world, lane);
        for (std::size_t metric = 0; metric < figures.size(); ++metric) {
            record.at(metric, lane, time) = static_cast<float>(figures[metric]);
        }
        if (at_end) close(world, lane, figures, record);
    }
    if (!at_end || node_values_.empty()) return;
    const std::size_t count = world.populations.front().size();
    record.nodes.resize(count * world.lanes());
    for (std::size_t row = 0; row < record.nodes.size(); ++row) {
        const std::size_t place = row % world.lanes() * count + row / world.lanes();
        record.nodes[place] = holding_ == Holding::opinion
                                  ? opinions(world).value[row]
                                  : static_cast<double>(holders(world).state[row]);
    }
}

}
