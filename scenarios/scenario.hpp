#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/claim.hpp"
#include "scenarios/design.hpp"
#include "sim/parameter.hpp"
#include "sim/text_file.hpp"

namespace cercle::scenarios {

/// One of the worlds a scenario compares: its name and every parameter of it.
struct Arm {
    std::string name;
    sim::Settings settings;
};

/// Replicates after which a study asks for the first time, so that an interval holds what it says.
inline constexpr std::size_t first_look = 32;

/// When a study has enough replicates: when at every design point the 95 % interval of the mean of
/// an outcome, or of its difference between two arms, is narrower than +- `half_width`.
struct Stopping {
    std::string outcome;     ///< "engagement_employee"
    double half_width = 0.0; ///< in the unit of the outcome
    std::string first = {};  ///< arms whose difference is meant; without, every arm counts alone
    std::string second = {};
    bool operator==(const Stopping&) const = default;
};

/// A scenario file, read and checked: every arm holds a valid value for every parameter.
struct Scenario {
    std::string title;
    std::uint64_t seed = 0;
    std::size_t replicates = 1;         ///< at most, where it can stop earlier
    std::optional<Stopping> stopping;   ///< none: all replicates
    std::vector<Arm> arms;              ///< at least one
    Design design;                      ///< one point that changes nothing, unless it has factors
    std::optional<Claim> claim;         ///< what the arms are to tell
    sim::TextFolder folder;             ///< relative paths in the scenario start here
    std::string given;                  ///< the text of the file
    std::vector<std::string> overrides; ///< "path=value", as given on the command line
};

/// The parameters of an arm at a design point. Under toggles, the first arm has its own values of
/// the mechanisms whose entry is 1 and the second arm's of the others, and the second arm the other
/// way round.
sim::Settings settings_at(const Scenario& scenario, std::size_t arm, std::size_t point);

/// A value that an option of its own sets: "--seed 8" sets "seed=8".
struct OptionValue {
    std::string option;  ///< as typed, for messages: "--seed"
    std::string setting; ///< "path=value"
};

/// Where a scenario's text comes from and what the command line adds to it.
struct ScenarioSource {
    std::string name; ///< shown in messages: "scop.toml", "<stdin>"
    std::string text;
    std::filesystem::path folder;
    std::vector<std::string> overrides = {}; ///< of --set: "path=value", wins over the file
    std::vector<OptionValue> options = {};   ///< wins over --set
    /// Where texts of the files it names are kept; none: they are read when they are wanted.
    std::shared_ptr<sim::KeptTexts> kept = nullptr;
    /// Whether what does not fit together is looked for at every design point, and keys of a design
    /// that do nothing are refused; that of a result file was, before its runs were made.
    bool checks_points = true;

    /// All that the command line sets, weakest first.
    std::vector<std::string> settings() const;
};

/// Reads and checks a scenario. All problems at once, as UserError, one per line as
/// `file:line:column: problem (why) suggestion` followed by the line and a caret.
Scenario read_scenario(const ScenarioSource& source);
ScenarioSource load_scenario_file(const std::filesystem::path& path,
                                  std::vector<std::string> overrides,
                                  std::vector<OptionValue> options = {});

/// The scenario with every parameter of every arm written out, itself a valid scenario file.
std::string resolved_text(const Scenario& scenario);

/// JSON Schema (draft 2020-12) of a scenario file, for editors.
std::string scenario_schema();

/// A commented scenario to start from, itself valid, with every parameter at its default.
std::string scenario_template();

/// Every parameter a scenario of the whole model may set, of the scenario itself and of all laws.
const sim::ParameterTable& all_parameters();

/// Every parameter that only a scenario that runs a law alone may set.
const sim::ParameterTable& laboratory_parameters();

}
