#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/messages.hpp"
#include "apps/verb.hpp"
#include "models/catalogue.hpp"
#include "models/laboratory/laws.hpp"

namespace cercle::apps {
namespace {

std::string laboratory_table() {
    std::string text = "Laws that run alone, by laws = [\"NAME\"] in a scenario:\n";
    for (const models::LaboratoryLaw& each : models::laboratory_laws()) {
        text += fmt::format("    {:<28}  {}\n", each.law.name, each.law.meaning);
    }
    return text;
}

std::string laws_table() {
    std::size_t name = 3;
    std::size_t stage = 5;
    std::size_t equations = 9;
    for (const models::Law& law : models::laws()) {
        name = std::max(name, law.name.size());
        stage = std::max(stage, law.stage.size());
        equations = std::max(equations, law.equations.size());
    }
    std::string text = fmt::format("    {:{}}  {:{}}  {:{}}  meaning\n", "law", name, "stage",
                                   stage, "equations", equations);
    std::size_t order = 0;
    for (const models::Law& law : models::laws()) {
        text += fmt::format("{:2}  {:{}}  {:{}}  {:{}}  {}\n", ++order, law.name, name, law.stage,
                            stage, law.equations, equations, law.meaning);
    }
    return text + "\n" + laboratory_table();
}

nlohmann::ordered_json law_json(const models::Law& law) {
    nlohmann::ordered_json paths = nlohmann::ordered_json::array();
    for (const sim::Parameter& parameter : law.parameters) paths.push_back(parameter.path);
    return {{"law", law.name},
            {"stage", law.stage},
            {"equations", law.equations},
            {"meaning", law.meaning},
            {"parameters", std::move(paths)}};
}

nlohmann::ordered_json laws_json() {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    std::size_t order = 0;
    for (const models::Law& law : models::laws()) {
        list.push_back(law_json(law));
        list.back()["order"] = ++order;
        list.back()["alone"] = false;
    }
    for (const models::LaboratoryLaw& each : models::laboratory_laws()) {
        list.push_back(law_json(each.law));
        list.back()["alone"] = true;
    }
    return list;
}

class Laws final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_flag("--json", json_, "print JSON, with the parameters of each law");
    }

    int act() override {
        print(json_ ? laws_json().dump(2) + "\n" : laws_table());
        return exit_code::done;
    }

private:
    bool json_ = false;
};

}

std::unique_ptr<Verb> laws_verb() { return std::make_unique<Laws>(); }

}
