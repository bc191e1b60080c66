#include "scenarios/design.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>

#include <boost/random/sobol.hpp>

#include "models/draws.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {

namespace {

/// Shares in [0, 1) of every factor at every point, before they become entries.
using Shares = std::vector<double>;

std::vector<double> entries_of(const Shares& shares, const std::vector<Factor>& factors) {
    std::vector<double> matrix;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        matrix.push_back(factors[i % factors.size()].entry_at(shares[i]));
    }
    return matrix;
}

sim::Stream stream_of(const DesignMethod& method, std::uint64_t part) {
    return {method.seed, sim::Draw::design, part};
}

Shares random_shares(const DesignMethod& method, std::size_t factors) {
    sim::Stream stream = stream_of(method, 0);
    Shares shares(method.size * factors);
    for (double& share : shares) share = stream.uniform();
    return shares;
}

/// Latin hypercube: each factor's range is cut into as many slices as there are points, and each
/// slice holds one of them (McKay, Beckman & Conover 1979).
Shares latin_shares(const DesignMethod& method, std::size_t factors) {
    Shares shares(method.size * factors);
    for (std::size_t factor = 0; factor < factors; ++factor) {
        sim::Stream stream = stream_of(method, factor + 1);
        std::vector<std::size_t> slice(method.size);
        std::iota(slice.begin(), slice.end(), 0U);
        for (std::size_t i = method.size; i > 1; --i)
            std::swap(slice[i - 1], slice[stream.below(i)]);
        for (std::size_t point = 0; point < method.size; ++point) {
            shares[point * factors + factor] =
                (static_cast<double>(slice[point]) + stream.uniform()) /
                static_cast<double>(method.size);
        }
    }
    return shares;
}

/// Sobol's sequence (Joe & Kuo 2008, as in Boost.Random), each dimension shifted by a random amount
/// (Cranley & Patterson 1976), so that another design seed gives another sample.
Shares sobol_shares(const DesignMethod& method, std::size_t points, std::size_t dimensions) {
    boost::random::sobol sequence(dimensions);
    sim::Stream stream = stream_of(method, 0);
    std::vector<double> shift(dimensions);
    for (double& by : shift) by = stream.uniform();
    Shares shares(points * dimensions);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        // Boost leaves out the first point, 0, without which 2^k points are no net.
        const double drawn = i < dimensions ? 0.0 : static_cast<double>(sequence()) * 0x1p-64;
        const double at = drawn + shift[i % dimensions];
        shares[i] = at - std::floor(at);
    }
    return shares;
}

/// Saltelli's scheme (Saltelli et al. 2010): N rows of A, N of B, and for each factor N of A with
/// that factor's column taken from B; one row of each after the other.
Shares saltelli_shares(const DesignMethod& method, std::size_t factors) {
    const Shares both = sobol_shares(method, method.size, 2 * factors);
    Shares shares;
    for (std::size_t row = 0; row < method.size; ++row) {
        const double* a = both.data() + row * 2 * factors;
        const double* b = a + factors;
        for (std::size_t block = 0; block < factors + 2; ++block) {
            for (std::size_t factor = 0; factor < factors; ++factor) {
                const bool from_b = block == 1 || block == factor + 2;
                shares.push_back(from_b ? b[factor] : a[factor]);
            }
        }
    }
    return shares;
}

/// Morris' trajectories (1991): from a random corner of the grid, one factor after the other moves
/// by p / (2 (p - 1)) of its range, up or down.
Shares morris_shares(const DesignMethod& method, std::size_t factors) {
    const auto cuts = static_cast<double>(method.levels - 1);
    const double jump = static_cast<double>(method.levels) / (2.0 * cuts);
    Shares shares;
    for (std::size_t trajectory = 0; trajectory < method.size; ++trajectory) {
        sim::Stream stream = stream_of(method, trajectory);
        std::vector<double> at(factors);
        std::vector<std::size_t> order(factors);
        std::iota(order.begin(), order.end(), 0U);
        for (double& position : at) {
            position = static_cast<double>(stream.below(method.levels)) / cuts;
        }
        for (std::size_t i = factors; i > 1; --i) std::swap(order[i - 1], order[stream.below(i)]);
        shares.insert(shares.end(), at.begin(), at.end());
        for (const std::size_t factor : order) {
            at[factor] += at[factor] + jump <= 1.0 + 1e-9 ? jump : -jump;
            shares.insert(shares.end(), at.begin(), at.end());
        }
    }
    return shares;
}

std::vector<double> grid(const std::vector<Factor>& factors) {
    std::size_t points = 1;
    for (const Factor& factor : factors) points *= factor.count();
    std::vector<double> matrix;
    for (std::size_t point = 0; point < points; ++point) {
        std::size_t after = points;
        for (const Factor& factor : factors) {
            after /= factor.count();
            matrix.push_back(factor.entry(point / after % factor.count()));
        }
    }
    return matrix;
}

std::vector<double> zip(const std::vector<Factor>& factors) {
    std::vector<double> matrix;
    for (std::size_t point = 0; point < factors.front().count(); ++point) {
        for (const Factor& factor : factors) matrix.push_back(factor.entry(point));
    }
    return matrix;
}

/// One factor at a time: the arms as they are, then each level of each factor alone.
std::vector<double> one_at_a_time(const std::vector<Factor>& factors) {
    std::vector<double> matrix(factors.size(), as_given);
    for (std::size_t which = 0; which < factors.size(); ++which) {
        for (std::size_t i = 0; i < factors[which].count(); ++i) {
            for (std::size_t other = 0; other < factors.size(); ++other) {
                matrix.push_back(other == which ? factors[which].entry(i) : as_given);
            }
        }
    }
    return matrix;
}

