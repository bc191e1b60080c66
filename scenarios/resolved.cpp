#include "scenarios/resolved.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace cercle::scenarios {
namespace {

struct Written {
    std::string operator()(const std::string& text) const { return quoted(text); }
    std::string operator()(const std::vector<std::string>& texts) const {
        std::vector<std::string> each;
        for (const std::string& text : texts) each.push_back(quoted(text));
        return fmt::format("[{}]", fmt::join(each, ", "));
    }
    template <class Other> std::string operator()(const Other& other) const {
        return sim::to_text(other);
    }
};

std::string assignment(std::string_view name, const sim::Value& value, const std::string& unit) {
    const std::string comment = unit.empty() || unit == "1" ? "" : "  # " + unit;
    return fmt::format("{} = {}{}\n", name, toml_text(value), comment);
}

bool is_common(const Scenario& scenario, const std::string& path) {
    const sim::Value& first = scenario.arms.front().settings.value(path);
    return std::ranges::all_of(scenario.arms,
                               [&](const Arm& arm) { return arm.settings.value(path) == first; });
}

std::string replicates_text(const Scenario& scenario) {
    if (!scenario.stopping) return fmt::format("{}", scenario.replicates);
    const Stopping& stopping = *scenario.stopping;
    const std::string until = fmt::format("ci({}) < {}", stopping.outcome, stopping.half_width);
    const std::string contrast =
        stopping.first.empty()
            ? ""
            : fmt::format(", contrast = {}", quoted(stopping.first + " - " + stopping.second));
    return fmt::format("{{ max = {}, until = {}{} }}", scenario.replicates, quoted(until),
                       contrast);
}

std::string head_text(const Scenario& scenario) {
    // TOML integers end at 2^63 - 1; a larger seed is written as text.
    const bool fits = scenario.seed <= 9223372036854775807u;
    const std::string seed = fmt::format("{}", scenario.seed);
    return fmt::format("cercle = 1\ntitle = {}\nseed = {}\nreplicates = {}\n",
                       quoted(scenario.title), fits ? seed : quoted(seed),
                       replicates_text(scenario));
}

std::string list_text(const std::vector<sim::Value>& values) {
    std::vector<std::string> each;
    for (const sim::Value& value : values) each.push_back(toml_text(value));
    return fmt::format("[{}]", fmt::join(each, ", "));
}

std::string factor_text(const Factor& factor, const DesignMethod& method) {
    std::string text = fmt::format("\n[[factor]]\nname = {}\n", quoted(factor.name));
    if (method.name == "toggles") {
        return text + fmt::format("paths = {}\n", toml_text(factor.paths));
    }
    text += fmt::format("path = {}\n", quoted(factor.paths.front()));
    if (method.name == "list") return text;
    if (!factor.is_range()) return text + fmt::format("levels = {}\n", list_text(factor.levels));
    text += fmt::format("range = {}\n", list_text({factor.low, factor.high}));
    if (factor.steps > 0) text += fmt::format("levels = {}\n", factor.steps);
    if (factor.logarithmic) text += "scale = \"log\"\n";
    return text;
}

/// The design; the points of a table are written out as a list.
std::string design_text(const Design& design) {
    DesignMethod method = design.method;
    if (method.name == "none") return "";
    if (method.name == "table") method.name = "list";
    std::string text = fmt::format("\n[design]\nmethod = {}\n", scenarios::quoted(method.name));
    if (method.is_drawn()) text += fmt::format("seed = {}\n", method.seed);
    if (method.size > 0) text += fmt::format("size = {}\n", method.size);
    if (method.name == "morris") text += fmt::format("levels = {}\n", method.levels);
    if (method.name == "list") {
        text += "rows = [\n";
        for (std::size_t point = 0; point < design.points(); ++point) {
            std::vector<sim::Value> row;
            for (std::size_t i = 0; i < design.factors.size(); ++i) {
                row.push_back(design.factors[i].value(design.entry(point, i)));
            }
            text += "    " + list_text(row) + ",\n";
        }
        text += "]\n";
    }
    for (const Factor& factor : design.factors) text += factor_text(factor, method);
    return text;
}

}

std::string quoted(const std::string& text) {
    // JSON's escapes are TOML's, except that TOML wants DEL escaped too.
    std::string result;
    for (const char letter : nlohmann::json(text).dump()) {
        if (letter == '\x7f') {
            result += "\\u007F";
        } else {
            result += letter;
        }
    }
    return result;
}

std::string toml_text(const sim::Value& value) { return std::visit(Written{}, value); }

std::vector<const sim::Parameter*> in_file_order(const sim::ParameterTable& parameters) {
    std::vector<const sim::Parameter*> sorted;
    for (const sim::Parameter& parameter : parameters) sorted.push_back(&parameter);
    std::ranges::sort(sorted, {}, [](const sim::Parameter* parameter) {
        return std::tuple(table_of(parameter->path), leaf_of(parameter->path));
    });
    return sorted;
}

std::string resolved_text(const Scenario& scenario, const Vocabulary& vocabulary) {
    std::string text = head_text(scenario);
    std::vector<std::string> arms;
    for (const Arm& arm : scenario.arms) {
        arms.push_back(fmt::format("\n[[arm]]\nname = {}\n", quoted(arm.name)));
    }
    std::string_view table;
    for (const sim::Parameter* parameter : in_file_order(vocabulary.parameters)) {
        const std::string& path = parameter->path;
        if (!is_common(scenario, path)) {
            for (std::size_t i = 0; i < arms.size(); ++i) {
                arms[i] += assignment(path, scenario.arms[i].settings.value(path), parameter->unit);
            }
            continue;
        }
        if (table_of(path) != table) {
            table = table_of(path);
            text += fmt::format("\n[{}]\n", table);
        }
        const sim::Value& value = scenario.arms.front().settings.value(path);
        text += assignment(leaf_of(path), value, parameter->unit);
    }
    for (const std::string& arm : arms) text += arm;
    return text + design_text(scenario.design);
}

std::string resolved_text(const Scenario& scenario) {
    return resolved_text(scenario, vocabulary_of(scenario.arms.front().settings.texts("laws")));
}

}
