#include "scenarios/claim_plan.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/vocabulary.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {
namespace {

using Changes = std::vector<std::pair<std::string, sim::Value>>;

const Arm& arm_named(const Scenario& scenario, const std::string& name) {
    return *std::ranges::find(scenario.arms, name, &Arm::name);
}

std::string text_of(const std::string& path, const sim::Value& value) {
    return fmt::format("{} = {}", path, sim::to_text(value));
}

/// Gathers points; worlds that are the same are one arm.
class Planner {
public:
    explicit Planner(const Scenario& scenario) : given_(scenario) {
        plan_.scenario = scenario;
        plan_.scenario.arms.clear();
    }

    void add(AssumedEnd end, const Changes& changes) {
        ClaimPoint point{.end = end, .changes = {}, .arms = {}};
        for (const auto& [path, value] : changes) point.changes.push_back(text_of(path, value));
        for (const Arm& arm : given_.arms) point.arms[arm.name] = place(changed(arm, changes));
        plan_.points.push_back(std::move(point));
    }

    ClaimPlan plan() { return std::move(plan_); }

private:
    /// The arm with the changes it takes part in.
    sim::Settings changed(const Arm& arm, const Changes& changes) const {
        const sim::Settings& first = arm_named(given_, given_.claim->judged.on).settings;
        sim::Settings settings = arm.settings;
        for (const auto& [path, value] : changes) {
            if (arm.settings.value(path) == first.value(path)) settings.set(path, value);
        }
        return settings;
    }

    std::size_t place(sim::Settings settings) {
        std::vector<Arm>& arms = plan_.scenario.arms;
        const auto same = std::ranges::find(arms, settings, &Arm::settings);
        const auto index = static_cast<std::size_t>(same - arms.begin());
        if (same == arms.end()) {
            check(settings);
            arms.push_back({fmt::format("world {}", index + 1), std::move(settings)});
        }
        return index;
    }

    void check(const sim::Settings& settings) const {
        const sim::Problems problems = program_vocabulary().check(settings);
        if (problems.empty()) return;
        throw sim::UserError(fmt::format("claim {}: an end of what it assumes does not fit: {}",
                                         given_.claim->id, problems.front().sentence));
    }

    const Scenario& given_;
    ClaimPlan plan_;
};

}

ClaimPlan plan_claim(const Scenario& scenario) {
    Planner planner(scenario);
    planner.add(AssumedEnd::given, {});
    for (const Assumption& assumed : scenario.claim->assumes) {
        planner.add(AssumedEnd::low, {{assumed.path, assumed.low}});
        planner.add(AssumedEnd::high, {{assumed.path, assumed.high}});
    }
    return planner.plan();
}

ClaimPlan plan_corner(const Scenario& scenario, std::span<const AssumedEnd> ends,
                      AssumedEnd corner) {
    const std::vector<Assumption>& assumes = scenario.claim->assumes;
    sim::expects(ends.size() == assumes.size(), "plan_corner: an end for each value");
    Changes changes;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (ends[i] == AssumedEnd::given) continue;
        const bool is_low = ends[i] == AssumedEnd::low;
        changes.emplace_back(assumes[i].path, is_low ? assumes[i].low : assumes[i].high);
    }
    Planner planner(scenario);
    planner.add(corner, changes);
    return planner.plan();
}

ClaimPlan null_plan(const Scenario& scenario) {
    const Claim& claim = *scenario.claim;
    sim::expects(!claim.null_world.empty(), "null_plan: a claim with a null world");
    Scenario null = scenario;
    for (Arm& arm : null.arms) {
        for (const auto& [path, value] : claim.null_world) arm.settings.set(path, value);
    }
    Planner planner(null);
    planner.add(AssumedEnd::given, {});
    return planner.plan();
}

}
