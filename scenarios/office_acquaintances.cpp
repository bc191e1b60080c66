#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <unordered_set>

#include "models/draws.hpp"
#include "scenarios/office_draw.hpp"
#include "scenarios/office_pairs.hpp"
#include "scenarios/search.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::scenarios {
namespace {

using PersonIndex = std::uint32_t;

/// The people of an office: where each department starts, and how active everyone is.
struct Office {
    std::vector<std::size_t> start;
    std::vector<double> activity;
};

/// Efraimidis and Spirakis 2006: the pairs with the smallest exponential waiting times.
void draw_from_all(const Office& people, const OfficeFigures& office, const DepartmentPair& pair,
                   sim::Stream& stream, std::vector<sim::Tie>& ties) {
    std::vector<std::pair<double, sim::Tie>> waiting;
    const std::size_t end = people.start[pair.one] + office.people[pair.one];
    for (std::size_t one = people.start[pair.one]; one < end; ++one) {
        const std::size_t first = pair.one == pair.other ? one + 1 : people.start[pair.other];
        const std::size_t last = people.start[pair.other] + office.people[pair.other];
        for (std::size_t other = first; other < last; ++other) {
            const double rate = people.activity[one] * people.activity[other];
            waiting.emplace_back(-std::log1p(-stream.uniform()) / rate,
                                 sim::Tie{PersonIndex(one), PersonIndex(other)});
        }
    }
    std::ranges::stable_sort(waiting, {}, [](const auto& pair_of) { return pair_of.first; });
    for (std::size_t i = 0; i < pair.ties; ++i) ties.push_back(waiting[i].second);
}

/// The same law for departments with many more pairs than ties: one after the other, doubles
/// thrown away.
void draw_few(const Office& people, const OfficeFigures& office, const DepartmentPair& pair,
              sim::Stream& stream, std::vector<sim::Tie>& ties) {
    const auto cumulated = [&](std::size_t department) {
        const auto first =
            people.activity.begin() + static_cast<std::ptrdiff_t>(people.start[department]);
        std::vector<double> sums(office.people[department]);
        std::partial_sum(first, first + static_cast<std::ptrdiff_t>(sums.size()), sums.begin());
        return sums;
    };
    const std::vector<double> ones = cumulated(pair.one);
    const std::vector<double> others = cumulated(pair.other);
    const auto someone = [&](const std::vector<double>& sums) {
        const auto found = std::ranges::upper_bound(sums, stream.uniform() * sums.back());
        return std::min<std::size_t>(static_cast<std::size_t>(found - sums.begin()),
                                     sums.size() - 1);
    };
    std::unordered_set<std::uint64_t> taken;
    while (taken.size() < pair.ties) {
        const auto one = PersonIndex(people.start[pair.one] + someone(ones));
        const auto other = PersonIndex(people.start[pair.other] + someone(others));
        const auto [low, high] = std::minmax(one, other);
        if (low == high) continue;
        if (taken.insert((std::uint64_t{low} << 32) | high).second) ties.push_back({low, high});
    }
}

std::vector<sim::Tie> ties_among(const Office& people, const OfficeFigures& office,
                                 std::uint64_t seed) {
    std::vector<sim::Tie> ties;
    std::uint64_t number = 0;
    for (const DepartmentPair& pair : department_pairs(office)) {
        sim::Stream stream(seed, sim::Draw::network_colleague, 100 + number++);
        if (pair.ties == 0) continue;
        const bool dense = pair.pairs <= 8 * pair.ties;
        (dense ? draw_from_all : draw_few)(people, office, pair, stream, ties);
    }
    std::ranges::sort(ties, {}, [](const sim::Tie& tie) { return std::tuple(tie.from, tie.to); });
    return ties;
}

double degree_cv(const std::vector<sim::Tie>& ties, std::size_t people) {
    std::vector<double> degrees(people, 0.0);
    for (const sim::Tie& tie : ties) {
        degrees[tie.from] += 1.0;
        degrees[tie.to] += 1.0;
    }
    return sim::spread(degrees).cv;
}

}

std::vector<sim::Tie> draw_acquaintances(const OfficeFigures& office, std::uint64_t seed) {
    Office people;
    std::size_t count = 0;
    for (const std::size_t heads : office.people) {
        people.start.push_back(count);
        count += heads;
    }
    sim::Stream stream(seed, sim::Draw::network_colleague, 0);
    const std::vector<double> spread = shuffled(normal_quantiles(count), stream);
    const auto drawn = [&](double activity_log_sd) {
        people.activity.clear();
        for (const double z : spread) people.activity.push_back(std::exp(activity_log_sd * z));
        return ties_among(people, office, seed);
    };
    const double log_sd = nearest_argument({.low = 0.0, .high = 2.0, .target = office.degree_cv},
                                           [&](double x) { return degree_cv(drawn(x), count); });
    return drawn(log_sd);
}

}
