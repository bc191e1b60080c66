#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "models/draws.hpp"
#include "scenarios/office_draw.hpp"
#include "scenarios/office_pairs.hpp"
#include "scenarios/search.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::scenarios {
namespace {

/// Standard deviations beyond which ties are not spread: a hundred ties or so of a pair of
/// departments, as many as were measured, tell no more of the tail.
constexpr double end_of_tail = 2.5;

/// The raw chances from which contacts are made, the same for every try of a spread.
struct Chances {
    std::vector<double> of_tie;    ///< standard normal
    std::vector<double> of_person; ///< standard normal: who meets often whom they meet
    std::vector<DepartmentPair> pairs;
    std::vector<std::vector<std::size_t>> ties_of_pair; ///< places in the list of ties
};

/// How strongly contacts vary from tie to tie and from person to person (sd of logarithms).
struct Spreads {
    double of_ties = 1.0;
    double of_people = 0.0;
};

Chances chances(const std::vector<sim::Tie>& ties, const OfficeFigures& office,
                sim::Stream stream) {
    const std::vector<std::uint32_t> department = department_of_people(office);
    Chances result{.of_tie = std::vector<double>(ties.size()),
                   .of_person = shuffled(normal_quantiles(department.size()), stream),
                   .pairs = department_pairs(office),
                   .ties_of_pair = {}};
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> number;
    for (const DepartmentPair& pair : result.pairs) {
        number.emplace(std::pair(pair.one, pair.other), number.size());
    }
    result.ties_of_pair.resize(number.size());
    for (std::size_t i = 0; i < ties.size(); ++i) {
        // People are numbered department by department: the smaller end is in the earlier one.
        const std::pair<std::size_t, std::size_t> ends(department[ties[i].from],
                                                       department[ties[i].to]);
        result.ties_of_pair[number.at(ends)].push_back(i);
    }
    for (const std::vector<std::size_t>& members : result.ties_of_pair) {
        const std::vector<double> normal = shuffled(normal_quantiles(members.size()), stream);
        for (std::size_t k = 0; k < members.size(); ++k)
            result.of_tie[members[k]] = std::clamp(normal[k], -end_of_tail, end_of_tail);
    }
    return result;
}

/// Shares whole contacts out in proportion to propensities, at least one for each.
std::vector<std::size_t> at_least_one_each(std::size_t total, std::vector<double> propensity) {
    // Raising the small ones to one contact takes from the others, so that more become small.
    std::size_t small = 0;
    for (bool more = true; more;) {
        more = false;
        const double sum = std::accumulate(propensity.begin(), propensity.end(), 0.0);
        for (double& part : propensity) {
            if (part <= 0.0 || part / sum * static_cast<double>(total - small) >= 1.0) continue;
            part = 0.0;
            more = true;
        }
        small = static_cast<std::size_t>(std::ranges::count(propensity, 0.0));
    }
    std::vector<std::size_t> shares = shared_out(total - small, propensity);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (propensity[i] == 0.0) shares[i] = 1;
    }
    return shares;
}

/// Gives the ties of each pair of departments its contacts.
void share(std::vector<sim::Tie>& ties, const Chances& chances, const Spreads& spreads) {
    std::vector<double> propensity;
    for (std::size_t which = 0; which < chances.pairs.size(); ++which) {
        const std::vector<std::size_t>& members = chances.ties_of_pair[which];
        if (members.empty()) continue;
        propensity.clear();
        for (const std::size_t i : members) {
            const double of_both = chances.of_person[ties[i].from] + chances.of_person[ties[i].to];
            propensity.push_back(
                std::exp(spreads.of_ties * chances.of_tie[i] + spreads.of_people * of_both));
        }
        const std::vector<std::size_t> shares =
            at_least_one_each(chances.pairs[which].contacts, propensity);
        for (std::size_t k = 0; k < members.size(); ++k) {
            ties[members[k]].weight = static_cast<float>(shares[k]);
        }
    }
}

double strength_cv(const std::vector<sim::Tie>& ties, std::size_t people) {
    std::vector<double> strengths(people, 0.0);
    for (const sim::Tie& tie : ties) {
        strengths[tie.from] += double{tie.weight};
        strengths[tie.to] += double{tie.weight};
    }
    return sim::spread(strengths).cv;
}

double log_sd(const std::vector<sim::Tie>& ties) {
    double sum = 0.0;
    double squares = 0.0;
    for (const sim::Tie& tie : ties) {
        const double log = std::log(double{tie.weight});
        sum += log;
        squares += log * log;
    }
    const auto n = static_cast<double>(ties.size());
    return std::sqrt(std::max(0.0, squares / n - sum / n * (sum / n)));
}

/// Fits the spreads and shares the contacts; the spread of contacts over people that came out.
double fit(std::vector<sim::Tie>& ties, const OfficeFigures& office, const Chances& raw) {
    const std::size_t people = raw.of_person.size();
    Spreads spreads{.of_ties = office.contact_log_sd, .of_people = 0.0};
    // The two spreads act on both figures; they are fitted in turn.
    for (int round = 0; round < 4; ++round) {
        const auto cv_at = [&](double of_people) {
            share(ties, raw, {.of_ties = spreads.of_ties, .of_people = of_people});
            return strength_cv(ties, people);
        };
        spreads.of_people =
            nearest_argument({.low = 0.0, .high = 3.0, .target = office.strength_cv}, cv_at);
        const auto log_sd_at = [&](double of_ties) {
            share(ties, raw, {.of_ties = of_ties, .of_people = spreads.of_people});
            return log_sd(ties);
        };
        spreads.of_ties =
            nearest_argument({.low = 0.0, .high = 4.0, .target = office.contact_log_sd}, log_sd_at);
    }
    share(ties, raw, spreads);
    return strength_cv(ties, people);
}

}

void share_contacts(std::vector<sim::Tie>& ties, const OfficeFigures& office, std::uint64_t seed) {
    if (ties.empty()) return;
    // Where the strongest ties happen to meet in one person no spread fits: then chance tries
    // again.
    constexpr std::uint64_t most_tries = 6;
    constexpr double close_enough = 0.05; // relative
    std::vector<sim::Tie> nearest = ties;
    double nearest_miss = std::numeric_limits<double>::infinity();
    for (std::uint64_t i = 0; i < most_tries && nearest_miss > close_enough * office.strength_cv;
         ++i) {
        const sim::Stream stream(seed, sim::Draw::network_colleague, 2 + i);
        const double miss =
            std::abs(fit(ties, office, chances(ties, office, stream)) - office.strength_cv);
        if (miss >= nearest_miss) continue;
        nearest = ties;
        nearest_miss = miss;
    }
    ties = std::move(nearest);
}

}
