#include <fmt/format.h>

#include "apps/messages.hpp"
#include "apps/verb.hpp"
#include "scenarios/scenario.hpp"
#include "sim/error.hpp"

namespace cercle::apps {
namespace {

class Template final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_option("KIND", kind_, "scenario")->capture_default_str();
    }

    int act() override {
        if (kind_ != "scenario") {
            throw sim::UserError(
                fmt::format("cercle template: no template \"{}\" (there is: scenario)", kind_));
        }
        print(scenarios::scenario_template());
        return exit_code::done;
    }

private:
    std::string kind_ = "scenario";
};

}

std::unique_ptr<Verb> template_verb() { return std::make_unique<Template>(); }

}
