#include "models/catalogue.hpp"
#include "models/firm/ledger.hpp"
#include "models/governance/policy.hpp"
#include "models/state.hpp"

namespace cercle::models {

namespace {

/// D19: an employee becomes a member after the policy's time in the firm and pays in a stake. Under
/// a buyer members lose their standing and are paid out.
class Membership final : public sim::Process {
public:
    explicit Membership(const sim::Settings& settings) : policies_(settings) {}

    void advance(sim::World& world, const sim::Tick&) const override {
        auto staff = employees(world);
        auto firm = firms(world);
        const std::size_t lanes = world.lanes();
        for (std::size_t row = 0; row < staff.member.size(); ++row) {
            if (staff.occupied[row] == 0) continue;
            const std::size_t home = firm_row(staff, row, lanes);
            const Policy& policy = policies_[firm.policy[home]];
            const bool member = policy.membership && staff.tenure[row] >= policy.membership_after;
            if (member == (staff.member[row] != 0)) continue;
            Books books{firm, home};
            if (member) {
                books.take_in_capital(policy.stake);
                staff.stake[row] = policy.stake;
            } else {
                books.pay_back_capital(staff.stake[row]);
                staff.stake[row] = 0;
            }
            staff.member[row] = member ? 1 : 0;
            firm.members[home] += member ? 1 : -1;
        }
        for (std::size_t home = 0; home < firm.members.size(); ++home) {
            firm.member_share[home] = static_cast<float>(firm.members[home]) /
                                      static_cast<float>(std::max(firm.employees[home], 1));
        }
    }

private:
    Policies policies_;
};

}

Law membership_law() {
    return {
        .name = "staff.membership",
        .stage = "staff",
        .meaning = "makes members of employees who have been long enough in a co-operative",
        .equations = "D19",
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Membership>(settings);
        },
    };
}

}
