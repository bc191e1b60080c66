#include "analysis/inference/company.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "analysis/csv_file.hpp"
#include "scenarios/draws.hpp"
#include "sim/error.hpp"
#include "sim/random.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

namespace fs = std::filesystem;
using Eigen::Index;

constexpr std::uint32_t team_size = 8;
constexpr std::uint32_t mates = 4;  ///< ties of a person inside the team
constexpr std::uint32_t others = 2; ///< and outside

const Day start = Day(std::chrono::year(2022) / 1 / 15);

Day quarter(std::size_t number) {
    return start +
           std::chrono::days(static_cast<int>(std::lround(91.31 * static_cast<double>(number))));
}

/// Draws who is there and who is tied to whom.
class Founder {
public:
    explicit Founder(const CompanyPlan& plan)
        : plan_(plan), stream_(plan.seed, sim::Draw::survey_roster, 0) {}

    Survey found() {
        add_people();
        survey_.tie_kinds = {"colleague", "account"};
        add_colleagues();
        add_accounts();
        add_handovers();
        add_empty_scores();
        return std::move(survey_);
    }

private:
    std::uint32_t employees() const { return static_cast<std::uint32_t>(plan_.teams) * team_size; }
    std::uint32_t clients() const { return static_cast<std::uint32_t>(most_handovers(plan_)); }
    void add_person(scenarios::Person person) {
        survey_.people.place.emplace(person.id, survey_.people.list.size());
        survey_.people.list.push_back(std::move(person));
    }
    void add_people() {
        for (std::uint32_t i = 0; i < employees(); ++i) {
            add_person({.id = fmt::format("e{}", i + 1),
                        .team = fmt::format("team {}", i / team_size + 1),
                        .is_manager = i % team_size == 0});
        }
        for (std::uint32_t i = 0; i < clients(); ++i) {
            add_person({.id = fmt::format("c{}", i + 1),
                        .kind = scenarios::PersonKind::client,
                        .segment = fmt::format("segment {}", i % 3 + 1)});
        }
    }
    void add_colleagues() {
        std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
        for (std::uint32_t i = 0; i < employees(); ++i) {
            const std::uint32_t first = i / team_size * team_size;
            for (std::uint32_t k = 0; k < (mates + others) / 2; ++k) {
                const bool inside = k < mates / 2;
                const auto j = inside ? first + static_cast<std::uint32_t>(stream_.below(team_size))
                                      : static_cast<std::uint32_t>(stream_.below(employees()));
                if (j != i) pairs.emplace(std::min(i, j), std::max(i, j));
            }
        }
        for (const auto& [i, j] : pairs) survey_.ties.push_back({i, j, 0, 1.0});
    }
    void add_accounts() {
        for (std::uint32_t c = 0; c < clients(); ++c) {
            contact_.push_back(static_cast<std::uint32_t>(stream_.below(employees())));
            survey_.ties.push_back({contact_[c], employees() + c, 1, 1.0});
        }
    }
    /// Distinct clients, given to a team mate of their contact in the middle of the survey.
    void add_handovers() {
        std::vector<std::uint32_t> order(clients());
        for (std::uint32_t c = 0; c < clients(); ++c) order[c] = c;
        for (std::size_t left = order.size(); left > 1; --left) {
            std::swap(order[left - 1], order[stream_.below(left)]);
        }
        const std::size_t count = std::min<std::size_t>(plan_.handovers, order.size());
        for (std::size_t h = 0; h < count; ++h) {
            const std::uint32_t client = order[h];
            const std::uint32_t old_contact = contact_[client];
            const std::uint32_t first = old_contact / team_size * team_size;
            const auto shift = 1 + static_cast<std::uint32_t>(stream_.below(team_size - 1));
            const std::uint32_t next = first + (old_contact - first + shift) % team_size;
            const std::size_t span = plan_.waves > 7 ? plan_.waves - 7 : 1;
            const Day date = quarter(2 + stream_.below(span)) + std::chrono::days(30);
            const auto reason = static_cast<HandoverReason>(stream_.below(3));
            survey_.handovers.push_back({employees() + client, old_contact, next, date, reason});
        }
    }
    void add_empty_scores() {
        survey_.instruments = {{"engagement", 0.0, 100.0, 9}, {"promoter", 0.0, 10.0, 1}};
        for (std::uint32_t instrument = 0; instrument < 2; ++instrument) {
            const std::uint32_t first = instrument == 0 ? 0 : employees();
            const std::uint32_t end = instrument == 0 ? employees() : employees() + clients();
            for (std::size_t wave = 0; wave < plan_.waves; ++wave) {
                for (std::uint32_t i = first; i < end; ++i) {
                    if (stream_.uniform() >= plan_.response) continue;
                    survey_.scores.push_back({i, instrument, quarter(wave), 0.0});
                }
            }
        }
    }

    const CompanyPlan& plan_;
    sim::Stream stream_;
    Survey survey_;
    std::vector<std::uint32_t> contact_; ///< first contact of each client
};

SurveyWorld world_of(const CompanyPlan& plan) {
    SurveyWorld world{.name = plan.truth};
    if (plan.truth == "homophily" || plan.truth == "both") world.homophily = 0.64;
    if (plan.truth == "shocks" || plan.truth == "both") world.team_shocks = {0.25, 0.25};
    if (plan.truth == "hidden") world.hidden_shocks = 0.25;
    if (plan.truth == "contacts") world.contact_effects = 0.25;
    if (plan.truth == "contagion") world.channel = "employee_client";
    if (plan.truth == "colleagues") world.channel = "colleague";
    if (!world.channel.empty()) world.weight = plan.weight;
    return world;
}

