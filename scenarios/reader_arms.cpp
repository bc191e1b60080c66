#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "scenarios/reader.hpp"

namespace cercle::scenarios {
namespace {

/// Reports keys that belong to the head and removes them, so that they are not told as unknown.
void refuse_head_keys(const Table& arm, ProblemList& problems) {
    for (const Member& member : arm) {
        if (std::ranges::find(head_keys(), member.key) == head_keys().end()) continue;
        problems.add(member.place, member.key,
                     fmt::format("{} cannot be set in an arm (arms are compared under the same {}) "
                                 "set it at the top of the file",
                                 member.key, member.key));
    }
}

GivenArm read_arm(const Node& node, const Vocabulary& vocabulary, ProblemList& problems) {
    GivenArm arm{.name = {}, .place = node.place, .sheet = {}};
    const Table* table = node.table();
    if (!table) {
        problems.add(node.place, "arm",
                     fmt::format("arm = {} is not a table (write [[arm]] and its name and "
                                 "parameters below it)",
                                 shown(node)));
        return arm;
    }
    const Member* name = member(*table, "name");
    if (!name) {
        problems.add(node.place, "arm",
                     "an arm has no name (results are told apart by it) write "
                     "name = \"...\" in it");
    } else if (!name->value.text() || name->value.text()->empty()) {
        problems.add(name->value.place, "arm",
                     fmt::format("name = {} is not the name of an arm (a text that is not empty)",
                                 shown(name->value)));
    } else {
        arm.name = *name->value.text();
        arm.place = name->value.place;
    }
    refuse_head_keys(*table, problems);
    std::vector<std::string> own_keys = head_keys();
    own_keys.emplace_back("name");
    arm.sheet = read_sheet(*table, {vocabulary, own_keys, false}, problems);
    return arm;
}

void check_names(const std::vector<GivenArm>& arms, ProblemList& problems) {
    std::map<std::string, Place> first;
    for (const GivenArm& arm : arms) {
        if (arm.name.empty()) continue;
        const auto [known, is_new] = first.emplace(arm.name, arm.place);
        if (is_new) continue;
        problems.add(arm.place, "arm",
                     fmt::format("two arms are named {} (the first in line {}) rename one",
                                 arm.name, known->second.line));
    }
}

}

std::vector<GivenArm> read_arms(const Table& top, const Vocabulary& vocabulary,
                                ProblemList& problems) {
    const Member* given = member(top, "arm");
    if (!given) return {{.name = "default", .place = {}, .sheet = {}}};
    const List* list = given->value.list();
    if (!list || list->empty()) {
        const std::string what = list ? "an empty list" : kind_of(given->value);
        problems.add(given->value.place, "arm",
                     fmt::format("arm is {}, but arms are wanted (write [[arm]] for each, or leave "
                                 "arm out for a single one)",
                                 what));
        return {};
    }
    std::vector<GivenArm> arms;
    for (const Node& node : *list) arms.push_back(read_arm(node, vocabulary, problems));
    check_names(arms, problems);
    return arms;
}

}
