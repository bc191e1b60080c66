#include "scenarios/reader.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/error.hpp"

namespace cercle::scenarios {
namespace {

/// Where each value of an arm was given; a value left at its default has no entry.
using Places = std::map<std::string, Place, std::less<>>;

/// Lays values over each other; what is laid later wins.
struct Layers {
    sim::Settings settings;
    Places places;

    void lay(const std::vector<ChosenPreset>& presets) {
        for (const ChosenPreset& chosen : presets) {
            for (const auto& [path, value] : chosen.preset->values) {
                lay({path, value, chosen.place});
            }
        }
    }
    void lay(const Setting& setting) {
        settings.set(setting.path, setting.value);
        places.insert_or_assign(setting.path, setting.place);
    }
};

/// Defaults < presets (of the top, the arm, the command line) < values (in the same order).
Layers layers_of(const Vocabulary& vocabulary, const std::vector<const Sheet*>& sheets) {
    Layers layers{.settings = sim::Settings(vocabulary.parameters), .places = {}};
    for (const Sheet* sheet : sheets) layers.lay(sheet->presets);
    for (const Sheet* sheet : sheets) {
        for (const Setting& setting : sheet->settings) layers.lay(setting);
    }
    return layers;
}

/// A mistake between values, found in some of the arms.
struct Finding {
    Place place;
    sim::Problem problem;
    std::vector<std::string> arms;
};

void find_mistakes(const GivenArm& arm, const Layers& layers, const Vocabulary& vocabulary,
                   std::vector<Finding>& findings) {
    if (!vocabulary.check) return;
    for (const sim::Problem& problem : vocabulary.check(layers.settings)) {
        const auto given = layers.places.find(problem.about);
        const Place place = given == layers.places.end() ? arm.place : given->second;
        const auto known = std::ranges::find_if(findings, [&](const Finding& finding) {
            return finding.place == place && finding.problem.sentence == problem.sentence;
        });
        if (known == findings.end()) {
            findings.push_back({place, problem, {arm.name}});
        } else {
            known->arms.push_back(arm.name);
        }
    }
}

/// Adds what is wrong between values, unless a value of the same table is itself wrong: then the
/// default that stands in for it may be all that does not fit.
void add_findings(const std::vector<Finding>& findings, bool has_arms, ProblemList& problems) {
    const ProblemList before = problems;
    for (const Finding& finding : findings) {
        const auto& [about, sentence] = finding.problem;
        if (before.concern_table_of(about)) continue;
        std::string words = sentence;
        if (!about.empty() && sentence.find(about) == std::string::npos) {
            words = fmt::format("{}: {}", about, sentence);
        }
        if (has_arms) {
            words = fmt::format("{} {}: {}", finding.arms.size() == 1 ? "arm" : "arms",
                                fmt::join(finding.arms, ", "), words);
        }
        problems.add(finding.place, about, words);
    }
}

/// Puts what the command line says in place of what the file says.
void replace_head(Table& top, const Table& head) {
    for (const Member& given : head) {
        std::erase_if(top, [&](const Member& old) { return old.key == given.key; });
        top.push_back(given);
    }
}

/// The names in a value of `laws`, right or wrong: they choose the vocabulary of the rest.
std::vector<std::string> names_in(const Node& laws) {
    std::vector<std::string> names;
    for (const Node& name : laws.list() ? *laws.list() : List{laws}) {
        if (name.text()) names.push_back(*name.text());
    }
    return names;
}

/// The laws a scenario runs alone, as its file and then its command line name them.
std::vector<std::string> laws_named(const ScenarioSource& source) {
    ProblemList ignored;
    const Table top = parse_document(source.text, ignored);
    const Member* given = member(top, "laws");
    std::vector<std::string> names = given ? names_in(given->value) : std::vector<std::string>();
    for (const std::string& text : source.overrides) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || text.substr(0, equals) != "laws") continue;
        names = names_in(parse_override(text.substr(equals + 1), {}));
    }
    return names;
}

