#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenarios/office_figures.hpp"
#include "scenarios/office_pairs.hpp"

namespace cercle::scenarios {
namespace {

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// Departments with people in them only, each with its new head count and old figures.
OfficeFigures with_heads(const OfficeFigures& office, const std::vector<std::size_t>& heads) {
    OfficeFigures result = office;
    result.departments.clear();
    result.people.clear();
    result.ties.clear();
    result.contacts.clear();
    for (std::size_t one = 0; one < heads.size(); ++one) {
        if (heads[one] == 0) continue;
        result.departments.push_back(office.departments[one]);
        result.people.push_back(heads[one]);
        auto& ties = result.ties.emplace_back();
        auto& contacts = result.contacts.emplace_back();
        for (std::size_t other = 0; other < heads.size(); ++other) {
            if (heads[other] == 0) continue;
            ties.push_back(office.ties[one][other]);
            contacts.push_back(office.contacts[one][other]);
        }
    }
    return result;
}

/// Shares ties out in proportion to `wanted`, no pair of departments getting more than it has pairs
/// of people; what does not fit goes to the others.
std::vector<std::size_t> fitting_ties(std::size_t total, const std::vector<DepartmentPair>& pairs,
                                      const std::vector<double>& wanted) {
    std::vector<std::size_t> ties(pairs.size(), 0);
    std::size_t left = total;
    for (int round = 0; left > 0; ++round) {
        std::vector<double> parts(pairs.size(), 0.0);
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const auto room = static_cast<double>(pairs[i].pairs - ties[i]);
            // Later rounds fill whatever room there is.
            parts[i] = round < 8 && room > 0.0 ? wanted[i] : room;
        }
        if (std::accumulate(parts.begin(), parts.end(), 0.0) <= 0.0) continue;
        const std::vector<std::size_t> more = shared_out(left, parts);
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const std::size_t added = std::min(more[i], pairs[i].pairs - ties[i]);
            ties[i] += added;
            left -= added;
        }
    }
    return ties;
}

}

OfficeFigures scaled(const OfficeFigures& office, std::size_t people) {
    const std::size_t before =
        std::accumulate(office.people.begin(), office.people.end(), std::size_t{0});
    if (people == before) return office;
    const std::vector<double> sizes(office.people.begin(), office.people.end());
    const std::vector<std::size_t> heads = shared_out(people, sizes);
    OfficeFigures result = with_heads(office, heads);

    std::vector<double> growth; // of each department that is left
    for (std::size_t which = 0; which < heads.size(); ++which) {
        if (heads[which] > 0) growth.push_back(share(heads[which], office.people[which]));
    }
    const std::vector<DepartmentPair> pairs = department_pairs(result);
    std::vector<double> wanted;
    for (const DepartmentPair& pair : pairs) {
        wanted.push_back(static_cast<double>(pair.ties) * (growth[pair.one] + growth[pair.other]) /
                         2.0);
    }
    std::size_t ties_before = 0;
    std::size_t contacts_before = 0;
    for (const DepartmentPair& pair : department_pairs(office)) {
        ties_before += pair.ties;
        contacts_before += pair.contacts;
    }
    const double wished = std::round(static_cast<double>(ties_before) * share(people, before));
    const std::size_t total = std::min(static_cast<std::size_t>(wished), people * (people - 1) / 2);
    const std::vector<std::size_t> ties = fitting_ties(total, pairs, wanted);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const double per_tie = pairs[i].ties > 0 ? share(pairs[i].contacts, pairs[i].ties)
                                                 : share(contacts_before, ties_before);
        const auto contacts = static_cast<std::size_t>(
            std::round(std::max(1.0, per_tie) * static_cast<double>(ties[i])));
        result.ties[pairs[i].one][pairs[i].other] = ties[i];
        result.ties[pairs[i].other][pairs[i].one] = ties[i];
        result.contacts[pairs[i].one][pairs[i].other] = contacts;
        result.contacts[pairs[i].other][pairs[i].one] = contacts;
    }
    return result;
}

}
