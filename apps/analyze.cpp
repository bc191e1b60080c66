#include <nlohmann/json.hpp>

#include "analysis/attribution.hpp"
#include "analysis/loop_gain.hpp"
#include "analysis/stored_scenario.hpp"
#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/terminal.hpp"
#include "apps/verb.hpp"

namespace cercle::apps {
namespace {

/// Puts the question to a result file that its design asks.
class Analyze final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_option("FILE", file_, "result file of a study with a design")->required();
        command.add_option("--outcome", outcomes_, "only this outcome; may be repeated")
            ->allow_extra_args(false);
        command.add_option("--confidence", confidence_, "of the intervals")
            ->check(number_between(0.5, 0.9999))
            ->capture_default_str();
        command.add_flag("--json", json_, "print JSON");
    }

    int act() override {
        const sim::ResultsReader results(file_);
        const scenarios::Scenario scenario = analysis::stored_scenario(results);
        if (analysis::can_tell_loop_gain(scenario)) {
            const auto gain = analysis::loop_gain(results, scenario, confidence_);
            print(json_ ? analysis::loop_gain_json(gain).dump(2) + "\n"
                        : analysis::loop_gain_text(gain));
            return exit_code::done;
        }
        const auto attribution = analysis::attribute(results, outcomes_, confidence_);
        print(json_ ? analysis::attribution_json(attribution).dump(2) + "\n"
                    : analysis::attribution_text(attribution, stdout_width()));
        return exit_code::done;
    }

private:
    std::string file_;
    std::vector<std::string> outcomes_;
    double confidence_ = 0.95;
    bool json_ = false;
};

}

std::unique_ptr<Verb> analyze_verb() { return std::make_unique<Analyze>(); }

}
