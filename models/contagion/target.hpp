#pragma once

#include "models/governance/policy.hpp"
#include "models/state.hpp"
#include "sim/parameter.hpp"

namespace cercle::models {

/// E2: the level an employee's engagement tends to when nobody else is near,
///   x* = b + tA (A - 1/2) + tK (K - 1/2) + tR (R - 1/2) + tI (I - 1/2) + tF (pay - 1/2)
///        + tO member - tV max(0, claimed - V) - .3 max(0, -S) + team + site + common shocks +
///        drift + impulse,
/// where pay is the policy's fairness of pay plus what a wage factor below 1 takes from it.
class Target {
public:
    explicit Target(const sim::Settings& settings);

    /// The part that all employees of a firm share, for the firm at this row.
    float of_firm(const Firms& firm, std::size_t home, float common_shock) const {
        const Policy& policy = policies_[firm.policy[home]];
        const float pay = policy.pay_fairness - 0.5F + (firm.wage_factor[home] - 1.0F);
        const float empty_words = std::max(0.0F, policy.claimed_voice - firm.voice[home]);
        return information_ * (policy.information - 0.5F) + pay_ * pay - cosmetic_ * empty_words -
               insecurity_ * std::max(0.0F, -firm.stability[home]) + common_shock + impulse_;
    }
    /// The part that is an employee's own.
    float of_person(const Employees& staff, std::size_t row) const {
        return staff.set_point[row] + autonomy_ * (staff.autonomy[row] - 0.5F) +
               competence_ * (staff.competence[row] - 0.5F) +
               relatedness_ * (staff.relatedness[row] - 0.5F) +
               (staff.member[row] != 0 ? ownership_ : 0.0F) + staff.drift[row];
    }

    static const sim::ParameterTable& parameters();

private:
    float autonomy_, competence_, relatedness_, information_, pay_, ownership_, cosmetic_,
        insecurity_, impulse_;
    Policies policies_;
};

}
