#include <cmath>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "models/contagion/kernels.hpp"
#include "models/contagion/target.hpp"
#include "models/draws.hpp"
#include "models/fixed.hpp"
#include "models/rates.hpp"
#include "models/reference.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

using Lanes = float[sim::max_lanes];

struct Weights {
    float colleague, manager, client;
};

/// How the state x is made of its parts (E4).
enum class Composition { single, mean, least };

/// What colleagues show, in contact time: sum of weights present, of what is shown, of the part
/// that shows more than oneself.
struct Colleagues {
    Lanes present{}, shown{}, above{};
};

/// E1: x' = x + rate [(1 - w) (x* - x) + sum over channels w_ch pull(S_ch - x)] + noise.
/// Channels: colleagues (mean by contact time), the manager, own clients. A channel without anyone
/// in it gives its weight back to the set point.
template <class Pull> class EmployeeEngagement final : public sim::Process {
public:
    EmployeeEngagement(const sim::Settings& settings, Pull pull)
        : pull_(pull), reference_(settings), target_(settings),
          state_(settings.number("employee.adjustment"), settings.number("employee.state_sd"),
                 settings.number("time.step")),
          will_(settings.number("employee.will_adjustment"), settings.number("employee.state_sd"),
                settings.number("time.step")),
          conviction_(settings.number("employee.conviction_adjustment"),
                      settings.number("employee.state_sd"), settings.number("time.step")) {
        if (settings.flag("switch.contagion")) {
            weights_ = {settings.real("contagion.colleague.weight"),
                        settings.real("contagion.manager.weight"),
                        settings.real("contagion.client.weight")};
        }
        const std::string& parts = settings.text("employee.composition");
        composition_ = parts == "single" ? Composition::single
                       : parts == "mean" ? Composition::mean
                                         : Composition::least;
    }

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto staff = employees(world);
        const auto firm = firms(std::as_const(world));
        const auto around = environment(std::as_const(world));
        const auto team = teams(world);
        const auto site = sites(world);
        const std::size_t lanes = world.lanes();
        sim::for_each_block(count_of(world, Kind::employees), lanes, [&](auto first, auto last) {
            std::uint32_t noise[sim::block_rows];
            std::uint32_t slow_noise[sim::block_rows];
            const auto start = static_cast<std::uint32_t>(first);
            const auto count = static_cast<std::uint32_t>(last - first);
            sim::fill_words(world.source, tick.step, sim::Draw::engagement_noise, start, count,
                            noise);
            if (composition_ != Composition::single) {
                sim::fill_words(world.source, tick.step, sim::Draw::conviction_noise, start, count,
                                slow_noise);
            }
            for (std::size_t person = first; person < last; ++person) {
                Lanes level;
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    level[lane] = target_.of_firm(firm, staff.firm[person] * lanes + lane,
                                                  around.shock[lane]) +
                                  team.shock[staff.team[person] * lanes + lane] +
                                  site.shock[staff.site[person] * lanes + lane];
                }
                const std::size_t offset = (person - first) * lanes;
                advance_one(staff, network(world, Network::colleague), person, level,
                            {noise + offset, slow_noise + offset}, lanes);
            }
        });
    }

private:
    /// The random words of a person's lanes: for the state (or will), and for conviction.
    struct Noise {
        const std::uint32_t* state;
        const std::uint32_t* conviction;
    };

    void advance_one(Employees& staff, const sim::Graph& graph, std::size_t person,
                     const Lanes& level, const Noise& noise, std::size_t lanes) const {
        Colleagues around;
        if (weights_.colleague > 0.0F) collect(around, staff, graph, person, lanes);
        const std::uint32_t manager = staff.manager[person];
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const std::size_t row = person * lanes + lane;
            const float own = staff.engagement[row];
            const float target = level[lane] + target_.of_person(staff, row);
            float free = 1.0F;
            float pulled = 0.0F;
            if (around.present[lane] > 0.0F) {
                free -= weights_.colleague;
                pulled += weights_.colleague * colleague_pull(around, lane, own);
            }
            if (manager != nobody && staff.present[manager * lanes + lane] > 0.0F) {
                free -= weights_.manager;
                pulled += weights_.manager * pull_(staff.shown[manager * lanes + lane] - own, 1.0F);
            }
            if (staff.portfolio_count[row] > 0) {
                free -= weights_.client;
                pulled += weights_.client * pull_(clients_of(staff, row) - own, 1.0F);
            }
            move(staff, row, {target, free, pulled}, noise, lane);
        }
    }

    static void collect(Colleagues& around, const Employees& staff, const sim::Graph& graph,
                        std::size_t person, std::size_t lanes) {
        const auto others = graph.neighbours(person);
        const auto weights = graph.weights(person);
        for (std::size_t k = 0; k < others.size(); ++k) {
            const float weight = weights[k];
            const float* shown = staff.shown.data() + others[k] * lanes;
            const float* present = staff.present.data() + others[k] * lanes;
            const float* own = staff.engagement.data() + person * lanes;
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                around.present[lane] += weight * present[lane];
                around.shown[lane] += weight * shown[lane];
                if constexpr (Pull::sides) {
                    around.above[lane] += shown[lane] > own[lane] ? weight * present[lane] : 0.0F;
                }
            }
        }
    }

    float colleague_pull(const Colleagues& around, std::size_t lane, float own) const {
        const float gap = around.shown[lane] / around.present[lane] - own;
        const float above = around.above[lane] / around.present[lane];
        return pull_(gap, gap > 0.0F ? above : 1.0F - above);
    }

    /// What own clients show, moved so that average clients leave an average employee as he is.
    float clients_of(const Employees& staff, std::size_t row) const {
        const auto mean = from_fixed(staff.portfolio_sum[row]) / staff.portfolio_count[row];
        return static_cast<float>(mean) - reference_.client + reference_.employee;
    }

    /// Where a person is drawn: to the own target with weight `free`, and by others.
    struct Drawn {
        float target, free, pulled;
    };

    void move(Employees& staff, std::size_t row, const Drawn& to, const Noise& noise,
              std::size_t lane) const {
        const auto moved = [&](float value, const Mobility& by, std::uint32_t word) {
            return value + by.rate * (to.free * (to.target - value) + to.pulled) +
                   by.noise * sim::normal(word);
        };
        if (composition_ == Composition::single) {
            staff.engagement[row] = moved(staff.engagement[row], state_, noise.state[lane]);
            return;
        }
        const float will = moved(staff.will[row], will_, noise.state[lane]);
        const float conviction = moved(staff.conviction[row], conviction_, noise.conviction[lane]);
        staff.will[row] = will;
        staff.conviction[row] = conviction;
        staff.engagement[row] = composition_ == Composition::mean ? 0.5F * (will + conviction)
                                                                  : std::min(will, conviction);
    }

    Pull pull_;
    Reference reference_;
    Target target_;
    Mobility state_, will_, conviction_;
    Weights weights_{};
    Composition composition_;
};

