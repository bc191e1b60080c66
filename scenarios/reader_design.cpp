#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "scenarios/reader.hpp"
#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

const std::vector<std::string> methods{"none", "grid",  "zip",      "list",   "table", "random",
                                       "lhs",  "sobol", "saltelli", "morris", "oat",   "toggles"};

void check_method(const Node& node, ProblemList& problems) {
    const std::string* method = node.text();
    if (!method) {
        problems.add(node.place, "design.method",
                     fmt::format("design.method = {} is not a text", shown(node)));
    } else if (std::ranges::find(methods, *method) == methods.end()) {
        problems.add(node.place, "design.method",
                     fmt::format("unknown design.method {}{}", *method,
                                 sim::did_you_mean(*method, methods)));
    } else if (*method != "none") {
        problems.add(node.place, "design.method",
                     fmt::format("design.method = \"{}\" is not built yet in this version (only "
                                 "\"none\" is) compare arms instead",
                                 *method));
    }
}

void check_keys(const Table& design, ProblemList& problems) {
    const std::vector<std::string> keys{"file", "levels", "method", "seed", "size"};
    for (const Member& member : design) {
        if (std::ranges::find(keys, member.key) != keys.end()) continue;
        problems.add(member.place, "design." + member.key,
                     fmt::format("unknown parameter design.{}{}", member.key,
                                 sim::did_you_mean(member.key, keys)));
    }
}

}

void check_design(const Table& top, ProblemList& problems) {
    if (const Member* factor = member(top, "factor")) {
        problems.add(factor->place, "factor",
                     "factors are not built yet in this version (they belong to a design other "
                     "than \"none\") write arms instead");
    }
    const Member* design = member(top, "design");
    if (!design) return;
    const Table* table = design->value.table();
    if (!table) {
        problems.add(design->value.place, "design",
                     fmt::format("design is a table, not {} (write [design] and method = \"none\" "
                                 "below it)",
                                 kind_of(design->value)));
        return;
    }
    check_keys(*table, problems);
    if (const Member* method = member(*table, "method")) check_method(method->value, problems);
}

}
