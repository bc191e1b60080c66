#include "scenarios/presets.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/document.hpp"
#include "scenarios/problems.hpp"
#include "scenarios/sheet.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {
namespace {

std::string text_of(const Table& table, std::string_view key) {
    const Member* found = member(table, key);
    return found && found->value.text() ? *found->value.text() : std::string();
}

Preset read_preset(const PresetFile& file, const Vocabulary& vocabulary) {
    ProblemList problems;
    const Table table = parse_document(file.text, problems);
    Preset preset{.name = std::string(file.name),
                  .title = text_of(table, "title"),
                  .chosen_by = text_of(table, "chosen_by"),
                  .values = {}};
    const SheetContext context{vocabulary, {"title", "chosen_by"}, false};
    for (Setting& setting : read_sheet(table, context, problems).settings) {
        preset.values.emplace_back(std::move(setting.path), std::move(setting.value));
    }
    const bool chosen_by_nothing =
        !preset.chosen_by.empty() && preset.choice() == sim::Value(std::string());
    if (chosen_by_nothing) {
        problems.add({}, "", fmt::format("chosen_by = {} is not set", preset.chosen_by));
    }
    const std::string name = fmt::format("presets/{}.toml", file.name);
    const ScenarioSource source{.name = name, .text = std::string(file.text), .folder = {}};
    sim::expects(problems.empty(), problems.text(source));
    return preset;
}

}

sim::Value Preset::choice() const {
    const auto found =
        std::ranges::find(values, chosen_by, &std::pair<std::string, sim::Value>::first);
    return found == values.end() ? sim::Value(std::string()) : found->second;
}

std::vector<Preset> read_presets(std::span<const PresetFile> files,
                                 const sim::ParameterTable& parameters) {
    const Vocabulary vocabulary{.parameters = parameters, .presets = {}, .check = {}};
    std::vector<Preset> presets;
    for (const PresetFile& file : files) presets.push_back(read_preset(file, vocabulary));
    return presets;
}

}
