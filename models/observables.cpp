#include "models/observables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "models/fixed.hpp"
#include "models/governance/policy.hpp"
#include "models/patterns.hpp"
#include "models/rates.hpp"
#include "models/state.hpp"

namespace cercle::models {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// What happens between two observations; running totals in the world, differences in a series.
enum Flow : std::uint8_t {
    quits,
    employee_steps,
    churned,
    client_steps,
    revenue,
    cost,
    flow_count
};
using Flows = std::array<double, flow_count>;

/// The sums over a lane's firms from which every series is made.
struct Totals {
    double firms = 0, alive = 0, first_firms = 0; ///< the last: of the start, and still there
    double employees = 0, members = 0;
    double engagement = 0, engaged = 0, disengaged = 0, output = 0, absence = 0;
    double clients = 0, client_engagement = 0;
    double promoters = 0, detractors = 0;
    double innovation = 0, voice = 0, price = 0, extraction = 0;
    double cash = 0, reserves = 0;
    /// The same of rivals alone, and squares of clients of all firms.
    double rivals = 0, first_rivals = 0, rival_employees = 0, rival_clients = 0;
    double rival_engagement = 0, rival_client_engagement = 0, squared_clients = 0;
    Flows flows; ///< since the last observation
    Patterns patterns{missing, missing, missing};
};

/// Running totals over a lane's firms, those that have failed included.
Flows flows_so_far(const sim::World& world, std::size_t lane) {
    const auto firm = firms(world);
    Flows sum{};
    for (std::size_t home = lane; home < firm.alive.size(); home += world.lanes()) {
        sum[quits] += static_cast<double>(firm.quits_ever[home]);
        sum[employee_steps] += static_cast<double>(firm.employee_steps[home]);
        sum[churned] += static_cast<double>(firm.churned_ever[home]);
        sum[client_steps] += static_cast<double>(firm.client_steps[home]);
        sum[revenue] += static_cast<double>(firm.revenue_ever[home]);
        sum[cost] += static_cast<double>(firm.cost_ever[home]);
    }
    return sum;
}

double ratio(double part, double whole) { return whole > 0.0 ? part / whole : missing; }

/// Nobody else has taken its place since.
bool stands_since_the_start(const Firms& firm, std::size_t home) {
    return firm.alive[home] != 0 && firm.foundings[home] <= 1;
}

void add_rival(Totals& sum, const Firms& firm, std::size_t home) {
    sum.first_rivals += stands_since_the_start(firm, home) ? 1 : 0;
    sum.rival_employees += firm.employees[home];
    sum.rival_clients += firm.clients[home];
    sum.rival_engagement += from_fixed(firm.engagement_sum[home]);
    sum.rival_client_engagement += from_fixed(firm.client_engagement_sum[home]);
}

/// Mean of the firms that are no rivals less that of the rivals.
double lead(double all, double all_count, double rivals, double rival_count) {
    return ratio(all - rivals, all_count - rival_count) - ratio(rivals, rival_count);
}

Totals totals(const sim::World& world, std::size_t lane) {
    const auto firm = firms(world);
    Totals sum{};
    for (std::size_t home = lane; home < firm.alive.size(); home += world.lanes()) {
        sum.firms += 1;
        const bool rival = is_rival(firm.policy[home]);
        if (rival) sum.rivals += 1;
        if (firm.alive[home] == 0) continue;
        sum.alive += 1;
        sum.first_firms += stands_since_the_start(firm, home) ? 1 : 0;
        if (rival) add_rival(sum, firm, home);
        sum.squared_clients += static_cast<double>(firm.clients[home]) * firm.clients[home];
        sum.employees += firm.employees[home];
        sum.members += firm.members[home];
        sum.engagement += from_fixed(firm.engagement_sum[home]);
        sum.engaged += firm.engaged[home];
        sum.disengaged += firm.disengaged[home];
        sum.output += from_fixed(firm.output_sum[home]);
        sum.absence += from_fixed(firm.absence_sum[home]);
        sum.clients += firm.clients[home];
        sum.client_engagement += from_fixed(firm.client_engagement_sum[home]);
        sum.promoters += firm.promoters[home];
        sum.detractors += firm.detractors[home];
        sum.innovation += static_cast<double>(firm.innovation[home]);
        sum.voice += static_cast<double>(firm.voice[home]);
        sum.price += static_cast<double>(firm.price[home]);
        sum.extraction += static_cast<double>(firm.extraction[home]);
        sum.cash += static_cast<double>(firm.cash[home]) / 100.0;
        sum.reserves +=
            static_cast<double>(firm.legal_reserve[home] + firm.development_reserve[home] +
                                firm.free_reserve[home]) /
            100.0;
    }
    return sum;
}

double if_alive(const Totals& sum, double value) { return sum.alive > 0.0 ? value : missing; }

/// How a series becomes an outcome of its run.
enum class Summary : std::uint8_t {
    window_mean, ///< over the observations of the window in which it is defined
    last         ///< at the end
};

struct Series {
    sim::Metric metric;
    double (*value)(const Totals& sum, double months);
    Summary summary = Summary::window_mean;
};

const std::vector<Series>& catalogue() {
    static const std::vector<Series> list = {
        {{"engagement_employee", "fraction", "mean engagement of employees"},
         [](const Totals& s, double) { return ratio(s.engagement, s.employees); }},
        {{"engaged_share", "fraction", "share of employees engaged (E >= 0.70)"},
         [](const Totals& s, double) { return ratio(s.engaged, s.employees); }},
        {{"disengaged_share", "fraction", "share of employees actively disengaged (E <= 0.25)"},
         [](const Totals& s, double) { return ratio(s.disengaged, s.employees); }},
        {{"engagement_client", "fraction", "mean engagement of clients served"},
         [](const Totals& s, double) { return ratio(s.client_engagement, s.clients); }},
        {{"nps", "points", "net promoter score of clients served"},
         [](const Totals& s, double) {
             return 100.0 * ratio(s.promoters - s.detractors, s.clients);
         }},
        {{"churn", "1/year",
          "clients lost since the last observation, failures apart, over client-years served"},
         [](const Totals& s, double m) {
             return ratio(s.flows[churned], s.flows[client_steps]) * 12.0 / m;
         }},
        {{"quits", "1/year", "employees who quit since then over employee-years worked"},
         [](const Totals& s, double m) {
             return ratio(s.flows[quits], s.flows[employee_steps]) * 12.0 / m;
         }},
        {{"absence", "days/month", "days ill or absent per employee"},
         [](const Totals& s, double) { return ratio(s.absence, s.employees); }},
        {{"productivity", "1", "output per employee, absence deducted"},
         [](const Totals& s, double) { return ratio(s.output, s.employees); }},
        {{"innovation", "1", "innovation stock over the market's quality frontier"},
         [](const Totals& s, double) { return ratio(s.innovation, s.alive); }},
        {{"price", "EUR/month", "price of one unit of volume"},
         [](const Totals& s, double) { return ratio(s.price, s.alive); }},
        {{"margin", "fraction", "revenue less cost before tax since then, over revenue"},
         [](const Totals& s, double) {
             return ratio(s.flows[revenue] - s.flows[cost], s.flows[revenue]);
         }},
        {{"cash", "EUR", "cash"}, [](const Totals& s, double) { return if_alive(s, s.cash); }},
        {{"reserves", "EUR", "legal, development and free reserves"},
         [](const Totals& s, double) { return if_alive(s, s.reserves); }},
        {{"clients", "1", "clients served"}, [](const Totals& s, double) { return s.clients; }},
        {{"employees", "1", "employees"}, [](const Totals& s, double) { return s.employees; }},
        {{"member_share", "fraction", "members among employees"},
         [](const Totals& s, double) { return ratio(s.members, s.employees); }},
        {{"voice", "fraction", "voice index of employees"},
         [](const Totals& s, double) { return ratio(s.voice, s.alive); }},
        {{"extraction", "fraction", "dividends over revenue of the last year"},
         [](const Totals& s, double) { return ratio(s.extraction, s.alive); }},
        {{"team_icc", "1", "ICC(1) of engagement in teams, at the end of a year"},
         [](const Totals& s, double) { return s.patterns.team_icc; }},
        {{"portfolio_correlation", "1",
          "correlation of employees and their own clients in engagement, at the end of a year"},
         [](const Totals& s, double) { return s.patterns.portfolio_correlation; }},
        {{"stability", "1",
          "correlation of engagement with that of a year before, of those who stay"},
         [](const Totals& s, double) { return s.patterns.stability; }},
        {{"market_share", "fraction", "clients served by others than rivals, in a mixed market"},
         [](const Totals& s, double) {
             return s.rivals > 0.0 ? 1.0 - ratio(s.rival_clients, s.clients) : missing;
         }},
        {{"lead_employee", "fraction", "engagement of employees, others less rivals"},
         [](const Totals& s, double) {
             return lead(s.engagement, s.employees, s.rival_engagement, s.rival_employees);
         }},
        {{"lead_client", "fraction", "engagement of clients, others less rivals"},
         [](const Totals& s, double) {
             return lead(s.client_engagement, s.clients, s.rival_client_engagement,
                         s.rival_clients);
         }},
        {{"lead_survival", "fraction", "firms of the start that still exist, others less rivals"},
         [](const Totals& s, double) {
             return lead(s.first_firms, s.firms, s.first_rivals, s.rivals);
         },
         Summary::last},
        {{"concentration", "1", "sum of squared shares of clients (Herfindahl)"},
         [](const Totals& s, double) {
             return s.firms > 1.0 ? ratio(s.squared_clients, s.clients * s.clients) : missing;
         }},
        {{"survival", "fraction", "firms of the start that still exist"},
         [](const Totals& s, double) { return ratio(s.first_firms, s.firms); },
         Summary::last},
    };
    return list;
}

std::size_t series_named(std::string_view name) {
    const auto found = std::ranges::find(catalogue(), name, [](const Series& series) {
        return std::string_view(series.metric.name);
    });
    return static_cast<std::size_t>(found - catalogue().begin());
}

}

