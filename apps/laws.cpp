#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/messages.hpp"
#include "apps/parts.hpp"
#include "apps/verb.hpp"
#include "models/catalogue.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::apps {
namespace {

/// A law and its place in a step.
struct Ordered {
    std::size_t order;
    const models::Law* law;
};
using LawList = std::vector<Ordered>;

/// The laws whose name or stage holds a text.
LawList laws_with(const std::string& filter) {
    LawList found;
    std::vector<std::string> names;
    std::size_t order = 0;
    for (const models::Law& law : models::laws()) {
        ++order;
        add_parts(names, law.name);
        names.push_back(law.stage);
        const bool fits = law.name.find(filter) != std::string::npos ||
                          law.stage.find(filter) != std::string::npos;
        if (fits) found.push_back({order, &law});
    }
    if (found.empty()) {
        throw sim::UserError(fmt::format("cercle laws: no law's name or stage holds \"{}\"{}; "
                                         "cercle laws lists all",
                                         filter, sim::did_you_mean(filter, names)));
    }
    return found;
}

std::string laws_table(const LawList& list) {
    std::size_t name = 3;
    std::size_t stage = 5;
    std::size_t equations = 9;
    for (const auto& [order, each] : list) {
        const models::Law& law = *each;
        name = std::max(name, law.name.size());
        stage = std::max(stage, law.stage.size());
        equations = std::max(equations, law.equations.size());
    }
    std::string text = fmt::format("    {:{}}  {:{}}  {:{}}  meaning\n", "law", name, "stage",
                                   stage, "equations", equations);
    for (const auto& [order, law] : list) {
        text += fmt::format("{:2}  {:{}}  {:{}}  {:{}}  {}\n", order, law->name, name, law->stage,
                            stage, law->equations, equations, law->meaning);
    }
    return text;
}

nlohmann::ordered_json laws_json(const LawList& list) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const auto& [order, law] : list) {
        nlohmann::ordered_json paths = nlohmann::ordered_json::array();
        for (const sim::Parameter& parameter : law->parameters) paths.push_back(parameter.path);
        rows.push_back({{"order", order},
                        {"law", law->name},
                        {"stage", law->stage},
                        {"equations", law->equations},
                        {"meaning", law->meaning},
                        {"parameters", std::move(paths)}});
    }
    return rows;
}

class Laws final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_option("FILTER", filter_, "only laws whose name or stage holds this text");
        command.add_flag("--json", json_, "print JSON, with the parameters of each law");
    }

    int act() override {
        const LawList list = laws_with(filter_);
        print(json_ ? laws_json(list).dump(2) + "\n" : laws_table(list));
        return exit_code::done;
    }

private:
    std::string filter_;
    bool json_ = false;
};

}

std::unique_ptr<Verb> laws_verb() { return std::make_unique<Laws>(); }

}
