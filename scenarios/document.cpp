#include "scenarios/document.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace cercle::scenarios {
namespace {

struct Kind {
    std::string operator()(bool) const { return "true or false"; }
    std::string operator()(std::int64_t) const { return "a number"; }
    std::string operator()(double) const { return "a number"; }
    std::string operator()(const std::string&) const { return "a text"; }
    std::string operator()(const List&) const { return "a list"; }
    std::string operator()(const Table&) const { return "a table"; }
    std::string operator()(const Foreign& foreign) const { return "a " + foreign.kind; }
};

struct Shown {
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
    std::string operator()(double number) const { return fmt::format("{:#}", number); }
    std::string operator()(const std::string& text) const { return fmt::format("{:?}", text); }
    std::string operator()(const List&) const { return "a list"; }
    std::string operator()(const Table&) const { return "a table"; }
    std::string operator()(const Foreign& foreign) const { return "a " + foreign.kind; }
};

}

const Member* member(const Table& table, std::string_view key) {
    const auto found = std::ranges::find(table, key, &Member::key);
    return found == table.end() ? nullptr : &*found;
}

std::string kind_of(const Node& node) { return std::visit(Kind{}, node.value); }

std::string shown(const Node& node) { return std::visit(Shown{}, node.value); }

std::string trimmed(std::string text) {
    text.erase(0, text.find_first_not_of(' '));
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

}
