#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "scenarios/reader.hpp"

namespace cercle::scenarios {
namespace {

constexpr std::int64_t format_version = 1;
constexpr std::int64_t most_replicates = 1'000'000'000;

void check_version(const Table& top, ProblemList& problems) {
    const Member* version = member(top, "cercle");
    if (!version) {
        problems.add({}, "cercle",
                     "cercle = 1 is missing (the version of the format) write it as "
                     "the first line");
        return;
    }
    const Node& node = version->value;
    const auto* number = std::get_if<std::int64_t>(&node.value);
    if (number && *number == format_version) return;
    problems.add(node.place, "cercle",
                 fmt::format("cercle = {} is not a format this program reads (it reads {}) write "
                             "cercle = {}",
                             shown(node), format_version, format_version));
}

std::string read_title(const Table& top, ProblemList& problems) {
    const Member* title = member(top, "title");
    if (!title) return {};
    if (const std::string* text = title->value.text()) return *text;
    problems.add(title->value.place, "title",
                 fmt::format("title = {} is not a text (it names the study) put it in quotes",
                             shown(title->value)));
    return {};
}

/// Seeds above the largest TOML integer are written as text.
std::optional<std::uint64_t> seed_of(const Node& node) {
    if (const auto* number = std::get_if<std::int64_t>(&node.value)) {
        if (*number < 0) return std::nullopt;
        return static_cast<std::uint64_t>(*number);
    }
    const std::string* text = node.text();
    if (!text || text->empty()) return std::nullopt;
    std::uint64_t seed = 0;
    const char* end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, seed);
    return error == std::errc() && stop == end ? std::optional(seed) : std::nullopt;
}

std::uint64_t read_seed(const Table& top, ProblemList& problems) {
    const Member* seed = member(top, "seed");
    if (!seed) {
        problems.add({}, "seed",
                     "seed is missing (every random number follows from it) write for "
                     "instance seed = 2026");
        return 0;
    }
    const std::optional<std::uint64_t> number = seed_of(seed->value);
    if (!number) {
        problems.add(seed->value.place, "seed",
                     fmt::format("seed = {} is not a whole number from 0 to 18446744073709551615",
                                 shown(seed->value)));
    }
    return number.value_or(0);
}

std::size_t replicates_in(const Node& node, const char* path, ProblemList& problems) {
    const auto* number = std::get_if<std::int64_t>(&node.value);
    if (number && *number >= 1 && *number <= most_replicates) {
        return static_cast<std::size_t>(*number);
    }
    problems.add(node.place, path,
                 fmt::format("{} = {} is not a whole number in [1, {}] (runs of each arm)", path,
                             shown(node), most_replicates));
    return 1;
}

std::size_t read_replicates(const Table& top, ProblemList& problems) {
    const Member* replicates = member(top, "replicates");
    if (!replicates) return 1;
    const Table* stopping = replicates->value.table();
    if (!stopping) return replicates_in(replicates->value, "replicates", problems);
    if (const Member* most = member(*stopping, "max")) {
        const bool was_clean = problems.empty();
        const std::size_t count = replicates_in(most->value, "replicates.max", problems);
        if (count >= first_look || (was_clean && !problems.empty())) return count;
        problems.add(most->value.place, "replicates.max",
                     fmt::format("replicates.max = {} (a study asks for the first time after {} "
                                 "replicates whether it has enough: fewer give intervals too "
                                 "narrow) raise it, or write replicates = {}",
                                 count, first_look, count));
        return count;
    }
    problems.add(replicates->value.place, "replicates.max",
                 "replicates.max is missing (the study must end even if it is never precise "
                 "enough) add max = 2000 or another number");
    return 1;
}

}

const std::vector<std::string>& head_keys() {
    static const std::vector<std::string> keys{"arm",    "cercle",     "claim", "design",
                                               "factor", "replicates", "seed",  "title"};
    return keys;
}

Scenario read_head(const Table& top, ProblemList& problems) {
    check_version(top, problems);
    Scenario scenario;
    scenario.title = read_title(top, problems);
    scenario.seed = read_seed(top, problems);
    scenario.replicates = read_replicates(top, problems);
    return scenario;
}

}
