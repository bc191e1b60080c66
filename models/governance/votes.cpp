#include <cmath>
#include <vector>

#include "models/catalogue.hpp"
#include "models/governance/ballot.hpp"
#include "models/governance/policy.hpp"
#include "models/rare_draws.hpp"
#include "models/rates.hpp"
#include "models/state.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

/// E8 and E17, once a quarter. Members turn out with probability logistic(1 + x); the policy is the
/// weighted median of their tastes and of capital's wish; voice follows
///   V' = V + r (share close to the policy + heard / 2 - V).
/// Employees make proposals in proportion to engagement and voice; a ballot or a board screens
/// them, right with Condorcet's probability; what is adopted moves the innovation stock.
class Votes final : public sim::Process {
public:
    explicit Votes(const sim::Settings& settings)
        : months_(settings.number("time.step")), close_(settings.real("votes.closeness")),
          speed_(share_over(settings.number("votes.voice_speed"), 3.0)),
          proposals_(settings.real("votes.proposals")), gain_(settings.real("votes.gain")),
          policies_(settings) {
        const double accuracy = settings.number("votes.accuracy");
        const double correlation = settings.number("votes.correlation");
        const std::size_t most = settings.count("votes.table_size");
        std::size_t last = 0;
        for (std::size_t n = 0; n <= most; ++n) {
            const std::size_t voters = independent_voters(std::max<std::size_t>(n, 1), correlation);
            // Many electorates are worth the same few voters, and a tail is dear to integrate.
            right_.push_back(voters == last
                                 ? right_.back()
                                 : static_cast<float>(majority_is_right(voters, accuracy)));
            last = voters;
        }
        board_ = settings.count("votes.board_size");
    }

    void advance(sim::World& world, const sim::Tick& tick) const override {
        if (!ends_period(tick.step, months_, 3.0)) return;
        auto firm = firms(world);
        auto staff = employees(world);
        const std::size_t lanes = world.lanes();
        for (std::size_t f = 0; f < firm.positions.size(); ++f) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                if (firm.alive[f * lanes + lane] != 0) hold(world, firm, staff, f, lane, tick.step);
            }
        }
    }

