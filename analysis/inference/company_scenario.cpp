#include <algorithm>
#include <fstream>
#include <iterator>
#include <tuple>

#include <fmt/format.h>

#include "analysis/csv_file.hpp"
#include "analysis/inference/company_day.hpp"
#include "analysis/inference/company_start.hpp"
#include "analysis/wording.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

namespace fs = std::filesystem;

/// Names in the order they are met, under others that say nothing: "team 1".
class Pseudonyms {
public:
    explicit Pseudonyms(std::string noun) : noun_(std::move(noun)) {}
    std::string of(const std::string& name) {
        if (name.empty()) return "";
        const auto found = std::ranges::find(known_, name);
        if (found == known_.end()) known_.push_back(name);
        const auto place = std::ranges::find(known_, name) - known_.begin();
        return fmt::format("{} {}", noun_, place + 1);
    }

private:
    std::string noun_;
    std::vector<std::string> known_;
};

/// Counts of what was written.
struct Written {
    std::size_t employees = 0, clients = 0, colleague = 0, account = 0, others = 0;
};

void write_people(CsvFile& file, const CompanyDay& at, const FittedSetPoints& staff,
                  const std::optional<FittedSetPoints>& market, Written& written) {
    Pseudonyms teams("team");
    Pseudonyms sites("site");
    Pseudonyms segments("segment");
    file.header({{"person_id", "", ""},
                 {"kind", "", ""},
                 {"team", "", ""},
                 {"site", "", ""},
                 {"segment", "", ""},
                 {"is_manager", "", ""},
                 {"set_point", "", ""}});
    for (const PersonIndex i : at.order) {
        const scenarios::Person& person = at.survey.people.list[i];
        const bool client = at.survey.is_client(i);
        ++(client ? written.clients : written.employees);
        file.add(at.name[i]);
        file.add(client ? "client" : "employee");
        file.add(teams.of(person.team));
        file.add(sites.of(person.site));
        file.add(segments.of(person.segment));
        file.add(person.is_manager ? "1" : "0");
        const auto& fitted = client && market ? market->set_point[i] : staff.set_point[i];
        file.add(fitted ? fmt::format("{:.4f}", *fitted) : std::string());
        file.end_row();
    }
}

void write_ties(CsvFile& file, const CompanyDay& at, Written& written) {
    file.header({{"from_id", "", ""}, {"to_id", "", ""}, {"kind", "", ""}, {"weight", "", ""}});
    std::vector<SurveyTie> kept;
    std::ranges::copy_if(at.ties, std::back_inserter(kept),
                         [&](const SurveyTie& tie) { return at.is_kept(tie); });
    std::ranges::sort(kept, {}, [&](const SurveyTie& tie) {
        return std::tuple(tie.kind, at.number[tie.from], at.number[tie.to]);
    });
    for (const SurveyTie& tie : kept) {
        const std::string& kind = at.survey.tie_kinds[tie.kind];
        ++(kind == "colleague" ? written.colleague
                               : (kind == "account" ? written.account : written.others));
        file.add(at.name[tie.from]);
        file.add(at.name[tie.to]);
        file.add(kind);
        file.add(tie.weight);
        file.end_row();
    }
}

/// Clients for each employee where the survey names none: the model's default.
constexpr double usual_clients = 10.0;

/// What the files do not hold and the scenario makes up; "" where that is nothing.
std::string made_up(const Written& written) {
    if (written.clients == 0) {
        return fmt::format("the survey names no clients, by whom a firm of the model lives: {:.0f} "
                           "are made up, {:.0f} for each employee",
                           usual_clients * static_cast<double>(written.employees), usual_clients);
    }
    if (written.account == 0) {
        return "no account is in force on that day, so who serves whom";
    }
    return "";
}

/// Clients and their price, which is no part of a survey: one at which the firm earns what the firm
/// of the defaults earns, 1,000 EUR from each of ten clients per employee.
std::string service_text(const Written& written) {
    const double clients = written.clients == 0 ? usual_clients
                                                : static_cast<double>(written.clients) /
                                                      static_cast<double>(written.employees);
    const std::string note = made_up(written);
    return fmt::format(R"(
[firm]
room_to_grow = 0           # as many positions as people: none is vacant, and it cannot outgrow them

{}[network.service]{}
clients_per_employee = {:.12g}

[market]
price = {:.0f}               # EUR/month from a client: assumed, put yours
size = 3                   # people in the market for each client; the others are made up
)",
                       note.empty() ? "" : "# Made up: " + note + ".\n",
                       written.account > 0 ? "\nfile = \"ties.csv\"" : "", clients,
                       10000.0 / clients);
}

