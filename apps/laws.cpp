#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/messages.hpp"
#include "apps/parts.hpp"
#include "apps/verb.hpp"
#include "models/catalogue.hpp"
#include "models/laboratory/laws.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::apps {
namespace {

/// A law and its place in a step; 0 for one that runs alone.
struct Ordered {
    std::size_t order;
    const models::Law* law;
};
using LawList = std::vector<Ordered>;

/// Every law: those of a step in their order, then those that run alone.
LawList every_law() {
    LawList all;
    for (const models::Law& law : models::laws()) all.push_back({all.size() + 1, &law});
    for (const models::LaboratoryLaw& each : models::laboratory_laws()) {
        all.push_back({0, &each.law});
    }
    return all;
}

/// The laws whose name or stage holds a text.
LawList laws_with(const std::string& filter) {
    LawList found;
    std::vector<std::string> names;
    for (const Ordered& each : every_law()) {
        add_parts(names, each.law->name);
        if (!each.law->stage.empty()) names.push_back(each.law->stage);
        const bool fits = each.law->name.find(filter) != std::string::npos ||
                          each.law->stage.find(filter) != std::string::npos;
        if (fits) found.push_back(each);
    }
    if (found.empty()) {
        throw sim::UserError(fmt::format("cercle laws: no law's name or stage holds \"{}\"{}; "
                                         "cercle laws lists all",
                                         filter, sim::did_you_mean(filter, names)));
    }
    return found;
}

std::string table_of_steps(const LawList& list) {
    std::size_t name = 3;
    std::size_t stage = 5;
    std::size_t equations = 9;
    for (const auto& [order, law] : list) {
        if (order == 0) continue;
        name = std::max(name, law->name.size());
        stage = std::max(stage, law->stage.size());
        equations = std::max(equations, law->equations.size());
    }
    std::string text = fmt::format("    {:{}}  {:{}}  {:{}}  meaning\n", "law", name, "stage",
                                   stage, "equations", equations);
    for (const auto& [order, law] : list) {
        if (order == 0) continue;
        text += fmt::format("{:2}  {:{}}  {:{}}  {:{}}  {}\n", order, law->name, name, law->stage,
                            stage, law->equations, equations, law->meaning);
    }
    return text;
}

std::string laws_table(const LawList& list) {
    const auto alone = [](const Ordered& each) { return each.order == 0; };
    const auto count = static_cast<std::size_t>(std::ranges::count_if(list, alone));
    std::string text = count < list.size() ? table_of_steps(list) : "";
    if (count == 0) return text;
    if (!text.empty()) text += "\n";
    text += "Laws that run alone, by laws = [\"NAME\"] in a scenario:\n";
    for (const auto& [order, law] : list) {
        if (order == 0) text += fmt::format("    {:<28}  {}\n", law->name, law->meaning);
    }
    return text;
}

nlohmann::ordered_json laws_json(const LawList& list) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const auto& [order, law] : list) {
        nlohmann::ordered_json paths = nlohmann::ordered_json::array();
        for (const sim::Parameter& parameter : law->parameters) paths.push_back(parameter.path);
        nlohmann::ordered_json row = {{"law", law->name},
                                      {"stage", law->stage},
                                      {"equations", law->equations},
                                      {"meaning", law->meaning},
                                      {"parameters", std::move(paths)}};
        if (order > 0) row["order"] = order;
        row["alone"] = order == 0;
        rows.push_back(std::move(row));
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
