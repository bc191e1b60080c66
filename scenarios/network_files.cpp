#include "scenarios/network_files.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "scenarios/people_file.hpp"
#include "scenarios/tie_gathering.hpp"
#include "scenarios/tie_placing.hpp"
#include "scenarios/ties_file.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {
namespace {

namespace fs = std::filesystem;

/// Leaves the ties in force on a day: the one given, or the last on which any tie starts.
void keep_those_in_force(TiesFile& file, const OfficeFiles& files, sim::FileProblems& problems) {
    std::string first;
    std::string last;
    for (const FileTie& tie : file.ties) {
        if (tie.start_date.empty()) continue;
        if (first.empty() || tie.start_date < first) first = tie.start_date;
        if (tie.kind == files.kind && tie.start_date > last) last = tie.start_date;
    }
    const std::string date = files.date.empty() ? last : files.date;
    if (date.empty() || file.ties.empty()) return;
    std::erase_if(file.ties, [&](const FileTie& tie) {
        return tie.start_date > date || (!tie.end_date.empty() && tie.end_date < date);
    });
    if (!file.ties.empty()) return;
    problems.add(file.file, 0,
                 fmt::format("no tie is in force on {} (the first starts on {}, the "
                             "last on {})",
                             date, first, last));
}

/// Numbers names in the order they are met; people without one share "none".
class Names {
public:
    std::uint32_t of(const std::string& name) {
        const auto [found, is_new] = place_.emplace(name, list_.size());
        if (is_new) list_.push_back(name.empty() ? "none" : name);
        return static_cast<std::uint32_t>(found->second);
    }
    const std::vector<std::string>& list() const { return list_; }

private:
    std::map<std::string, std::size_t> place_;
    std::vector<std::string> list_;
};

/// In logits; NaN where the file tells none.
float set_point_of(const Person& person) {
    const double share = person.set_point.value_or(std::numeric_limits<double>::quiet_NaN());
    return static_cast<float>(std::log(share / (1.0 - share)));
}

void settle(OfficeData& data, const People& people) {
    Names teams;
    Names sites;
    for (const Person& person : people.list) {
        if (person.kind == PersonKind::client) {
            data.client_ids.push_back(person.id);
            data.office.client_set_point.push_back(set_point_of(person));
            continue;
        }
        data.employee_ids.push_back(person.id);
        data.office.team.push_back(teams.of(person.team));
        data.office.site.push_back(sites.of(person.site));
        data.office.is_manager.push_back(person.is_manager ? 1 : 0);
        data.office.set_point.push_back(set_point_of(person));
    }
    for (std::vector<float>* told : {&data.office.set_point, &data.office.client_set_point}) {
        if (std::ranges::all_of(*told, [](float each) { return std::isnan(each); })) told->clear();
    }
    data.office.team_names = teams.list();
    data.office.employees = data.employee_ids.size();
    data.office.clients = data.client_ids.size();
}

/// Says which kinds of ties there are, where the wanted one is missing.
void check_kind(const TiesFile& file, const std::string& kind, sim::FileProblems& problems) {
    std::map<std::string, std::size_t> counts;
    for (const FileTie& tie : file.ties) ++counts[tie.kind];
    if (counts.empty() || counts.contains(kind)) return;
    std::vector<std::string> told;
    for (const auto& [which, count] : counts) told.push_back(fmt::format("{} {}", count, which));
    problems.add(file.file, 0,
                 fmt::format("has no ties of kind {} (it has {}); set "
                             "network.colleague.kind (cercle network: --kind)",
                             kind, fmt::join(told, ", ")));
}

sim::TextFile people_file(const OfficeFiles& files) {
    if (!files.people.empty()) return files.people;
    const sim::TextFile beside = files.ties.beside("people.csv");
    std::error_code error;
    return fs::exists(beside.path(), error) ? beside : sim::TextFile();
}

/// Without a file of people, a contact must be known from the ties among colleagues: a misspelt one
/// would be a new person.
void check_contacts(const People& people, const TiesFile& ties, const TiesFile& service,
                    sim::FileProblems& problems) {
    std::set<std::string> told;
    for (const FileTie& tie : service.ties) {
        if (tie.kind != "account" || people.place.contains(tie.from)) continue;
        const bool turned = people.place.contains(tie.to);
        if (!told.insert(turned ? tie.to : tie.from).second) continue;
        problems.add(service.file, tie.line,
                     turned ? fmt::format("from_id {} is a client and to_id {} a colleague (an "
                                          "account goes from employee to client); swap the columns",
                                          tie.from, tie.to)
                            : fmt::format("contact {} has no tie in {} (a contact is one of the "
                                          "colleagues); mend the id, or add a people.csv that "
                                          "lists everyone",
                                          tie.from, ties.file));
    }
}

/// The people of the file, or of the ties where there is no file or it names no clients and a file
/// of accounts does.
People everybody(const OfficeFiles& files, const TiesFile& ties,
                 const std::optional<TiesFile>& service, sim::FileProblems& problems) {
    const sim::TextFile file = people_file(files);
    if (file.empty()) {
        People people;
        count_people(people, ties, problems);
        if (service) {
            check_contacts(people, ties, *service, problems);
            count_people(people, *service, problems);
        }
        return people;
    }
    People people = read_people(file, problems);
    const bool names_clients = std::ranges::any_of(
        people.list, [](const Person& person) { return person.kind == PersonKind::client; });
    if (!service || names_clients) return people;
    for (const FileTie& tie : service->ties) {
        for (const std::string& id : {tie.to, tie.kind == "account" ? tie.to : tie.from}) {
            if (!people.place.emplace(id, people.list.size()).second) continue;
            people.list.push_back({.id = id, .kind = PersonKind::client});
        }
    }
    return people;
}

}

