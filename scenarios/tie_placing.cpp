#include "scenarios/tie_placing.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace cercle::scenarios {
namespace {

/// Notes people as ties name them.
class Census {
public:
    Census(People& people, sim::FileProblems& problems) : people_(people), problems_(problems) {}

    void count(const TiesFile& file) {
        for (const FileTie& tie : file.ties) {
            const bool of_client = tie.kind == "client_client";
            const bool to_client = of_client || tie.kind == "account";
            meet(file, tie, tie.from, of_client ? PersonKind::client : PersonKind::employee);
            meet(file, tie, tie.to, to_client ? PersonKind::client : PersonKind::employee);
        }
    }

private:
    void meet(const TiesFile& file, const FileTie& tie, const std::string& id, PersonKind kind) {
        const auto [found, is_new] = people_.place.emplace(id, people_.list.size());
        if (is_new) {
            people_.list.push_back({.id = id, .kind = kind});
        } else if (people_.list[found->second].kind != kind && reported_.insert(id).second) {
            problems_.add(file.file, tie.line,
                          fmt::format("person {} is employee on one line and client on another (an "
                                      "account goes from employee to client); add a people.csv "
                                      "beside it",
                                      id));
        }
    }
    People& people_;
    sim::FileProblems& problems_;
    std::set<std::string> reported_;
};

}

void count_people(People& people, const TiesFile& file, sim::FileProblems& problems) {
    Census(people, problems).count(file);
}

Numbers number(const People& people) {
    Numbers numbers;
    for (const Person& person : people.list) {
        numbers.of_person.push_back(person.kind == PersonKind::employee ? numbers.employees++
                                                                        : numbers.clients++);
    }
    return numbers;
}

void Placing::find_dangling(const TiesFile& file) {
    std::map<std::string, std::pair<std::size_t, std::size_t>> missing; // id: first line, lines
    for (const FileTie& tie : file.ties) {
        for (const std::string& id : {tie.from, tie.to}) {
            if (people_.place.contains(id)) continue;
            ++missing.emplace(id, std::pair(tie.line, std::size_t{0})).first->second.second;
        }
    }
    std::vector<std::pair<std::size_t, std::string>> by_line;
    for (const auto& [id, where] : missing) by_line.emplace_back(where.first, id);
    std::ranges::sort(by_line);
    for (const auto& [line, id] : by_line) {
        const std::size_t lines = missing[id].second;
        problems_.add(file.file, line,
                      fmt::format("person {} is not in {} (named in {} tie{})", id, people_.file,
                                  lines, lines == 1 ? "" : "s"));
    }
}

std::vector<PlacedTie> Placing::of_kind(const TiesFile& file, const std::string& kind) {
    std::vector<PlacedTie> placed;
    for (const FileTie& tie : file.ties) {
        if (tie.kind != kind) continue;
        const auto from = people_.place.find(tie.from);
        const auto to = people_.place.find(tie.to);
        if (from == people_.place.end() || to == people_.place.end()) continue; // told before
        std::size_t one = from->second;
        std::size_t other = to->second;
        if (kind == "account" && is_client(one)) std::swap(one, other);
        const bool first_client = kind == "client_client";
        const bool second_client = first_client || kind == "account";
        if (is_client(one) != first_client || is_client(other) != second_client) {
            wrong_ends(file, tie);
            continue;
        }
        placed.push_back(
            {{numbers_.of_person[one], numbers_.of_person[other], static_cast<float>(tie.weight)},
             &tie});
    }
    return placed;
}

void Placing::wrong_ends(const TiesFile& file, const FileTie& tie) {
    const std::string wanted = tie.kind == "account"         ? "an employee and a client"
                               : tie.kind == "client_client" ? "two clients"
                                                             : "two employees";
    const auto called = [&](const std::string& id) {
        return is_client(people_.place.find(id)->second) ? "a client" : "an employee";
    };
    problems_.add(file.file, tie.line,
                  fmt::format("a tie of kind {} joins {} ({} is {}, {} is {})", tie.kind, wanted,
                              tie.from, called(tie.from), tie.to, called(tie.to)));
}

}