std::string scenario_text(const FittedSetPoints& staff,
                          const std::optional<FittedSetPoints>& market, const Written& written) {
    std::string text = fmt::format(R"(cercle = 1
title = "Our company: as it is, as a Scop, with a sincere price"
seed = 2026
replicates = 100

# Made from a survey on {}: {}, {}, {} among colleagues.
# Set points in people.csv are fitted to the answers to {} ({} people; {:.0f} % of the
# variance of one answer lasts). What follows is a simulation under the parameters of the model, most
# of which were not measured here (cercle params): no forecast of this company.

[time]
years = 5
burn_in = "0 months"

[network.people]
file = "people.csv"

[network.colleague]
file = "ties.csv"
duplicates = "max"

[employee]                 # those who come later are like those who answered
mean = {:.3f}
set_point_sd = {:.3f}
)",
                                   date_text(staff.latest), counted(written.employees, "employee"),
                                   counted(written.clients, "client"),
                                   counted(written.colleague, "tie"), staff.instrument,
                                   staff.answered, 100.0 * staff.reliability, staff.mean, staff.sd);
    text += service_text(written);
    if (market) {
        text += fmt::format("\n[client]                   # fitted to {} ({} clients)\n"
                            "mean = {:.3f}\nset_point_sd = {:.3f}\n",
                            market->instrument, market->answered, market->mean, market->sd);
    }
    return text + R"(
[[arm]]
name = "as_a_scop"
governance.regime = "cooperative"

[[arm]]
name = "sincere_price"
governance.regime = "conventional"
pricing.rule = "fair"

[[arm]]
name = "as_it_is"          # change this one where the company is otherwise: cercle params
governance.regime = "conventional"
pricing.rule = "market"
)";
}

/// What was written, a line for each file, and what was made up or left out.
std::vector<std::string> told(const CompanyDay& at, const FittedSetPoints& staff,
                              const Written& written) {
    std::vector<std::string> lines{
        fmt::format("people.csv: {}, {}; set points fitted to {}",
                    counted(written.employees, "employee"), counted(written.clients, "client"),
                    staff.instrument),
        fmt::format("ties.csv: {} among colleagues, {}", counted(written.colleague, "tie"),
                    counted(written.account, "account")),
        "scenario.toml: arms as_a_scop, sincere_price, as_it_is; no position is vacant"};
    if (const std::string note = made_up(written); !note.empty()) {
        lines.push_back("scenario.toml: " + note);
    }
    if (at.unserved > 0) {
        lines.push_back(fmt::format("people.csv: {} without a contact on {} left out",
                                    counted(at.unserved, "client"), date_text(at.day)));
    }
    return lines;
}

}

std::vector<std::string> write_company_scenario(const Survey& survey, const fs::path& folder) {
    using sim::NewFile;
    const auto staff = fit_set_points(survey, false);
    if (!staff) {
        throw sim::UserError(survey.folder.string() + ": no answers of employees (set points are "
                                                      "fitted to them; waves.csv holds none)");
    }
    const auto market = fit_set_points(survey, true);
    const CompanyDay at =
        company_on(survey, std::max(staff->latest, market ? market->latest : Day::min()));
    Written written;
    CsvFile people(folder / "people.csv", NewFile::Existing::refuse);
    CsvFile ties(folder / "ties.csv", NewFile::Existing::refuse);
    NewFile scenario(folder / "scenario.toml", NewFile::Existing::refuse);
    write_people(people, at, *staff, market, written);
    write_ties(ties, at, written);
    if (written.colleague == 0) {
        throw sim::UserError(fmt::format("{}: no ties of kind colleague are in force on {} (a "
                                         "company needs them)",
                                         survey.folder.string(), date_text(at.day)));
    }
    std::ofstream text(scenario.path());
    text << scenario_text(*staff, market, written);
    if (!text.flush()) {
        throw sim::RuntimeFailure(scenario.path().string() + ": cannot be written");
    }
    people.finish();
    ties.finish();
    people.keep();
    ties.keep();
    scenario.keep();
    return told(at, *staff, written);
}

}