OfficeData read_office(const OfficeFiles& files) {
    sim::FileProblems problems;
    TiesFile ties = read_ties(files.ties, {.usual = files.kind, .asked = {files.kind}}, problems);
    keep_those_in_force(ties, files, problems);
    check_kind(ties, files.kind, problems);
    std::optional<TiesFile> service;
    if (!files.service.empty()) {
        service = read_ties(files.service, {.usual = "account", .asked = {}}, problems);
    }
    const People people = everybody(files, ties, service, problems);
    const Numbers numbers = number(people);
    Placing placing(people, numbers, problems);
    if (!people.list.empty()) placing.find_dangling(ties);
    if (service && !people.list.empty()) placing.find_dangling(*service);

    OfficeData data;
    data.people_file = people_file(files);
    settle(data, people);
    const std::vector<PlacedTie> colleague = placing.of_kind(ties, files.kind);
    data.office.colleague_directed =
        files.direction == Direction::directed ||
        (files.direction == Direction::automatic && look_directed(colleague));
    data.office.colleague = gathered(colleague,
                                     {.directed = data.office.colleague_directed,
                                      .duplicates = files.duplicates,
                                      .parameter = "network.colleague.duplicates"},
                                     ties.file, problems);
    const std::vector<PlacedTie> reports = placing.of_kind(ties, "manager");
    if (!people.tells_managers) {
        for (const PlacedTie& report : reports) data.office.is_manager[report.tie.to] = 1;
    }
    const TiesFile& market = service ? *service : ties;
    const Gathering as_accounts{.directed = true, .duplicates = files.duplicates, .parameter = ""};
    const Gathering as_clients{.directed = false, .duplicates = files.duplicates, .parameter = ""};
    for (const sim::Tie& tie :
         gathered(placing.of_kind(market, "account"), as_accounts, market.file, problems)) {
        data.office.accounts.push_back({tie.from, tie.to, tie.weight});
    }
    data.office.client_ties =
        gathered(placing.of_kind(market, "client_client"), as_clients, market.file, problems);
    problems.throw_if_any();
    return data;
}

OfficeData office_data(const sim::Settings& settings, const sim::TextFolder& folder) {
    const std::string& date = settings.text("network.colleague.date");
    if (!date.empty() && !is_date(date)) {
        throw sim::UserError(fmt::format("network.colleague.date = \"{}\": is not a date (write "
                                         "2026-11-22)",
                                         date));
    }
    const auto path = [&](const char* parameter) {
        if (!settings.has(parameter) || settings.text(parameter).empty()) return sim::TextFile();
        return folder / settings.text(parameter);
    };
    const std::map<std::string, Direction> directions{{"auto", Direction::automatic},
                                                      {"undirected", Direction::undirected},
                                                      {"directed", Direction::directed}};
    const std::map<std::string, Duplicates> duplicates{{"refuse", Duplicates::refuse},
                                                       {"sum", Duplicates::sum},
                                                       {"mean", Duplicates::mean},
                                                       {"max", Duplicates::max}};
    return read_office({.ties = path("network.colleague.file"),
                        .people = path("network.people.file"),
                        .service = path("network.service.file"),
                        .kind = settings.text("network.colleague.kind"),
                        .direction = directions.at(settings.text("network.colleague.direction")),
                        .duplicates = duplicates.at(settings.text("network.colleague.duplicates")),
                        .date = date});
}

OfficeNetwork office_from_files(const sim::Settings& settings, const sim::TextFolder& folder) {
    return office_data(settings, folder).office;
}

}
