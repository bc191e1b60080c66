#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/attribution.hpp"
#include "analysis/loop_gain.hpp"
#include "analysis/sensitivity.hpp"
#include "analysis/stored_scenario.hpp"
#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/terminal.hpp"
#include "apps/verb.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::apps {
namespace {

const std::vector<std::string> analyses{"saltelli", "morris", "oat", "prcc"};

/// Puts the question to a result file, or to a table, that its design asks.
class Analyze final : public Verb {
public:
    void declare(CLI::App& command) override;
    int act() override;

private:
    void refuse_what_does_not_fit() const;
    void print_sensitivity(const analysis::Experiment& experiment) const;
    void refuse_what_asks_for_sensitivity(const char* instead) const;
    std::vector<std::string> told_outcomes(const sim::ResultsHead& head) const;
    void print_attribution(const sim::ResultsReader& results) const;
    int analyze_results() const;

    std::string file_;
    std::string table_;
    analysis::ExperimentOptions options_;
    std::vector<std::string> factors_;
    analysis::SensitivityOptions intervals_;
    bool json_ = false;
};

void Analyze::declare(CLI::App& command) {
    command.add_option("FILE", file_, "result file of a study with a design");
    command.add_option("--table", table_,
                       "a CSV file of factors and outcomes instead, a row for each point of a "
                       "design");
    command.add_option("--method", options_.method,
                       "saltelli, morris, oat or prcc; else that of the design");
    command.add_option("--outcome", options_.outcomes, "only this outcome; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--factor", factors_, "column of a table that is a factor; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--arm", options_.arms, "only this arm; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--contrast", options_.contrast,
                       "the difference of two arms: \"scop - conventional\"");
    command.add_option("--confidence", intervals_.confidence, "of the intervals")
        ->check(number_between(0.5, 0.9999))
        ->capture_default_str();
    command
        .add_option("--precision", intervals_.precision,
                    "half-width of intervals that counts as converged (0.05; 0.1 of morris and "
                    "prcc)")
        ->check(number_between(1e-6, 1.0));
    command.add_flag("--json", json_, "print JSON");
}

void Analyze::refuse_what_does_not_fit() const {
    if (file_.empty() == table_.empty()) {
        throw sim::UserError(
            "cercle analyze: wants a result file or --table FILE, one of them; see "
            "cercle analyze --help");
    }
    if (!options_.method.empty() &&
        std::ranges::find(analyses, options_.method) == analyses.end()) {
        throw sim::UserError("--method " + options_.method +
                             ": there is no such method (saltelli, morris, oat, prcc)" +
                             sim::did_you_mean(options_.method, analyses));
    }
    if (!table_.empty() && !(options_.arms.empty() && options_.contrast.empty())) {
        throw sim::UserError("cercle analyze --table: a table has no arms; leave out --arm and "
                             "--contrast");
    }
    if (table_.empty() && !factors_.empty()) {
        throw sim::UserError("cercle analyze: --factor names columns of a table (a result file "
                             "knows its factors); leave it out, or give --table");
    }
}

/// What is asked of sensitivities means nothing to an attribution or a loop gain, and is not passed
/// over in silence: the sign of a difference may hang on it.
void Analyze::refuse_what_asks_for_sensitivity(const char* instead) const {
    const std::vector<std::pair<const char*, bool>> given{
        {"--arm", !options_.arms.empty()},
        {"--contrast", !options_.contrast.empty()},
        {"--method", !options_.method.empty()},
        {"--precision", !std::isnan(intervals_.precision)}};
    for (const auto& [option, is_given] : given) {
        if (!is_given) continue;
        throw sim::UserError(
            fmt::format("{}: asks for a sensitivity, and {} (it has one answer, for "
                        "the arms as they stand); leave it out",
                        option, instead));
    }
}

/// The outcomes an attribution tells of where nobody asks for others: all of them fill pages.
std::vector<std::string> Analyze::told_outcomes(const sim::ResultsHead& head) const {
    if (json_ || !options_.outcomes.empty()) return options_.outcomes;
    std::vector<std::string> main;
    for (const sim::Metric& metric : head.outcomes) {
        if (std::ranges::find(analysis::main_outcomes(), metric.name) !=
            analysis::main_outcomes().end()) {
            main.push_back(metric.name);
        }
    }
    return main;
}

void Analyze::print_attribution(const sim::ResultsReader& results) const {
    const std::vector<std::string> outcomes = told_outcomes(results.head());
    const auto attribution = analysis::attribute(results, outcomes, intervals_.confidence);
    if (json_) {
        print(analysis::attribution_json(attribution).dump(2) + "\n");
        return;
    }
    print(analysis::attribution_text(attribution, stdout_width()));
    const std::size_t others = results.head().outcomes.size() - attribution.outcomes.size();
    if (options_.outcomes.empty() && others > 0) {
        print(fmt::format("{} outcomes more: --outcome margin, and so on (cercle compare lists "
                          "them), or --json.\n",
                          others));
    }
}

void Analyze::print_sensitivity(const analysis::Experiment& experiment) const {
    const auto all = analysis::sensitivities(experiment, intervals_);
    print(json_ ? analysis::sensitivity_json(experiment, all, intervals_).dump(2) + "\n"
                : analysis::sensitivity_text(experiment, all, intervals_, stdout_width()));
}

int Analyze::analyze_results() const {
    const sim::ResultsReader results(file_);
    if (analysis::can_tell_loop_gain(analysis::stored_scenario(results))) {
        refuse_what_asks_for_sensitivity("this study measures the gain of a loop");
        const auto gain =
            analysis::loop_gain(results, analysis::stored_scenario(results), intervals_.confidence);
        print(json_ ? analysis::loop_gain_json(gain).dump(2) + "\n"
                    : analysis::loop_gain_text(gain));
    } else if (analysis::can_attribute(results.head())) {
        refuse_what_asks_for_sensitivity("this study shares a difference out over mechanisms");
        print_attribution(results);
    } else {
        print_sensitivity(analysis::read_experiment(results, options_));
    }
    return exit_code::done;
}

int Analyze::act() {
    refuse_what_does_not_fit();
    if (table_.empty()) return analyze_results();
    print_sensitivity(analysis::read_experiment_table(
        table_, {.outcomes = options_.outcomes, .factors = factors_, .method = options_.method}));
    return exit_code::done;
}

}

std::unique_ptr<Verb> analyze_verb() { return std::make_unique<Analyze>(); }

}
