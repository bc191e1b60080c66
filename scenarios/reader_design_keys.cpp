#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/reader.hpp"

namespace cercle::scenarios {
namespace {

/// A key of [design] and the methods that take it.
struct KeyOfMethods {
    std::string_view key;
    std::vector<std::string_view> methods;

    bool is_of(std::string_view method) const {
        return std::ranges::find(methods, method) != methods.end();
    }
};

const std::vector<std::string_view> sampled_methods{"random", "lhs", "sobol", "saltelli", "morris"};
const std::vector<KeyOfMethods> keys_of_methods{
    {"file", {"table"}},
    {"levels", {"morris"}},
    {"rows", {"list"}},
    {"seed", {"random", "lhs", "sobol", "saltelli", "morris", "toggles"}},
    {"size", {"random", "lhs", "sobol", "saltelli", "morris", "toggles"}}};

/// Under methods that choose no values: where those of a factor come from; else "".
std::string_view source_of_values(std::string_view method) {
    if (method == "list") return "its rows hold the values";
    if (method == "table") return "its file holds the values";
    if (method == "toggles") return "the two arms hold the values";
    return "";
}

/// Why a key of a factor that the reader knows does nothing; "" when it does something.
std::string idle_because(const Member& given, const Table& factor, std::string_view method) {
    const std::string& key = given.key;
    if (key != "range" && key != "levels" && key != "scale") return "";
    if (const auto source = source_of_values(method); !source.empty())
        return fmt::format("under method = \"{}\" ({})", method, source);
    const bool has_range = member(factor, "range") != nullptr;
    if (key == "scale" && !has_range) return "without a range (listed levels are taken as given)";
    const bool samples = std::ranges::find(sampled_methods, method) != sampled_methods.end();
    const bool is_count = std::holds_alternative<std::int64_t>(given.value.value);
    if (key == "levels" && is_count && has_range && samples)
        return fmt::format("under method = \"{}\" (it cuts no range; grid, zip and oat do)",
                           method);
    return "";
}

/// As it is written; "" where it is no text.
std::string method_of(const Table& design) {
    const Member* given = member(design, "method");
    if (!given) return "none";
    return given->value.text() ? *given->value.text() : "";
}

void refuse_idle_keys_of_design(const Table& design, const std::string& method,
                                ProblemList& problems) {
    const std::string under =
        method == "none" ? "without a method" : fmt::format("under method = \"{}\"", method);
    for (const KeyOfMethods& known : keys_of_methods) {
        const Member* given = member(design, known.key);
        if (!given || known.is_of(method)) continue;
        problems.add(given->place, fmt::format("design.{}", known.key),
                     fmt::format("design.{} does nothing {} (it belongs to {}) take it out",
                                 known.key, under, fmt::join(known.methods, ", ")));
    }
}

void refuse_idle_keys_of_factor(const Table& factor, std::string_view method,
                                ProblemList& problems) {
    for (const Member& given : factor) {
        const std::string why = idle_because(given, factor, method);
        if (why.empty()) continue;
        problems.add(given.place, "factor." + given.key,
                     fmt::format("factor.{} does nothing {} take it out", given.key, why));
    }
}

}

void refuse_idle_keys(const Table& top, ProblemList& problems) {
    const Member* design = member(top, "design");
    const Member* factors = member(top, "factor");
    const Table* table = design ? design->value.table() : nullptr;
    const std::string method = table ? method_of(*table) : "none";
    if (std::ranges::find(design_methods(), method) == design_methods().end()) return;
    if (table) refuse_idle_keys_of_design(*table, method, problems);
    if (!factors || !factors->value.list()) return;
    for (const Node& factor : *factors->value.list()) {
        if (factor.table()) refuse_idle_keys_of_factor(*factor.table(), method, problems);
    }
}

}