private:
    void hold(const sim::World& world, Firms& firm, Employees& staff, std::size_t f,
              std::size_t lane, std::uint32_t step) const {
        const std::size_t lanes = world.lanes();
        const std::size_t home = f * lanes + lane;
        const Policy& policy = policies_[firm.policy[home]];
        const std::size_t voters =
            policy.membership ? turn_out(world, firm, staff, f, lane, step) : 0;
        // Votes of one firm and lane use its own rows of `scratch`, packed at its first positions.
        float* tastes =
            staff.scratch.data() + firm.first_position[f] * lanes + lane * firm.positions[f];
        // Where nobody comes and capital has no vote, the policy stays as it is.
        if (voters > 0 || policy.owner_votes > 0.0F) {
            firm.policy_position[home] =
                elected_policy({tastes, voters}, policy.owner_votes, policy.owner_position);
        }
        const float people = static_cast<float>(std::max(firm.employees[home], 1));
        const float heard = static_cast<float>(voters) / people * (1.0F - policy.owner_votes);
        const float consulted = (1.0F - heard) * policy.consultation;
        const float close = share_close(firm, staff, f, lane, lanes);
        const float given = std::min(1.0F, close + 0.5F * (heard + consulted));
        firm.voice[home] += speed_ * (given - firm.voice[home]);
        const std::size_t jury = policy.owner_votes < 0.5F && voters > 0 ? voters : board_;
        screen(world, firm, staff, f, lane, step, right_[std::min(jury, right_.size() - 1)]);
    }

    /// Packs the tastes of members who vote at the firm's rows of `scratch`; returns their number.
    std::size_t turn_out(const sim::World& world, const Firms& firm, Employees& staff,
                         std::size_t f, std::size_t lane, std::uint32_t step) const {
        const std::size_t lanes = world.lanes();
        const std::size_t first = firm.first_position[f];
        float* tastes = staff.scratch.data() + first * lanes + lane * firm.positions[f];
        std::size_t voters = 0;
        for (std::size_t position = first; position < first + firm.positions[f]; ++position) {
            const std::size_t row = position * lanes + lane;
            if (staff.occupied[row] == 0 || staff.member[row] == 0) continue;
            const std::uint32_t word = draw(world, position, lane, step, sim::Draw::turnout);
            if (sim::chance(word, sim::logistic(1.0F + staff.engagement[row]))) {
                tastes[voters++] = staff.taste[row];
            }
        }
        return voters;
    }

    float share_close(const Firms& firm, const Employees& staff, std::size_t f, std::size_t lane,
                      std::size_t lanes) const {
        const std::size_t home = f * lanes + lane;
        std::int32_t close = 0;
        const std::size_t first = firm.first_position[f];
        for (std::size_t position = first; position < first + firm.positions[f]; ++position) {
            const std::size_t row = position * lanes + lane;
            const float distance = staff.taste[row] - firm.policy_position[home];
            close += staff.occupied[row] != 0 && std::abs(distance) < close_ ? 1 : 0;
        }
        return static_cast<float>(close) / static_cast<float>(std::max(firm.employees[home], 1));
    }

    /// Good and bad proposals are equally frequent; a good one is adopted, a bad one refused, with
    /// the probability that the jury is right.
    void screen(const sim::World& world, Firms& firm, const Employees& staff, std::size_t f,
                std::size_t lane, std::uint32_t step, float right) const {
        const std::size_t lanes = world.lanes();
        const std::size_t home = f * lanes + lane;
        std::int32_t made = 0;
        std::int32_t adopted = 0;
        std::int32_t good_adopted = 0;
        const std::size_t first = firm.first_position[f];
        for (std::size_t position = first; position < first + firm.positions[f]; ++position) {
            const std::size_t row = position * lanes + lane;
            if (staff.occupied[row] == 0) continue;
            const float rate = proposals_ * sim::logistic(staff.engagement[row]) * firm.voice[home];
            if (!sim::chance(draw(world, position, lane, step, sim::Draw::proposal), rate))
                continue;
            ++made;
            const bool good =
                sim::chance(draw(world, position, lane, step, sim::Draw::proposal_quality), 0.5F);
            const bool judged_right =
                sim::chance(draw(world, position, lane, step, sim::Draw::proposal_vote), right);
            if (good != judged_right) continue;
            ++adopted;
            good_adopted += good ? 1 : 0;
        }
        firm.proposals[home] = made;
        firm.adopted[home] = adopted;
        const auto people = static_cast<float>(std::max(firm.employees[home], 1));
        firm.innovation[home] += gain_ * static_cast<float>(2 * good_adopted - adopted) / people;
        firm.innovation[home] = std::max(firm.innovation[home], 0.0F);
    }

    static std::uint32_t draw(const sim::World& world, std::size_t position, std::size_t lane,
                              std::uint32_t step, sim::Draw what) {
        return RareDraws{world.source, static_cast<std::uint32_t>(position),
                         static_cast<std::uint32_t>(lane), step}(what);
    }

    double months_;
    float close_, speed_, proposals_, gain_;
    std::vector<float> right_; ///< probability that a jury of n is right
    std::size_t board_ = 1;
    Policies policies_;
};

}

Law votes_law() {
    using sim::between;
    return {
        .name = "governance.votes",
        .stage = "decide",
        .meaning = "holds the quarter's ballot, hears proposals and moves voice",
        .equations = "E8, E17",
        .parameters =
            {
                {"votes.closeness", 0.35, "1", between(0, 3),
                 "assumed (with consultation it sets where V settles)",
                 "distance from the policy within which an employee calls it the own, in taste"},
                {"votes.voice_speed", 0.1, "1/month", sim::fraction, "assumed (E8)",
                 "share of the gap to what the quarter showed that voice closes in a month"},
                {"votes.proposals", 0.5, "1", sim::fraction, "assumed",
                 "probability that a fully engaged employee with full voice proposes in a quarter"},
                {"votes.accuracy", 0.6, "fraction", sim::fraction, "assumed (D21)",
                 "probability that one person judges a proposal rightly"},
                {"votes.correlation", 0.2, "fraction", sim::fraction,
                 "assumed (voters talk: more of them add little)",
                 "correlation of people's judgements"},
                {"votes.board_size", 3.0, "1", sim::whole(1, 100), "assumed",
                 "people who judge proposals where capital decides"},
                {"votes.table_size", 1000.0, "1", sim::whole(1, 100000), "numerical",
                 "largest jury told apart"},
                {"votes.gain", 0.02, "1", between(0, 5), "assumed",
                 "innovation stock gained by one good proposal adopted for each employee"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Votes>(settings);
        },
    };
}

}