/// Every way to let the first arm keep its own mechanisms (1) or take those of the second (0); the
/// second arm does the opposite, so half of all subsets are points. The first point changes
/// nothing.
std::vector<double> toggles(std::size_t factors) {
    const std::size_t points = std::size_t{1} << (factors - 1);
    std::vector<double> matrix;
    for (std::size_t point = 0; point < points; ++point) {
        for (std::size_t factor = 0; factor < factors; ++factor) {
            matrix.push_back(((point >> factor) & 1U) != 0 ? 0.0 : 1.0);
        }
    }
    return matrix;
}

/// The mixtures met on the way along some orders: first the arms as they are, then what the first k
/// mechanisms of an order are the first arm's, each mixture once.
std::vector<double> toggles_along(const std::vector<std::vector<std::size_t>>& orders) {
    const std::size_t factors = orders.front().size();
    std::set<std::vector<double>> known;
    std::vector<double> matrix;
    const auto add = [&](const std::vector<double>& point) {
        if (known.insert(point).second) matrix.insert(matrix.end(), point.begin(), point.end());
    };
    add(std::vector<double>(factors, 1.0));
    for (const std::vector<std::size_t>& order : orders) {
        std::vector<double> point(factors, 0.0);
        for (std::size_t k = 0; k + 1 < factors; ++k) {
            point[order[k]] = 1.0;
            add(point);
        }
    }
    return matrix;
}

}

std::vector<std::vector<std::size_t>> toggle_orders(const DesignMethod& method,
                                                    std::size_t factors) {
    sim::Stream stream = stream_of(method, 0);
    std::vector<std::vector<std::size_t>> orders(method.size, std::vector<std::size_t>(factors));
    for (std::vector<std::size_t>& order : orders) {
        std::iota(order.begin(), order.end(), std::size_t{0});
        for (std::size_t k = factors; k > 1; --k) std::swap(order[k - 1], order[stream.below(k)]);
    }
    return orders;
}

bool DesignMethod::is_drawn() const {
    constexpr std::array drawn{"random", "lhs", "sobol", "saltelli", "morris", "toggles"};
    return std::ranges::find(drawn, name) != drawn.end();
}

bool Factor::is_nominal() const {
    return levels.size() > 2 && !std::holds_alternative<double>(levels.front());
}

double Factor::entry(std::size_t i) const {
    if (is_range()) {
        return entry_at(steps > 1 ? static_cast<double>(i) / static_cast<double>(steps - 1) : 0.5);
    }
    const double* number = std::get_if<double>(&levels[i]);
    return number ? *number : static_cast<double>(i);
}

double Factor::entry_at(double u) const {
    if (!is_range()) {
        const auto i = static_cast<std::size_t>(u * static_cast<double>(levels.size()));
        return entry(std::min(i, levels.size() - 1));
    }
    if (whole && !logarithmic) return std::min(high, low + std::floor(u * (high - low + 1.0)));
    if (u == 1.0) return high; // to the bit
    const double value = logarithmic ? low * std::pow(high / low, u) : low + u * (high - low);
    return whole ? std::round(value) : value;
}

sim::Value Factor::value(double entry) const {
    if (is_range() || std::holds_alternative<double>(levels.front())) return entry;
    return levels[static_cast<std::size_t>(entry)];
}

double points_of(const DesignMethod& method, const std::vector<Factor>& factors) {
    const auto size = static_cast<double>(method.size);
    const auto count = static_cast<double>(factors.size());
    if (method.name == "grid") {
        double points = 1.0;
        for (const Factor& factor : factors) points *= static_cast<double>(factor.count());
        return points;
    }
    if (method.name == "zip") return static_cast<double>(factors.front().count());
    if (method.name == "oat") {
        double points = 1.0;
        for (const Factor& factor : factors) points += static_cast<double>(factor.count());
        return points;
    }
    if (method.name == "saltelli") return size * (count + 2.0);
    if (method.name == "morris") return size * (count + 1.0);
    if (method.name == "toggles") {
        return method.size == 0 ? std::pow(2.0, count - 1.0) : 1.0 + size * (count - 1.0);
    }
    return size;
}

Design make_design(const DesignMethod& method, std::vector<Factor> factors,
                   std::vector<double> rows) {
    Design design{.method = method, .factors = std::move(factors), .matrix = std::move(rows)};
    const std::size_t count = design.factors.size();
    if (method.name == "none" || method.name == "list" || method.name == "table") return design;
    sim::expects(count > 0, "make_design: a design has factors");
    if (method.name == "grid") {
        design.matrix = grid(design.factors);
    } else if (method.name == "zip") {
        design.matrix = zip(design.factors);
    } else if (method.name == "oat") {
        design.matrix = one_at_a_time(design.factors);
    } else if (method.name == "toggles") {
        design.matrix =
            method.size == 0 ? toggles(count) : toggles_along(toggle_orders(method, count));
    } else {
        const Shares shares = method.name == "random"     ? random_shares(method, count)
                              : method.name == "lhs"      ? latin_shares(method, count)
                              : method.name == "sobol"    ? sobol_shares(method, method.size, count)
                              : method.name == "saltelli" ? saltelli_shares(method, count)
                                                          : morris_shares(method, count);
        design.matrix = entries_of(shares, design.factors);
    }
    return design;
}

}