std::unique_ptr<sim::Process> build(const sim::Settings& settings) {
    const auto with = [&]<class Pull>(Pull pull) -> std::unique_ptr<sim::Process> {
        return std::make_unique<EmployeeEngagement<Pull>>(settings, pull);
    };
    const std::string& kernel = settings.text("contagion.kernel");
    if (kernel == "negativity") {
        return with(NegativityPull{1.0F, settings.real("contagion.negativity")});
    }
    if (kernel == "bounded") return with(BoundedPull{settings.real("contagion.confidence")});
    if (kernel == "complex") return with(ComplexPull{settings.real("contagion.threshold")});
    return with(LinearPull{});
}

/// E5: bounded only while the pulls leave something of the set point.
void check(const sim::Settings& settings, sim::Problems& problems) {
    const double total = settings.number("contagion.colleague.weight") +
                         settings.number("contagion.manager.weight") +
                         settings.number("contagion.client.weight");
    if (total >= 1.0) {
        problems.push_back(
            {"contagion.colleague.weight",
             fmt::format("colleague, manager and client weights add up to {:.4g} (E5: "
                         "an employee keeps something of the own set point, so below "
                         "1); lower one of them",
                         total)});
    }
    const double pull =
        settings.number("contagion.negativity") * settings.number("employee.adjustment") * total;
    if (settings.text("contagion.kernel") == "negativity" && pull >= 1.0) {
        problems.push_back(
            {"contagion.negativity",
             fmt::format("negativity x adjustment x weights = {:.4g} (E5: below 1, or "
                         "engagement overshoots)",
                         pull)});
    }
}

sim::ParameterTable table() {
    using sim::between;
    sim::ParameterTable rows = {
        {"switch.contagion",
         true,
         "",
         {},
         "chosen by the user",
         "copying of engagement along all ties"},
        {"employee.mean", -0.62, "logit", between(-3, 3), "fit: engaged 6-13 %, stability .8",
         "mean set point of employees, mE"},
        {"employee.set_point_sd", 1.10, "logit", between(0, 3), "fit, as employee.mean",
         "standard deviation of set points"},
        {"employee.state_sd", 0.45, "logit", between(0, 2), "fit, as employee.mean",
         "stationary standard deviation of the state around its target"},
        {"employee.adjustment", 0.10, "1/month", between(0, 1),
         "UWES stability, Seppala et al. 2009",
         "share of the gap to the target closed in a month, lambda_e"},
        {"employee.composition",
         "single",
         "",
         {},
         "claim C40",
         "engagement as one state, or made of will and conviction: their mean, or the lesser",
         {"single", "mean", "least"}},
        {"employee.will_adjustment", 0.30, "1/month", between(0, 1), "assumed",
         "lambda of will, the fast part"},
        {"employee.conviction_adjustment", 0.05, "1/month", between(0, 1), "assumed",
         "lambda of conviction, the slow part"},
        {"contagion.colleague.weight", 0.15, "fraction", between(0, 1),
         "assumed; bound by team ICC (w <= .5 if all of it were contagion)",
         "weight of colleagues on an employee, w_col"},
        {"contagion.manager.weight", 0.05, "fraction", between(0, 1), "assumed",
         "weight of the manager, w_mgr"},
        {"contagion.client.weight", 0.05, "fraction", between(0, 1), "assumed",
         "weight of own clients on an employee, w_cli"},
        {"contagion.kernel",
         "linear",
         "",
         {},
         "claims C1, C40; SISa; Centola & Macy 2007",
         "how a gap between people pulls",
         {"linear", "negativity", "bounded", "complex"}},
        {"contagion.negativity", 2.0, "1", between(1, 4), "SISa .04/.02: Hill et al. 2010",
         "strength of a downward over an upward pull (kernel negativity)"},
        {"contagion.confidence", 1.0, "logit", sim::positive, "assumed",
         "largest gap that still pulls (kernel bounded)"},
        {"contagion.threshold", 0.5, "fraction", sim::fraction, "assumed",
         "share of contact time on one side that it takes (kernel complex)"},
    };
    rows.insert(rows.end(), Target::parameters().begin(), Target::parameters().end());
    return rows;
}

}

Law employee_engagement_law() {
    return {
        .name = "contagion.employee",
        .stage = "engage",
        .meaning = "moves employees' engagement toward their target and the people around them",
        .equations = "E1, E2, E4, E5",
        .parameters = table(),
        .build = build,
        .check = check,
    };
}

}
