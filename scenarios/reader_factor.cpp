#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "scenarios/reader_factor.hpp"
#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

const std::vector<std::string> factor_keys{"levels", "name", "path", "paths", "range", "scale"};

/// Reads one [[factor]].
class FactorReader {
public:
    FactorReader(const FactorContext& context, ProblemList& problems)
        : context_(context), problems_(problems) {}

    std::optional<Factor> read(const Node& node) const;

private:
    void complain(Place place, const std::string& about, const std::string& sentence) const {
        problems_.add(place, about, sentence);
    }
    void read_what(Factor& factor, const Table& table) const;
    void read_paths(Factor& factor, const Member& paths) const;
    void read_path(Factor& factor, const Member& path, const Table& table) const;
    void read_levels(Factor& factor, const Table& table, const sim::Parameter& of) const;
    void read_step_count(Factor& factor, const Node& node, const sim::Parameter& of) const;
    /// A number of levels of a parameter that has no range.
    void refuse_step_count(const Node& node, const sim::Parameter& of) const;
    /// Levels of a range that are the same value: of whole numbers there may be too few.
    void refuse_equal_steps(const Factor& factor, const Table& table) const;
    void read_range(Factor& factor, const Node& node, const sim::Parameter& of) const;
    void read_scale(Factor& factor, const Member& scale) const;

    const FactorContext& context_;
    ProblemList& problems_;
};

void FactorReader::refuse_step_count(const Node& node, const sim::Parameter& of) const {
    if (std::holds_alternative<double>(of.fallback)) {
        complain(node.place, of.path,
                 fmt::format("levels = {} of {} without a range (a number of levels cuts a range) "
                             "add range = [lowest, highest], or list the levels",
                             shown(node), of.path));
        return;
    }
    complain(node.place, of.path,
             fmt::format("levels = {} of {} (it is no number and has no range to cut) list the "
                         "levels: levels = [...]",
                         shown(node), of.path));
}

void FactorReader::read_step_count(Factor& factor, const Node& node,
                                   const sim::Parameter& of) const {
    const std::int64_t steps = std::get<std::int64_t>(node.value);
    if (steps >= 1 && steps <= 1'000'000) {
        factor.steps = static_cast<std::size_t>(steps);
        return;
    }
    complain(node.place, of.path,
             fmt::format("levels = {} is not a number of levels (from 1 to 1 000 000)", steps));
}

void FactorReader::read_levels(Factor& factor, const Table& table, const sim::Parameter& of) const {
    const Node& node = member(table, "levels")->value;
    const bool has_range = member(table, "range") != nullptr;
    if (std::holds_alternative<std::int64_t>(node.value)) {
        if (has_range)
            read_step_count(factor, node, of);
        else
            refuse_step_count(node, of);
        return;
    }
    const List* list = node.list();
    if (list && has_range) {
        complain(node.place, of.path,
                 fmt::format("factor {} has both a range and a list of levels (the range would do "
                             "nothing) keep one of them",
                             of.path));
        return;
    }
    if (!list || list->empty()) {
        complain(node.place, of.path,
                 fmt::format("levels = {} is neither a list of values nor a number of levels",
                             shown(node)));
        return;
    }
    for (const Node& level : *list) {
        const auto value = read_value(of, level, problems_);
        if (!value) continue;
        if (std::ranges::find(factor.levels, *value) != factor.levels.end()) {
            complain(level.place, of.path,
                     fmt::format("levels of {} name {} twice (their points would be the same) "
                                 "name it once, or raise replicates",
                                 of.path, sim::to_text(*value)));
        }
        factor.levels.push_back(*value);
    }
}

void FactorReader::read_range(Factor& factor, const Node& node, const sim::Parameter& of) const {
    const List* ends = node.list();
    if (!ends || ends->size() != 2 || !std::holds_alternative<double>(of.fallback)) {
        complain(
            node.place, of.path,
            fmt::format("range = {} of {} (a range is [lowest, highest] of a parameter that is "
                        "a number) give levels = [...] instead",
                        shown(node), of.path));
        return;
    }
    const auto low = read_value(of, (*ends)[0], problems_);
    const auto high = read_value(of, (*ends)[1], problems_);
    if (!low || !high) return;
    factor.low = std::get<double>(*low);
    factor.high = std::get<double>(*high);
    factor.whole = of.range.whole;
    if (factor.low >= factor.high) {
        complain(
            node.place, of.path,
            fmt::format("range = [{}, {}] of {} does not rise", factor.low, factor.high, of.path));
    }
}

void FactorReader::read_paths(Factor& factor, const Member& paths) const {
    if (context_.method != "toggles") {
        complain(paths.place, "factor",
                 fmt::format("paths belong to method = \"toggles\", not to \"{}\"; give one path",
                             context_.method));
        return;
    }
    const List* list = paths.value.list();
    if (!list || list->empty()) {
        complain(paths.value.place, "factor",
                 fmt::format("paths = {} is not a list of parameters", shown(paths.value)));
        return;
    }
    for (const Node& path : *list) {
        if (const auto* known = factor_parameter(path, context_, problems_)) {
            factor.paths.push_back(known->path);
        }
    }
}

