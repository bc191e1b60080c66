#include "models/catalogue.hpp"

#include <array>

#include "models/founding.hpp"

namespace cercle::models {

Law accounts_law();
Law acquisition_law();
Law bankruptcy_law();
Law client_engagement_law();
Law contacts_law();
Law drift_law();
Law employee_engagement_law();
Law encounters_law();
Law entry_law();
Law exit_law();
Law express_law();
Law fairness_law();
Law governance_law();
Law handover_law();
Law hiring_law();
Law innovation_law();
Law measure_law();
Law membership_law();
Law needs_law();
Law output_law();
Law pricing_law();
Law quits_law();
Law rivals_law();
Law rewiring_law();
Law shock_law();
Law take_over_law();
Law votes_law();

std::span<const Law> laws() {
    static const std::array catalogue = {
        governance_law(), // no process of its own: the rules the others play by
        rivals_law(),     // likewise
        shock_law(),
        drift_law(),
        express_law(),
        needs_law(),
        employee_engagement_law(),
        contacts_law(),
        fairness_law(),
        encounters_law(),
        client_engagement_law(),
        exit_law(),
        acquisition_law(),
        output_law(),
        innovation_law(),
        accounts_law(),
        votes_law(),
        pricing_law(),
        take_over_law(),
        bankruptcy_law(),
        entry_law(),
        quits_law(),
        handover_law(),
        hiring_law(),
        membership_law(),
        rewiring_law(),
        measure_law(),
    };
    return catalogue;
}

const sim::ParameterTable& parameters() {
    static const sim::ParameterTable table = [] {
        sim::ParameterTable all;
        for (const Law& law : laws()) {
            all.insert(all.end(), law.parameters.begin(), law.parameters.end());
        }
        all.insert(all.end(), founding_parameters().begin(), founding_parameters().end());
        return all;
    }();
    return table;
}

sim::Problems check(const sim::Settings& settings) {
    sim::Problems problems;
    for (const Law& law : laws()) {
        if (law.check) law.check(settings, problems);
    }
    return problems;
}

sim::Pipeline pipeline_of(const sim::Settings& settings) {
    sim::Pipeline pipeline;
    for (const Law& law : laws()) {
        if (!law.build) continue;
        if (auto process = law.build(settings)) {
            pipeline.add({law.name, law.stage, law.meaning, std::move(process)});
        }
    }
    return pipeline;
}

}