/// Answers as they are, not standardised: places for a world to fill in.
Panels empty_panels(const Survey& survey) {
    return {.employees = answers_to(survey, 0), .clients = answers_to(survey, 1)};
}

/// Gives every hand-over to the one of two team mates who is more like the client.
void make_assortative(Survey& company, const Panels& panels) {
    const auto mean = [](const Answers& answers, PersonIndex person) {
        double sum = 0.0, count = 0.0;
        for (const double answer : answers.y.row(person)) {
            if (std::isnan(answer)) continue;
            sum += answer;
            count += 1.0;
        }
        return count > 0.0 ? sum / count : 0.0;
    };
    for (Handover& each : company.handovers) {
        const PersonIndex first = each.old_contact / team_size * team_size;
        PersonIndex other = first + (each.new_contact - first + 3) % team_size;
        if (other == each.old_contact) other = first + (other - first + 1) % team_size;
        const double client = mean(*panels.clients, each.client);
        const auto distance = [&](PersonIndex employee) {
            return std::abs(mean(*panels.employees, employee) - client);
        };
        if (distance(other) < distance(each.new_contact)) each.new_contact = other;
    }
}

/// Latent answers to scores on their scales: 0 to 100 in whole steps, 0 to 10.
void fill_scores(Survey& company, const Panels& panels) {
    for (Score& score : company.scores) {
        const bool client = score.instrument == 1;
        const Answers& answers = client ? *panels.clients : *panels.employees;
        const auto wave = std::ranges::lower_bound(answers.waves, score.date);
        const double latent = answers.y(score.person, wave - answers.waves.begin());
        const double shown = client ? 6.5 + 1.5 * latent : 60.0 + 15.0 * latent;
        score.value = std::clamp(std::round(shown), 0.0, client ? 10.0 : 100.0);
    }
}

}

const std::vector<std::string>& company_truths() {
    static const std::vector<std::string> truths{"none",        "homophily", "shocks",
                                                 "both",        "hidden",    "contacts",
                                                 "assortative", "contagion", "colleagues"};
    return truths;
}

std::size_t most_handovers(const CompanyPlan& plan) {
    return plan.teams * team_size * plan.clients_per_employee;
}

Survey make_company(const CompanyPlan& plan) {
    if (std::ranges::find(company_truths(), plan.truth) == company_truths().end()) {
        throw sim::UserError(fmt::format("--truth {}: unknown{} (one of {})", plan.truth,
                                         sim::did_you_mean(plan.truth, company_truths()),
                                         fmt::join(company_truths(), ", ")));
    }
    Survey company = Founder(plan).found();
    const SurveyFrame frame(company, empty_panels(company));
    const Panels panels = frame.simulate(world_of(plan), {}, plan.seed, 0);
    if (plan.truth == "assortative") make_assortative(company, panels);
    fill_scores(company, panels);
    return company;
}

void write_company(const Survey& company, const fs::path& folder) {
    using sim::NewFile;
    const std::vector<scenarios::Person>& people = company.people.list;
    CsvFile roster(folder / "people.csv", NewFile::Existing::refuse);
    CsvFile ties(folder / "ties.csv", NewFile::Existing::refuse);
    CsvFile waves(folder / "waves.csv", NewFile::Existing::refuse);
    CsvFile handovers(folder / "handovers.csv", NewFile::Existing::refuse);
    const auto write = [](CsvFile& file, const std::vector<std::string>& fields) {
        for (const std::string& field : fields) file.add(field);
        file.end_row();
    };
    write(roster, {"person_id", "kind", "team", "segment", "is_manager"});
    for (PersonIndex i = 0; i < people.size(); ++i) {
        write(roster, {people[i].id, company.is_client(i) ? "client" : "employee", people[i].team,
                       people[i].segment, people[i].is_manager ? "1" : "0"});
    }
    write(ties, {"from_id", "to_id", "kind", "weight"});
    for (const SurveyTie& tie : company.ties) {
        write(ties, {people[tie.from].id, people[tie.to].id, company.tie_kinds[tie.kind],
                     fmt::format("{}", tie.weight)});
    }
    write(waves, {"person_id", "date", "score", "scale_min", "scale_max", "instrument", "n_items"});
    for (const Score& score : company.scores) {
        const Instrument& asked = company.instruments[score.instrument];
        write(waves,
              {people[score.person].id, date_text(score.date), fmt::format("{}", score.value),
               fmt::format("{}", asked.scale_min), fmt::format("{}", asked.scale_max), asked.name,
               fmt::format("{}", asked.items)});
    }
    write(handovers, {"client_id", "date", "old_id", "new_id", "reason"});
    for (const Handover& each : company.handovers) {
        write(handovers, {people[each.client].id, date_text(each.date), people[each.old_contact].id,
                          people[each.new_contact].id,
                          handover_reasons[static_cast<std::size_t>(each.reason)]});
    }
    for (CsvFile* file : {&roster, &ties, &waves, &handovers}) file->finish();
    for (CsvFile* file : {&roster, &ties, &waves, &handovers}) file->keep();
}

}
