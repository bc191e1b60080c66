#include "scenarios/office_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/special_functions/erf.hpp>

namespace cercle::scenarios {

std::vector<DepartmentPair> department_pairs(const OfficeFigures& office) {
    std::vector<DepartmentPair> list;
    for (std::size_t one = 0; one < office.people.size(); ++one) {
        for (std::size_t other = one; other < office.people.size(); ++other) {
            const std::size_t pairs = one == other
                                          ? office.people[one] * (office.people[one] - 1) / 2
                                          : office.people[one] * office.people[other];
            list.push_back({.one = one,
                            .other = other,
                            .pairs = office.people[one] == 0 ? 0 : pairs,
                            .ties = office.ties[one][other],
                            .contacts = office.contacts[one][other]});
        }
    }
    return list;
}

std::vector<std::uint32_t> department_of_people(const OfficeFigures& office) {
    std::vector<std::uint32_t> department;
    for (std::size_t which = 0; which < office.people.size(); ++which) {
        department.insert(department.end(), office.people[which],
                          static_cast<std::uint32_t>(which));
    }
    return department;
}

std::vector<std::size_t> shared_out(std::size_t total, const std::vector<double>& parts) {
    const double sum = std::accumulate(parts.begin(), parts.end(), 0.0);
    std::vector<std::size_t> shares(parts.size(), 0);
    if (sum <= 0.0) return shares;
    std::vector<double> remainders(parts.size());
    std::size_t given = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const double exact = static_cast<double>(total) * (parts[i] / sum);
        shares[i] = static_cast<std::size_t>(exact);
        remainders[i] = exact - std::floor(exact);
        given += shares[i];
    }
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; given < total; i = (i + 1) % order.size()) {
        if (parts[order[i]] <= 0.0) continue;
        ++shares[order[i]];
        ++given;
    }
    return shares;
}

std::vector<double> normal_quantiles(std::size_t count) {
    std::vector<double> quantiles(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
        quantiles[i] = std::sqrt(2.0) * boost::math::erf_inv(2.0 * share - 1.0);
    }
    return quantiles;
}

}