void FactorReader::read_path(Factor& factor, const Member& path, const Table& table) const {
    const sim::Parameter* known = factor_parameter(path.value, context_, problems_);
    if (!known) return;
    factor.paths = {known->path};
    const Member* levels = member(table, "levels");
    const Member* range = member(table, "range");
    if (!context_.wants_values) return;
    if (range) read_range(factor, range->value, *known);
    if (levels) read_levels(factor, table, *known);
    if (!range && !levels) {
        complain(path.place, known->path,
                 fmt::format("factor {} has neither a range nor levels", known->path));
    }
}

void FactorReader::read_what(Factor& factor, const Table& table) const {
    const Member* path = member(table, "path");
    const Member* paths = member(table, "paths");
    if (paths) read_paths(factor, *paths);
    if (path) read_path(factor, *path, table);
}

void FactorReader::read_scale(Factor& factor, const Member& scale) const {
    const std::string text = scale.value.text() ? *scale.value.text() : "";
    factor.logarithmic = text == "log";
    if (text != "log" && text != "linear") {
        complain(scale.place, factor.name,
                 fmt::format("scale = {} (it is \"linear\" or \"log\")", shown(scale.value)));
    } else if (factor.logarithmic && factor.low <= 0.0) {
        complain(scale.place, factor.name,
                 fmt::format("scale = \"log\" of a range from {} (a logarithm needs a positive "
                             "lowest value)",
                             factor.low));
    }
}

void FactorReader::refuse_equal_steps(const Factor& factor, const Table& table) const {
    if (!factor.whole || factor.steps < 2 || factor.low >= factor.high) return;
    std::size_t values = 1;
    for (std::size_t i = 1; i < factor.steps; ++i) {
        if (factor.entry(i) != factor.entry(i - 1)) ++values;
    }
    if (values == factor.steps) return;
    complain(member(table, "levels")->value.place, factor.name,
             fmt::format("levels = {} of a range of whole numbers [{}, {}] are only {} values "
                         "(their points would be the same) ask for fewer levels",
                         factor.steps, factor.low, factor.high, values));
}

std::optional<Factor> FactorReader::read(const Node& node) const {
    const Table* table = node.table();
    if (!table) {
        complain(node.place, "factor", "a factor is a table (write [[factor]] and its path below)");
        return {};
    }
    for (const Member& given : *table) {
        if (std::ranges::find(factor_keys, given.key) != factor_keys.end()) continue;
        complain(given.place, "factor." + given.key,
                 fmt::format("unknown parameter factor.{}{}", given.key,
                             sim::did_you_mean(given.key, factor_keys)));
    }
    if ((member(*table, "path") != nullptr) == (member(*table, "paths") != nullptr)) {
        complain(node.place, "factor",
                 "a factor has either a path or paths (of a mechanism under "
                 "method = \"toggles\")");
        return {};
    }
    Factor factor;
    read_what(factor, *table);
    if (factor.paths.empty()) return {};
    factor.name = factor.paths.front();
    if (const Member* name = member(*table, "name"); name && name->value.text()) {
        factor.name = *name->value.text();
    }
    const Member* scale = member(*table, "scale");
    if (scale && member(*table, "range") && context_.wants_values) read_scale(factor, *scale);
    refuse_equal_steps(factor, *table);
    return factor;
}

}

const sim::Parameter* factor_parameter(const Node& node, const FactorContext& context,
                                       ProblemList& problems) {
    const Vocabulary& vocabulary = context.vocabulary;
    const std::string* path = node.text();
    if (!path) {
        problems.add(node.place, "factor",
                     fmt::format("factor.path = {} is not a text", shown(node)));
        return nullptr;
    }
    const sim::Parameter* found = vocabulary.parameter(*path);
    const bool chooses = std::ranges::any_of(
        vocabulary.presets, [&](const Preset& preset) { return preset.chosen_by == *path; });
    if (!found && vocabulary.is_table(*path)) {
        problems.add(node.place, *path,
                     fmt::format("{} is a table of parameters, not one of them; name those that "
                                 "are meant (cercle params {}. lists them)",
                                 *path, *path));
    } else if (!found) {
        problems.add(
            node.place, *path,
            fmt::format("unknown parameter {}{}", *path, suggestion(vocabulary, *path, {})));
    } else if (vocabulary.is_shared(*path)) {
        problems.add(node.place, *path,
                     fmt::format("{} cannot be a factor (all runs of a study share {}.*)", *path,
                                 table_of(*path)));
        return nullptr;
    } else if (chooses && context.method != "toggles") {
        problems.add(
            node.place, *path,
            fmt::format("{} cannot be a factor (it stands for a preset of many values) make "
                        "an arm of each",
                        *path));
        return nullptr;
    }
    return found;
}

std::optional<Factor> read_factor(const Node& node, const FactorContext& context,
                                  ProblemList& problems) {
    return FactorReader(context, problems).read(node);
}

}
