#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/messages.hpp"
#include "apps/parameter_text.hpp"
#include "apps/parts.hpp"
#include "apps/verb.hpp"
#include "scenarios/scenario.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::apps {
namespace {

/// The parameters of the whole model, then those of the laws that run alone.
sim::ParameterTable everything() {
    sim::ParameterTable table = scenarios::all_parameters();
    const sim::ParameterTable& more = scenarios::laboratory_parameters();
    table.insert(table.end(), more.begin(), more.end());
    return table;
}

class Params final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_option("FILTER", filter_, "only parameters whose path holds this text");
        command.add_flag("--json", json_, "print JSON");
    }

    int act() override {
        sim::ParameterTable table = everything();
        std::erase_if(table, [&](const sim::Parameter& row) {
            return row.path.find(filter_) == std::string::npos;
        });
        if (table.empty()) refuse();
        print(json_ ? parameters_json(table).dump(2) + "\n" : parameters_table(table));
        return exit_code::done;
    }

private:
    [[noreturn]] void refuse() const {
        std::vector<std::string> names;
        for (const sim::Parameter& row : everything()) add_parts(names, row.path);
        throw sim::UserError(fmt::format("cercle params: no parameter's path holds \"{}\"{}; "
                                         "cercle params lists all",
                                         filter_, sim::did_you_mean(filter_, names)));
    }

    std::string filter_;
    bool json_ = false;
};

}

std::unique_ptr<Verb> params_verb() { return std::make_unique<Params>(); }

}