/// Gives the settings of an arm, at whatever design point, the values of another point.
void move_to(const Scenario& scenario, std::size_t arm, std::size_t point,
             sim::Settings& settings) {
    const Design& design = scenario.design;
    const bool toggles = design.method.name == "toggles";
    for (std::size_t which = 0; which < design.factors.size(); ++which) {
        const Factor& factor = design.factors[which];
        const double entry = design.entry(point, which);
        const std::size_t whose = toggles && entry != 1.0 ? 1 - arm : arm;
        if (!toggles && !std::isnan(entry)) {
            settings.set(factor.paths.front(), factor.value(entry));
            continue;
        }
        for (const std::string& path : factor.paths)
            settings.set(path, scenario.arms[whose].settings.value(path));
    }
}

/// What does not fit together at a design point, of the first that has something. Mixtures of two
/// arms (toggles) are thought experiments that no law has to allow.
void check_points(const Scenario& scenario, const Vocabulary& vocabulary, const Member* design,
                  ProblemList& problems) {
    if (!design || !vocabulary.check || scenario.design.method.name == "toggles") return;
    std::vector<sim::Settings> settings;
    for (const Arm& arm : scenario.arms) settings.push_back(arm.settings);
    for (std::size_t point = 0; point < scenario.design.points(); ++point) {
        for (std::size_t arm = 0; arm < scenario.arms.size(); ++arm) {
            move_to(scenario, arm, point, settings[arm]);
            for (const sim::Problem& problem : vocabulary.check(settings[arm])) {
                problems.add(design->place, problem.about,
                             fmt::format("design point {}, arm {}: {}", point,
                                         scenario.arms[arm].name, problem.sentence));
            }
            if (!problems.empty()) return;
        }
    }
}

void stop_at(const ProblemList& problems, const ScenarioSource& source) {
    if (!problems.empty()) throw sim::UserError(problems.text(source));
}

}

sim::Settings settings_at(const Scenario& scenario, std::size_t arm, std::size_t point) {
    sim::Settings settings = scenario.arms[arm].settings;
    move_to(scenario, arm, point, settings);
    return settings;
}

Scenario read_scenario(const ScenarioSource& source, const Vocabulary& vocabulary) {
    ProblemList problems;
    Table top = parse_document(source.text, problems);
    const bool is_toml = problems.empty();
    const Overrides overrides = read_overrides(source.settings(), vocabulary, problems);
    if (!is_toml) stop_at(problems, source);

    replace_head(top, overrides.head);
    Scenario scenario = read_head(top, problems);
    scenario.design =
        read_design(top, vocabulary, sim::TextFolder(source.folder, source.kept), problems);
    if (source.checks_points) refuse_idle_keys(top, problems);
    const Sheet common = read_sheet(top, {vocabulary, head_keys()}, problems);
    std::vector<Finding> findings;
    for (const GivenArm& arm : read_arms(top, vocabulary, problems)) {
        Layers layers = layers_of(vocabulary, {&common, &arm.sheet, &overrides.sheet});
        find_mistakes(arm, layers, vocabulary, findings);
        scenario.arms.push_back({arm.name, std::move(layers.settings)});
    }
    add_findings(findings, member(top, "arm") != nullptr, problems);
    stop_at(problems, source);
    const Member* design = member(top, "design");
    complete_toggles(scenario, design ? design->place : Place{}, problems);
    if (problems.empty() && source.checks_points)
        check_points(scenario, vocabulary, design, problems);
    scenario.claim = read_claim(top, scenario, vocabulary, problems);
    scenario.stopping = read_stopping(top, scenario, problems);
    stop_at(problems, source);

    scenario.folder = {source.folder, source.kept};
    scenario.given = source.text;
    scenario.overrides = source.settings();
    return scenario;
}

Scenario read_scenario(const ScenarioSource& source) {
    return read_scenario(source, vocabulary_of(laws_named(source)));
}

}
