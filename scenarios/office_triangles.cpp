#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "models/draws.hpp"
#include "scenarios/office_draw.hpp"
#include "scenarios/office_pairs.hpp"
#include "sim/random.hpp"

namespace cercle::scenarios {
namespace {

using PersonIndex = std::uint32_t;

/// Of so many random candidates the best is proposed; with one, large offices take minutes.
constexpr int candidates = 6;

/// Who knows whom, while ties are being swapped; lists are short and ascending.
class Acquaintances {
public:
    Acquaintances(std::size_t people, const std::vector<sim::Tie>& ties) : known_(people) {
        for (const sim::Tie& tie : ties) tie_up(tie.from, tie.to);
    }
    const std::vector<PersonIndex>& of(PersonIndex someone) const { return known_[someone]; }
    bool are_tied(PersonIndex one, PersonIndex other) const {
        return std::ranges::binary_search(known_[one], other);
    }
    void tie_up(PersonIndex one, PersonIndex other) {
        insert(known_[one], other);
        insert(known_[other], one);
    }
    void part(PersonIndex one, PersonIndex other) {
        erase(known_[one], other);
        erase(known_[other], one);
    }
    std::int64_t common(PersonIndex one, PersonIndex other) const {
        std::int64_t count = 0;
        auto a = known_[one].begin();
        auto b = known_[other].begin();
        while (a != known_[one].end() && b != known_[other].end()) {
            if (*a < *b) {
                ++a;
            } else if (*b < *a) {
                ++b;
            } else {
                ++count, ++a, ++b;
            }
        }
        return count;
    }

private:
    static void insert(std::vector<PersonIndex>& list, PersonIndex someone) {
        list.insert(std::ranges::lower_bound(list, someone), someone);
    }
    static void erase(std::vector<PersonIndex>& list, PersonIndex someone) {
        list.erase(std::ranges::lower_bound(list, someone));
    }
    std::vector<std::vector<PersonIndex>> known_;
};

/// Ties (i, a) and (k, b) become (i, k) and (a, b).
struct Swap {
    PersonIndex i, a, k, b;
};

/// Triangles gained by a swap, which is made.
std::int64_t make(const Swap& swap, Acquaintances& circle) {
    std::int64_t gained = 0;
    gained -= circle.common(swap.i, swap.a);
    circle.part(swap.i, swap.a);
    gained -= circle.common(swap.k, swap.b);
    circle.part(swap.k, swap.b);
    gained += circle.common(swap.i, swap.k);
    circle.tie_up(swap.i, swap.k);
    gained += circle.common(swap.a, swap.b);
    circle.tie_up(swap.a, swap.b);
    return gained;
}

/// Proposes swaps that introduce a friend of a friend: k, with whom i has much in common, in place
/// of a, with whom little. `a` sits in the department of k and `b` in that of i, so that the ties
/// between departments stay as many as they were.
class Matchmaker {
public:
    Matchmaker(const std::vector<std::uint32_t>& department, sim::Stream& stream)
        : department_(department), stream_(stream) {}

    bool propose(const Acquaintances& circle, Swap& swap) {
        swap.i = static_cast<PersonIndex>(stream_.below(department_.size()));
        if (circle.of(swap.i).empty()) return false;
        const PersonIndex friend_of_i = one_of(circle.of(swap.i));
        if (!closest(circle, {swap.i, friend_of_i}, swap.k)) return false;
        if (!loosest(circle, {swap.i, swap.k}, swap.a)) return false;
        if (!loosest(circle, {swap.k, swap.i}, swap.b)) return false;
        return swap.a != swap.b && swap.a != swap.k && swap.b != swap.i &&
               !circle.are_tied(swap.a, swap.b);
    }

private:
    struct Pair {
        PersonIndex whose, other;
    };
    PersonIndex one_of(const std::vector<PersonIndex>& list) {
        return list[stream_.below(list.size())];
    }

    /// A friend of `other` with most in common with `whose`, whom they do not know.
    bool closest(const Acquaintances& circle, Pair pair, PersonIndex& chosen) {
        std::int64_t most = 0;
        for (int i = 0; i < candidates; ++i) {
            const PersonIndex rival = one_of(circle.of(pair.other));
            if (rival == pair.whose || circle.are_tied(pair.whose, rival)) continue;
            const std::int64_t common = circle.common(pair.whose, rival);
            if (common <= most) continue;
            most = common;
            chosen = rival;
        }
        return most > 0;
    }
    /// A friend of `whose`, in the department of `other`, with least in common with `whose`.
    bool loosest(const Acquaintances& circle, Pair pair, PersonIndex& chosen) {
        colleagues_.clear();
        for (const PersonIndex someone : circle.of(pair.whose)) {
            if (department_[someone] == department_[pair.other]) colleagues_.push_back(someone);
        }
        if (colleagues_.empty()) return false;
        std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
        for (int i = 0; i < candidates; ++i) {
            const PersonIndex rival = one_of(colleagues_);
            const std::int64_t common = circle.common(pair.whose, rival);
            if (common >= fewest) continue;
            fewest = common;
            chosen = rival;
        }
        return true;
    }
    const std::vector<std::uint32_t>& department_;
    sim::Stream& stream_;
    std::vector<PersonIndex> colleagues_;
};

std::vector<sim::Tie> ties_of(const Acquaintances& circle, std::size_t people) {
    std::vector<sim::Tie> ties;
    for (PersonIndex one = 0; one < people; ++one) {
        for (const PersonIndex other : circle.of(one)) {
            if (one < other) ties.push_back({one, other});
        }
    }
    return ties;
}

}

void close_triangles(std::vector<sim::Tie>& ties, const OfficeFigures& office, std::uint64_t seed) {
    const std::vector<std::uint32_t> department = department_of_people(office);
    Acquaintances circle(department.size(), ties);
    double triples = 0.0; // unordered pairs of people with someone in common, once per someone
    std::int64_t triangles = 0;
    for (PersonIndex someone = 0; someone < department.size(); ++someone) {
        const auto degree = static_cast<double>(circle.of(someone).size());
        triples += degree * (degree - 1.0) / 2.0;
    }
    for (const sim::Tie& tie : ties) triangles += circle.common(tie.from, tie.to);
    triangles /= 3;
    const auto wanted = static_cast<std::int64_t>(std::round(office.transitivity * triples / 3.0));

    sim::Stream stream(seed, sim::Draw::network_colleague, 1);
    Matchmaker matchmaker(department, stream);
    const std::size_t most_proposals = 200 * ties.size();
    for (std::size_t i = 0; i < most_proposals && triangles != wanted; ++i) {
        Swap swap{};
        if (!matchmaker.propose(circle, swap)) continue;
        const std::int64_t gained = make(swap, circle);
        if (std::abs(triangles + gained - wanted) <= std::abs(triangles - wanted)) {
            triangles += gained;
        } else {
            make({.i = swap.i, .a = swap.k, .k = swap.a, .b = swap.b}, circle); // takes it back
        }
    }
    ties = ties_of(circle, department.size());
}

}
