#include "analysis/network_report.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include "analysis/csv_file.hpp"
#include "sim/csv.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

namespace fs = std::filesystem;

sim::Graph graph_of(const scenarios::OfficeNetwork& office) {
    return sim::Graph(office.employees, office.colleague, !office.colleague_directed);
}

/// The mixing of a graph by a text of each of its nodes.
Mixing mixing_by(const sim::Graph& graph, const std::string& by,
                 const std::vector<std::string>& values) {
    Mixing mixing{.by = by, .groups = {}, .sizes = {}};
    std::map<std::string, std::uint32_t> place;
    std::vector<std::uint32_t> group;
    std::vector<double> numbers;
    for (const std::string& value : values) {
        const auto [found, is_new] =
            place.emplace(value, static_cast<std::uint32_t>(mixing.groups.size()));
        if (is_new) {
            mixing.groups.push_back(value.empty() ? "none" : value);
            mixing.sizes.push_back(0);
        }
        ++mixing.sizes[found->second];
        group.push_back(found->second);
        if (const auto number = sim::number_in(value)) numbers.push_back(*number);
    }
    mixing.assortativity = sim::assortativity_by(graph, group);
    mixing.number_assortativity = numbers.size() == values.size()
                                      ? sim::assortativity(graph, numbers)
                                      : std::numeric_limits<double>::quiet_NaN();
    mixing.modularity = sim::modularity(graph, group, sim::Weighting::unweighted);
    mixing.weighted_modularity = sim::modularity(graph, group, sim::Weighting::weighted);
    return mixing;
}

std::vector<std::string> teams_of(const scenarios::OfficeNetwork& office) {
    std::vector<std::string> teams;
    for (const std::uint32_t team : office.team) teams.push_back(office.team_names[team]);
    return teams;
}

/// A column of people.csv, for each employee.
std::vector<std::string> column_of(const scenarios::OfficeData& data, const std::string& by) {
    if (data.people_file.empty()) {
        throw sim::UserError(fmt::format("--by {}: there is no people.csv (it holds what people "
                                         "are grouped by)",
                                         by));
    }
    sim::FileProblems problems; // none: the file was read before
    const sim::CsvTable table = sim::read_csv(data.people_file, "file of people", problems);
    const auto id = table.column("person_id");
    const auto column = table.column(by);
    if (!column || !id) {
        throw sim::UserError(fmt::format(
            "--by {}: {} has no such column{} (it has {})", by, data.people_file.path().string(),
            sim::did_you_mean(by, table.columns()), fmt::join(table.columns(), ", ")));
    }
    std::map<std::string, std::string> value_of;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        value_of.emplace(table.cell(row, *id), table.cell(row, *column));
    }
    std::vector<std::string> values;
    for (const std::string& person : data.employee_ids) values.push_back(value_of[person]);
    return values;
}

std::string employee_id(std::uint32_t person) { return fmt::format("{}", person + 1); }
std::string client_id(std::uint32_t client) { return fmt::format("c{}", client + 1); }

void write_ties(const scenarios::OfficeNetwork& office, CsvFile& rows) {
    rows.header({{"from_id", "", ""}, {"to_id", "", ""}, {"kind", "", ""}, {"weight", "", ""}});
    const auto write = [&](const std::string& from, const std::string& to, std::string_view kind,
                           float weight) {
        rows.add(from);
        rows.add(to);
        rows.add(kind);
        rows.add(weight);
        rows.end_row();
    };
    for (const sim::Tie& tie : office.colleague) {
        write(employee_id(tie.from), employee_id(tie.to), "colleague", tie.weight);
    }
    for (const scenarios::Account& account : office.accounts) {
        write(employee_id(account.employee), client_id(account.client), "account", account.weight);
    }
    for (const sim::Tie& tie : office.client_ties) {
        write(client_id(tie.from), client_id(tie.to), "client_client", tie.weight);
    }
}

void write_people(const scenarios::OfficeNetwork& office, CsvFile& rows) {
    const std::set<std::uint32_t> sites(office.site.begin(), office.site.end());
    rows.header({{"person_id", "", ""},
                 {"kind", "", ""},
                 {"team", "", ""},
                 {"site", "", ""},
                 {"is_manager", "", ""}});
    for (std::uint32_t person = 0; person < office.employees; ++person) {
        rows.add(employee_id(person));
        rows.add(std::string_view("employee"));
        rows.add(office.team_names[office.team[person]]);
        rows.add(sites.size() > 1 ? fmt::format("site {}", office.site[person] + 1) : "");
        rows.add(std::size_t{office.is_manager[person]});
        rows.end_row();
    }
    for (std::uint32_t client = 0; client < office.clients; ++client) {
        rows.add(client_id(client));
        rows.add(std::string_view("client"));
        for (int i = 0; i < 3; ++i) rows.add(std::string_view());
        rows.end_row();
    }
}

}

NetworkReport network_report(const scenarios::OfficeNetwork& office, const std::string& source) {
    const sim::Graph graph = graph_of(office);
    NetworkReport report{.source = source,
                         .teams = office.team_names.size(),
                         .managers = static_cast<std::size_t>(
                             std::ranges::count(office.is_manager, std::uint8_t{1})),
                         .clients = office.clients,
                         .accounts = office.accounts.size(),
                         .client_ties = office.client_ties.size(),
                         .measures = sim::measure(graph),
                         .mixing = std::nullopt};
    if (report.teams > 1) report.mixing = mixing_by(graph, "team", teams_of(office));
    return report;
}

NetworkReport network_report(const scenarios::OfficeFiles& files, const std::string& by) {
    const scenarios::OfficeData data = scenarios::read_office(files);
    NetworkReport report = network_report(data.office, files.ties.path().string());
    if (!by.empty() && by != "team") {
        report.mixing = mixing_by(graph_of(data.office), by, column_of(data, by));
    }
    return report;
}

NetworkReport network_report(const sim::Graph& graph, const std::string& source) {
    return {.source = source, .measures = sim::measure(graph), .mixing = std::nullopt};
}

void write_network(const scenarios::OfficeNetwork& office, const fs::path& ties) {
    constexpr auto refuse = sim::NewFile::Existing::refuse;
    const fs::path people = ties.parent_path() / "people.csv";
    if (ties.filename() == people.filename()) {
        throw sim::UserError(fmt::format("{}: is the name of the file of people (it is written "
                                         "beside the ties) choose another",
                                         ties.string()));
    }
    CsvFile tie_rows(ties, refuse);
    CsvFile person_rows(people, refuse);
    write_ties(office, tie_rows);
    write_people(office, person_rows);
    tie_rows.finish();
    person_rows.finish();
    person_rows.keep();
    tie_rows.keep();
}

}