CompanyObservables::CompanyObservables(const sim::Settings& settings)
    : months_(settings.number("time.step")),
      window_(static_cast<std::size_t>(
          std::max(1.0, settings.number("observe.window") / settings.number("observe.every")))) {}

const std::vector<sim::Metric>& CompanyObservables::series() const {
    static const std::vector<sim::Metric> metrics = [] {
        std::vector<sim::Metric> names;
        for (const Series& series : catalogue()) names.push_back(series.metric);
        return names;
    }();
    return metrics;
}

const std::vector<sim::Metric>& CompanyObservables::outcomes() const { return series(); }

void CompanyObservables::observe(const sim::World& world, std::size_t time,
                                 sim::Record& record) const {
    if (time == 0) record.carried.assign(world.lanes() * flow_count, missing);
    for (std::size_t lane = 0; lane < world.lanes(); ++lane) {
        Totals sum = totals(world, lane);
        const Flows so_far = flows_so_far(world, lane);
        for (std::size_t flow = 0; flow < flow_count; ++flow) {
            double& before = record.carried[lane * flow_count + flow];
            sum.flows[flow] = so_far[flow] - before;
            before = so_far[flow];
        }
        if (ends_period(world.step, months_, 12.0)) sum.patterns = patterns_of(world, lane);
        std::size_t metric = 0;
        for (const Series& series : catalogue()) {
            record.at(metric++, lane, time) = static_cast<float>(series.value(sum, months_));
        }
    }
}

void CompanyObservables::summarise(sim::Record& record) const {
    const std::size_t window = std::min(window_, record.times - 1);
    const auto alive_at_end = [&](std::size_t lane) {
        return !std::isnan(record.at(series_named("price"), lane, record.times - 1));
    };
    for (std::size_t metric = 0; metric < record.series_count; ++metric) {
        const bool at_end = catalogue()[metric].summary == Summary::last;
        const std::size_t first = record.times - (at_end ? 1 : std::max<std::size_t>(window, 1));
        for (std::size_t lane = 0; lane < record.batch.lanes; ++lane) {
            double sum = 0.0;
            double count = 0.0;
            // Firms that did not live through the window have no mean over it.
            if (!at_end && !alive_at_end(lane)) {
                record.outcome(metric, lane) = missing;
                continue;
            }
            for (std::size_t time = first; time < record.times; ++time) {
                const auto value = static_cast<double>(record.at(metric, lane, time));
                if (std::isnan(value)) continue;
                sum += value;
                count += 1.0;
            }
            record.outcome(metric, lane) = ratio(sum, count);
        }
    }
}

}
