#include "scenarios/tie_gathering.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace cercle::scenarios {
namespace {

constexpr std::size_t fewest_mutual_pairs = 10;
constexpr std::size_t mutual_share = 10; ///< one pair in so many

auto ends(const PlacedTie& placed) { return std::tuple(placed.tie.from, placed.tie.to); }

float merged(std::span<const PlacedTie> same, Duplicates duplicates) {
    double sum = 0.0;
    float most = 0.0F;
    for (const PlacedTie& placed : same) {
        sum += double{placed.tie.weight};
        most = std::max(most, placed.tie.weight);
    }
    if (duplicates == Duplicates::max) return most;
    if (duplicates == Duplicates::sum) return static_cast<float>(sum);
    return static_cast<float>(sum / static_cast<double>(same.size()));
}

std::string sentence(const FileTie& again, const FileTie& first) {
    return fmt::format("tie {} - {} is there twice (weight {} here, {} on line {}{})", again.from,
                       again.to, again.weight, first.weight, first.line,
                       again.from == first.from ? "" : ", from the other end");
}

/// How to get on, said once: with the first pair that is named twice.
std::string advice(const FileTie& again, const FileTie& first, const Gathering& how) {
    if (how.parameter.empty()) return "; leave one";
    return fmt::format("; leave one, or set {} (cercle network: --duplicates) to \"mean\", \"sum\" "
                       "or \"max\"{}",
                       how.parameter,
                       again.from == first.from
                           ? ""
                           : ", or network.colleague.direction (--direction) to \"directed\" "
                             "if ties point from one to the other");
}

}

bool look_directed(std::span<const PlacedTie> ties) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> named;
    for (const PlacedTie& placed : ties) named.emplace_back(placed.tie.from, placed.tie.to);
    std::ranges::sort(named);
    const auto [last, end] = std::ranges::unique(named);
    named.erase(last, end);
    std::size_t mutual = 0; // counted from both ends
    for (const auto& [from, to] : named) {
        mutual += std::ranges::binary_search(named, std::pair(to, from)) ? 1 : 0;
    }
    mutual /= 2;
    const std::size_t pairs = named.size() - mutual;
    return mutual >= fewest_mutual_pairs && mutual * mutual_share >= pairs;
}

std::vector<sim::Tie> gathered(std::vector<PlacedTie> ties, const Gathering& how,
                               const std::string& file, sim::FileProblems& problems) {
    for (PlacedTie& placed : ties) {
        if (!how.directed && placed.tie.from > placed.tie.to) {
            std::swap(placed.tie.from, placed.tie.to);
        }
    }
    std::ranges::stable_sort(ties, {}, ends);
    std::vector<sim::Tie> result;
    std::vector<std::pair<const FileTie*, const FileTie*>> repeated; // again, first
    for (std::size_t first = 0, next = 0; first < ties.size(); first = next) {
        while (next < ties.size() && ends(ties[next]) == ends(ties[first])) ++next;
        const std::span<const PlacedTie> same(ties.data() + first, next - first);
        result.push_back({ties[first].tie.from, ties[first].tie.to, merged(same, how.duplicates)});
        if (how.duplicates != Duplicates::refuse) continue;
        for (const PlacedTie& again : same.subspan(1)) {
            repeated.emplace_back(again.source, ties[first].source);
        }
    }
    std::ranges::sort(repeated, {}, [](const auto& pair) { return pair.first->line; });
    for (const auto& [again, first] : repeated) {
        const bool is_first = again == repeated.front().first;
        problems.add(file, again->line,
                     sentence(*again, *first) + (is_first ? advice(*again, *first, how) : ""));
    }
    return result;
}

}
