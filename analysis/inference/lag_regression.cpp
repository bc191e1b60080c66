#include "analysis/inference/lag_regression.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cercle::analysis {
namespace {

using Eigen::Index;

constexpr Index variables = 3; ///< now, contacts before, own before

/// Cross-products of one team's wave dummies and variables, from which effects are eliminated.
/// Only the lower triangle is kept; variables come last.
class TeamProducts {
public:
    explicit TeamProducts(std::size_t waves)
        : waves_(static_cast<Index>(waves)),
          products_(Eigen::MatrixXd::Zero(waves_ + variables, waves_ + variables)),
          sums_(static_cast<std::size_t>(variables), 0.0) {}

    void add(std::uint32_t wave, const Eigen::Vector3d& values) {
        const auto w = static_cast<Index>(wave);
        products_(w, w) += 1.0;
        for (Index i = 0; i < variables; ++i) {
            products_(waves_ + i, w) += values[i];
            for (Index j = 0; j <= i; ++j) {
                products_(waves_ + i, waves_ + j) += values[i] * values[j];
            }
            sums_[static_cast<std::size_t>(i)] += values[i];
        }
        present_.push_back(w);
    }

    /// Takes away the mean of the person whose answers were added since the last time.
    void end_person() {
        if (present_.empty()) return;
        const double share = 1.0 / static_cast<double>(present_.size());
        for (std::size_t k = 0; k < present_.size(); ++k) {
            for (std::size_t l = 0; l <= k; ++l) products_(present_[k], present_[l]) -= share;
        }
        for (Index i = 0; i < variables; ++i) {
            const double mean = share * sums_[static_cast<std::size_t>(i)];
            for (const Index wave : present_) products_(waves_ + i, wave) -= mean;
            for (Index j = 0; j <= i; ++j) {
                products_(waves_ + i, waves_ + j) -= mean * sums_[static_cast<std::size_t>(j)];
            }
        }
        present_.clear();
        std::ranges::fill(sums_, 0.0);
    }

    /// Takes away what waves explain and hands over what is left of the variables.
    void end_team(Eigen::Matrix3d& left) {
        constexpr double nothing = 1e-9; // a wave that persons and other waves explain
        for (Index k = 0; k < waves_; ++k) {
            const double pivot = products_(k, k);
            if (pivot <= nothing) continue;
            for (Index j = k + 1; j < waves_ + variables; ++j) {
                const double factor = products_(j, k) / pivot;
                if (factor == 0.0) continue;
                for (Index i = j; i < waves_ + variables; ++i) {
                    products_(i, j) -= factor * products_(i, k);
                }
            }
        }
        left += products_.bottomRightCorner<variables, variables>();
        products_.setZero();
    }

private:
    Index waves_;
    Eigen::MatrixXd products_;
    std::vector<Index> present_; ///< waves of the person
    std::vector<double> sums_;   ///< of the person's variables
};

/// t of the contacts from the lower triangle of what effects leave of all cross-products.
double t_of(const Eigen::Matrix3d& left, double contacts_before, std::size_t rows) {
    const double yy = left(0, 0), xy = left(1, 0), xx = left(1, 1);
    const double oy = left(2, 0), ox = left(2, 1), oo = left(2, 2);
    const double determinant = xx * oo - ox * ox;
    const bool is_rounding = !(xx > 1e-10 * contacts_before);
    if (is_rounding || !(determinant > 1e-9 * xx * oo) || rows < 5) return 0.0;
    const double effect = (xy * oo - oy * ox) / determinant;
    const double own = (oy * xx - xy * ox) / determinant;
    const double squares = yy - effect * xy - own * oy;
    return effect / std::sqrt(squares / static_cast<double>(rows) * oo / determinant);
}

}

LagRegression::LagRegression(const Transmission& data) : data_(data) {
    const Eigen::MatrixXd& y = data.receivers.y;
    std::vector<PersonIndex> people(data.team.size());
    std::iota(people.begin(), people.end(), PersonIndex{0});
    std::ranges::stable_sort(people, {}, [&](PersonIndex i) { return data.team[i]; });
    for (const PersonIndex person : people) {
        members_.push_back({person, data.team[person], rows_.size()});
        for (std::size_t wave = data.lag; wave < data.source.size(); ++wave) {
            const double now = y(person, static_cast<Index>(wave));
            const double before = y(person, static_cast<Index>(wave - data.lag));
            if (data.source[wave] < 0 || std::isnan(now) || std::isnan(before)) continue;
            rows_.push_back({static_cast<std::uint32_t>(wave), now, before});
        }
        if (members_.back().first == rows_.size()) members_.pop_back();
    }
    members_.push_back({no_person, std::numeric_limits<std::uint32_t>::max(), rows_.size()});
}

double LagRegression::t(std::span<const std::uint32_t> order) const {
    std::vector<std::vector<double>> exposure(data_.source.size());
    for (std::size_t wave = data_.lag; wave < exposure.size(); ++wave) {
        if (data_.source[wave] < 0) continue;
        exposure[wave] = exposures(data_, static_cast<std::size_t>(data_.source[wave]), order);
    }
    TeamProducts team(exposure.size());
    Eigen::Matrix3d left = Eigen::Matrix3d::Zero();
    double contacts_before = 0.0;
    std::size_t used = 0;
    for (std::size_t m = 0; m + 1 < members_.size(); ++m) {
        const Member& member = members_[m];
        for (std::size_t r = member.first; r < members_[m + 1].first; ++r) {
            const Row& row = rows_[r];
            const double contact = exposure[row.wave][member.person];
            if (std::isnan(contact)) continue;
            team.add(row.wave, {row.now, contact, row.before});
            contacts_before += contact * contact;
            ++used;
        }
        team.end_person();
        if (members_[m + 1].team != member.team) team.end_team(left);
    }
    return t_of(left, contacts_before, used);
}

}
