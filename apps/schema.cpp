#include "apps/messages.hpp"
#include "apps/verb.hpp"
#include "scenarios/scenario.hpp"

namespace cercle::apps {
namespace {

class Schema final : public Verb {
public:
    void declare(CLI::App&) override {}

    int act() override {
        print(scenarios::scenario_schema() + "\n");
        return exit_code::done;
    }
};

}

std::unique_ptr<Verb> schema_verb() { return std::make_unique<Schema>(); }

}
