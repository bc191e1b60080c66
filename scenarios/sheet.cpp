#include "scenarios/sheet.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

/// Walks the tables of one part of the input along the tables of the vocabulary.
class SheetReader {
public:
    SheetReader(const SheetContext& context, ProblemList& problems)
        : context_(context), problems_(problems) {}

    void read_top(const Table& table) {
        for (const Member& member : table) {
            if (std::ranges::find(context_.own_keys, member.key) != context_.own_keys.end()) {
                continue;
            }
            if (member.key == "preset") {
                add_presets(sheet_, member.value, context_.vocabulary, problems_);
            } else {
                read(member, member.key);
            }
        }
        check_choices(sheet_, problems_);
    }
    Sheet sheet() { return std::move(sheet_); }

private:
    void read(const Member& member, const std::string& path);
    void read_parameter(const Member& member, const sim::Parameter& parameter);
    void read_table(const Member& member, const std::string& path);
    void report_unknown(const Member& member, const std::string& path);
    std::string explanation(const std::string& path) const {
        const auto& explain = context_.vocabulary.explain;
        return explain ? explain(path) : std::string();
    }
    bool is_elsewhere(const std::string& path) const { return !explanation(path).empty(); }

    const SheetContext& context_;
    ProblemList& problems_;
    Sheet sheet_;
};

void SheetReader::read(const Member& member, const std::string& path) {
    if (member.key.find('.') != std::string::npos) {
        report_unknown(member, path);
    } else if (member.value.table() && !context_.vocabulary.is_table(path) && is_elsewhere(path)) {
        report_unknown(member, path);
    } else if (const sim::Parameter* parameter = context_.vocabulary.parameter(path)) {
        read_parameter(member, *parameter);
    } else if (context_.vocabulary.is_table(path)) {
        read_table(member, path);
    } else {
        report_unknown(member, path);
    }
}

void SheetReader::read_parameter(const Member& member, const sim::Parameter& parameter) {
    if (!context_.may_set_shared && context_.vocabulary.is_shared(parameter.path)) {
        problems_.add(member.place, parameter.path,
                      fmt::format("{} cannot differ between arms (they are compared month by "
                                  "month) set it at the top of the file",
                                  parameter.path));
        return;
    }
    std::optional<sim::Value> value = read_value(parameter, member.value, problems_);
    if (!value) return;
    add_setting(sheet_, {parameter.path, std::move(*value), member.value.place},
                context_.vocabulary);
}

void SheetReader::read_table(const Member& member, const std::string& path) {
    const Table* table = member.value.table();
    if (!table) {
        problems_.add(member.value.place, path,
                      fmt::format("{} is a table of parameters, not {} (write [{}] and its "
                                  "parameters below it)",
                                  path, kind_of(member.value), path));
        return;
    }
    for (const Member& inner : *table) read(inner, path + "." + inner.key);
}

void SheetReader::report_unknown(const Member& member, const std::string& path) {
    if (member.key.find('.') != std::string::npos) {
        problems_.add(member.place, path,
                      fmt::format("unknown parameter \"{}\" (in quotes it is one word, not a path) "
                                  "write it without quotes",
                                  member.key));
        return;
    }
    const std::string_view kind = member.value.table() ? "table" : "parameter";
    if (const std::string why = explanation(path); !why.empty()) {
        problems_.add(member.place, path, fmt::format("unknown {} {}{}", kind, path, why));
        return;
    }
    const bool is_top = path.find('.') == std::string::npos;
    std::vector<std::string> also;
    if (is_top) {
        also = context_.own_keys;
        also.emplace_back("preset");
    }
    problems_.add(
        member.place, path,
        fmt::format("unknown {} {}{}", kind, path, suggestion(context_.vocabulary, path, also)));
}

}

Sheet read_sheet(const Table& table, const SheetContext& context, ProblemList& problems) {
    SheetReader reader(context, problems);
    reader.read_top(table);
    return reader.sheet();
}

void add_setting(Sheet& sheet, Setting setting, const Vocabulary& vocabulary) {
    if (const Preset* preset = vocabulary.preset_of_choice(setting.path, setting.value)) {
        sheet.presets.insert(sheet.presets.begin(), {preset, setting.place});
    } else {
        sheet.settings.push_back(std::move(setting));
    }
}

void add_presets(Sheet& sheet, const Node& node, const Vocabulary& vocabulary,
                 ProblemList& problems) {
    const List names = node.list() ? *node.list() : List{node};
    for (const Node& name : names) {
        if (!name.text()) {
            problems.add(name.place, "preset",
                         fmt::format("preset = {} is not the name of a preset or a list of names",
                                     shown(name)));
        } else if (const Preset* preset = vocabulary.preset(*name.text())) {
            sheet.presets.push_back({preset, name.place});
        } else if (vocabulary.presets.empty()) {
            problems.add(name.place, "preset",
                         fmt::format("unknown preset {} (presets belong to the whole model, and "
                                     "laws runs one law alone) leave it out",
                                     *name.text()));
        } else {
            const std::vector<std::string> known = vocabulary.preset_names();
            problems.add(name.place, "preset",
                         fmt::format("unknown preset {} (the presets are {}){}", *name.text(),
                                     fmt::join(known, ", "),
                                     sim::did_you_mean(*name.text(), known)));
        }
    }
}

void check_choices(const Sheet& sheet, ProblemList& problems) {
    for (auto one = sheet.presets.begin(); one != sheet.presets.end(); ++one) {
        for (auto other = one + 1; other != sheet.presets.end(); ++other) {
            const std::string& choice = one->preset->chosen_by;
            const bool exclude = one->preset != other->preset && !choice.empty() &&
                                 choice == other->preset->chosen_by;
            if (!exclude) continue;
            problems.add(std::max(one->place, other->place), choice,
                         fmt::format("presets {} and {} exclude each other (they stand for {} = {} "
                                     "and {}) keep one of them",
                                     one->preset->name, other->preset->name, choice,
                                     sim::to_text(one->preset->choice()),
                                     sim::to_text(other->preset->choice())));
        }
    }
}

}
