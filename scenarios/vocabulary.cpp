#include "scenarios/vocabulary.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/catalogue.hpp"
#include "scenarios/laboratory_vocabulary.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/scenario_parameters.hpp"
#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

bool is_inside(std::string_view path, std::string_view table) {
    return path.size() > table.size() && path.starts_with(table) && path[table.size()] == '.';
}

/// Names one step below a table, of parameters and of tables.
std::vector<std::string> names_in(const Vocabulary& vocabulary, std::string_view table) {
    std::set<std::string> names;
    for (const sim::Parameter& parameter : vocabulary.parameters) {
        std::string_view path = parameter.path;
        if (!table.empty()) {
            if (!is_inside(path, table)) continue;
            path.remove_prefix(table.size() + 1);
        }
        names.emplace(path.substr(0, path.find('.')));
    }
    return {names.begin(), names.end()};
}

std::string meant(const std::vector<std::string>& paths) {
    constexpr std::size_t most = 3;
    const std::size_t shown = std::min(paths.size(), most);
    return fmt::format(" (did you mean {}?)",
                       fmt::join(paths.begin(), paths.begin() + static_cast<long>(shown), " or "));
}

}

std::string_view table_of(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : path.substr(0, dot);
}

std::string_view leaf_of(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

const sim::Parameter* Vocabulary::parameter(std::string_view path) const {
    const auto found = std::ranges::find(parameters, path, &sim::Parameter::path);
    return found == parameters.end() ? nullptr : &*found;
}

const Preset* Vocabulary::preset(std::string_view name) const {
    const auto found = std::ranges::find(presets, name, &Preset::name);
    return found == presets.end() ? nullptr : &*found;
}

const Preset* Vocabulary::preset_of_choice(std::string_view path, const sim::Value& value) const {
    const auto found = std::ranges::find_if(presets, [&](const Preset& preset) {
        return preset.chosen_by == path && preset.choice() == value;
    });
    return found == presets.end() ? nullptr : &*found;
}

bool Vocabulary::is_table(std::string_view path) const {
    return std::ranges::any_of(parameters, [&](const sim::Parameter& parameter) {
        return is_inside(parameter.path, path);
    });
}

bool Vocabulary::is_shared(std::string_view path) const {
    return std::ranges::any_of(shared_tables, [&](const std::string& table) {
        return path == table || is_inside(path, table);
    });
}

bool Vocabulary::is_file(std::string_view path) const {
    return std::ranges::find(files, path) != files.end();
}

std::vector<std::string> Vocabulary::preset_names() const {
    std::vector<std::string> names;
    for (const Preset& preset : presets) names.push_back(preset.name);
    return names;
}

std::string suggestion(const Vocabulary& vocabulary, std::string_view path,
                       std::span<const std::string> also) {
    std::vector<std::string> beside = names_in(vocabulary, table_of(path));
    beside.insert(beside.end(), also.begin(), also.end());
    const std::string_view leaf = leaf_of(path);
    if (const auto near = sim::nearest(leaf, beside)) return meant({*near});

    std::vector<std::string> leaves;
    std::vector<std::string> same_leaf;
    for (const sim::Parameter& parameter : vocabulary.parameters) {
        leaves.emplace_back(leaf_of(parameter.path));
        if (leaves.back() == leaf) same_leaf.push_back(parameter.path);
    }
    if (!same_leaf.empty()) return meant(same_leaf);
    const auto near_leaf = sim::nearest(leaf, leaves);
    if (!near_leaf) return " (cercle params lists all parameters)";
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        if (leaves[i] == *near_leaf) same_leaf.push_back(vocabulary.parameters[i].path);
    }
    return meant(same_leaf);
}

namespace {

/// Choosing a regime for the rivals lays its values over rival.*.
std::vector<Preset> with_rivals(std::vector<Preset> presets) {
    constexpr std::string_view own = "governance";
    constexpr std::string_view rival = "rival";
    const std::size_t count = presets.size();
    for (std::size_t i = 0; i < count; ++i) {
        Preset preset = presets[i];
        if (!preset.chosen_by.starts_with(own)) continue;
        preset.name = fmt::format("rival_{}", preset.name);
        preset.title = "Rivals: " + preset.title;
        preset.chosen_by.replace(0, own.size(), rival);
        for (auto& [path, value] : preset.values) path.replace(0, own.size(), rival);
        presets.push_back(std::move(preset));
    }
    return presets;
}

}

const Vocabulary& program_vocabulary() {
    static const Vocabulary vocabulary{
        .parameters = all_parameters(),
        .presets = with_rivals(read_presets(preset_files(), all_parameters())),
        .check =
            [](const sim::Settings& settings) {
                sim::Problems problems = models::check(settings);
                check_calendar(settings, problems);
                return problems;
            },
        .explain = explain_laboratory,
    };
    return vocabulary;
}

Vocabulary vocabulary_of(const std::vector<std::string>& laws) {
    return laws.empty() ? program_vocabulary() : laboratory_vocabulary(laws);
}

}
