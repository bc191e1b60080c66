#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/attribution.hpp"
#include "analysis/compare.hpp"
#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/terminal.hpp"
#include "apps/verb.hpp"
#include "sim/error.hpp"

namespace cercle::apps {
namespace {

constexpr double least_confidence = 0.5;
constexpr double most_confidence = 0.9999;

class Compare final : public Verb {
public:
    void declare(CLI::App& command) override;
    int act() override;

private:
    void read_margins(const sim::ResultsHead& head);
    std::optional<analysis::Attribution> attribution(const sim::ResultsReader& results) const;

    std::string file_;
    analysis::CompareOptions options_;
    std::size_t point_ = 0;
    CLI::Option* point_option_ = nullptr;
    std::vector<std::string> margins_;
    bool json_ = false;
};

void Compare::declare(CLI::App& command) {
    command.add_option("FILE", file_, "result file")->required();
    command.add_option("--reference", options_.reference,
                       "arm the others are compared with; default: the last");
    command.add_option("--outcome", options_.outcomes, "only this outcome; may be repeated")
        ->allow_extra_args(false);
    point_option_ = command.add_option("--point", point_, "one design point, from 0")
                        ->check(whole_number(0, most_runs));
    command
        .add_option("--margin", margins_,
                    "difference that would not matter, in the outcome's unit: 0.2 for all outcomes "
                    "shown, or NAME=0.2; may be repeated. Adds a test of equivalence")
        ->allow_extra_args(false);
    command.add_option("--confidence", options_.confidence, "of the intervals")
        ->check(number_between(least_confidence, most_confidence))
        ->capture_default_str();
    command.add_flag("--json", json_, "print JSON");
}

double margin_of(const std::string& text, const std::string& given) {
    double margin = 0.0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, margin);
    if (error != std::errc() || stop != end || !(margin > 0.0) || std::isinf(margin)) {
        throw sim::UserError(
            fmt::format("--margin {}: is not a number > 0 (a difference that would "
                        "not matter) write --margin 0.2 or --margin NAME=0.2",
                        given));
    }
    return margin;
}

/// A bare margin is for every outcome shown, a named one for its outcome.
void Compare::read_margins(const sim::ResultsHead& head) {
    for (const std::string& given : margins_) {
        const std::size_t equals = given.find('=');
        if (equals != std::string::npos) continue;
        const double margin = margin_of(given, given);
        for (const sim::Metric& outcome : head.outcomes) options_.margins[outcome.name] = margin;
    }
    for (const std::string& given : margins_) {
        const std::size_t equals = given.find('=');
        if (equals == std::string::npos) continue;
        options_.margins[given.substr(0, equals)] = margin_of(given.substr(equals + 1), given);
    }
}

/// Where the difference comes from, when the study can tell.
std::optional<analysis::Attribution> Compare::attribution(const sim::ResultsReader& results) const {
    if (point_option_->count() > 0 || !analysis::can_attribute(results.head())) return {};
    try {
        return analysis::attribute(
            results, options_.outcomes.empty() ? analysis::main_outcomes() : options_.outcomes,
            options_.confidence);
    } catch (const sim::UserError&) { // no replicate is finished at every design point yet
        return {};
    }
}

int Compare::act() {
    const sim::ResultsReader results(file_);
    read_margins(results.head());
    if (point_option_->count() > 0) options_.point = point_;
    const analysis::Comparison comparison = analysis::compare(results, options_);
    const auto shared_out = attribution(results);
    if (json_) {
        auto json = analysis::comparison_json(comparison);
        if (shared_out) json["attribution"] = analysis::attribution_json(*shared_out);
        print(json.dump(2) + "\n");
    } else {
        const auto colour =
            stdout_takes_colour() ? analysis::Colour::always : analysis::Colour::never;
        print(analysis::comparison_table(comparison, stdout_width(), colour));
        if (shared_out) print("\n" + analysis::attribution_text(*shared_out, stdout_width()));
    }
    return exit_code::done;
}

}

std::unique_ptr<Verb> compare_verb() { return std::make_unique<Compare>(); }

}
