#include "models/catalogue.hpp"
#include "models/governance/policy.hpp"
#include "models/rates.hpp"
#include "models/state.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

/// E3: the three needs of self-determination theory (Deci & Ryan 2000) drift toward what work
/// gives.
///   A* = a + voice_weight (V - a) + .05 member        a = .45, the reference voice
///   K* = .45 + .10 tanh(K_inn - 1) + .05 I + psi member share - .3 min(overload, 1) - l (load)
///   R* = .45 + .15 min(tenure / 36, 1)
class Needs final : public sim::Process {
public:
    explicit Needs(const sim::Settings& settings)
        : speed_(share_over(settings.number("needs.speed"), settings.number("time.step"))),
          voice_weight_(settings.real("needs.voice_weight")),
          member_autonomy_(settings.real("needs.member_autonomy")),
          information_(settings.real("needs.information")),
          innovation_(settings.real("needs.innovation")),
          peer_standard_(settings.real("needs.peer_standard")), load_(settings.real("needs.load")),
          policies_(settings) {}

    void advance(sim::World& world, const sim::Tick&) const override {
        auto staff = employees(world);
        const auto firm = firms(world);
        const std::size_t lanes = world.lanes();
        sim::for_each_block(count_of(world, Kind::employees), lanes, [&](auto first, auto last) {
            for (std::size_t person = first; person < last; ++person) {
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    advance_one(staff, person * lanes + lane, firm,
                                staff.firm[person] * lanes + lane,
                                staff.is_manager[person] != 0 ? 1.0F : 0.0F);
                }
            }
        });
    }

private:
    void advance_one(Employees& staff, std::size_t row, const Firms& firm, std::size_t home,
                     float is_manager) const {
        const float member = staff.member[row] != 0 ? 1.0F : 0.0F;
        const Policy& policy = policies_[firm.policy[home]];
        const float autonomy = reference_voice +
                               voice_weight_ * (firm.voice[home] - reference_voice) +
                               member_autonomy_ * member;
        const float competence =
            0.45F + innovation_ * sim::tanh(firm.innovation[home] - 1.0F) +
            information_ * policy.information + peer_standard_ * firm.member_share[home] -
            0.3F * std::min(firm.overload[home], 1.0F) - load_ * (member + is_manager);
        const float relatedness = 0.45F + 0.15F * std::min(staff.tenure[row] / 36.0F, 1.0F);
        approach(staff.autonomy[row], autonomy);
        approach(staff.competence[row], competence);
        approach(staff.relatedness[row], relatedness);
    }

    void approach(float& need, float target) const {
        need = std::clamp(need + speed_ * (target - need), 0.0F, 1.0F);
    }

    static constexpr float reference_voice = 0.45F; ///< voice of the conventional firm
    float speed_, voice_weight_, member_autonomy_, information_, innovation_, peer_standard_, load_;
    Policies policies_;
};

}

Law needs_law() {
    return {
        .name = "needs",
        .stage = "needs",
        .meaning = "moves each employee's needs for autonomy, competence and relatedness",
        .equations = "E3",
        .parameters =
            {
                {"needs.speed", 1.0 / 6.0, "1/month", sim::fraction, "assumed",
                 "share of the gap between a need and what work gives closed in a month"},
                {"needs.voice_weight", 1.0, "1", sim::between(0, 3), "assumed",
                 "weight of voice in the need for autonomy, a_V"},
                {"needs.member_autonomy", 0.05, "1", sim::between(-0.5, 0.5), "assumed",
                 "autonomy gained by being a member"},
                {"needs.information", 0.05, "1", sim::between(0, 0.5), "assumed",
                 "competence gained by being fully informed"},
                {"needs.innovation", 0.10, "1", sim::between(0, 0.5), "assumed",
                 "competence gained where the firm is ahead of the market's quality frontier"},
                {"needs.peer_standard", 0.03, "1", sim::between(-0.5, 0.5), "assumed",
                 "competence gained where all colleagues are members, psi"},
                {"needs.load", 0.02, "1", sim::between(0, 0.5), "assumed",
                 "competence lost to the duties of a member, and of a manager"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Needs>(settings);
        },
    };
}

}
