#include <algorithm>

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

void Analyze::print_sensitivity(const analysis::Experiment& experiment) const {
    const auto all = analysis::sensitivities(experiment, intervals_);
    print(json_ ? analysis::sensitivity_json(experiment, all, intervals_).dump(2) + "\n"
                : analysis::sensitivity_text(experiment, all, intervals_, stdout_width()));
}

int Analyze::analyze_results() const {
    const sim::ResultsReader results(file_);
    if (analysis::can_tell_loop_gain(analysis::stored_scenario(results))) {
        const auto gain =
            analysis::loop_gain(results, analysis::stored_scenario(results), intervals_.confidence);
        print(json_ ? analysis::loop_gain_json(gain).dump(2) + "\n"
                    : analysis::loop_gain_text(gain));
    } else if (analysis::can_attribute(results.head())) {
        const auto attribution =
            analysis::attribute(results, options_.outcomes, intervals_.confidence);
        print(json_ ? analysis::attribution_json(attribution).dump(2) + "\n"
                    : analysis::attribution_text(attribution, stdout_width()));
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
