#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "analysis/inference/survey_parts.hpp"
#include "analysis/inference/survey_rows.hpp"
#include "scenarios/ties_file.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

using scenarios::FileTie;

bool is_dated(const SurveyTie& tie) { return tie.first != Day::min() || tie.last != Day::max(); }

/// Turns the ties of a file into ties of known people, noting what is wrong with them.
class TieTaker {
public:
    TieTaker(Survey& survey, const scenarios::TiesFile& file, sim::FileProblems& problems)
        : survey_(survey), file_(file), problems_(problems) {}

    void take(const FileTie& tie) {
        const auto from = person(tie, tie.from);
        const auto to = person(tie, tie.to);
        if (from == no_person || to == no_person) return;
        SurveyTie taken{.from = from, .to = to, .kind = kind(tie.kind), .weight = tie.weight};
        if (!tie.start_date.empty()) taken.first = day_of(tie.start_date);
        if (!tie.end_date.empty()) taken.last = day_of(tie.end_date);
        if (tie.kind == "account" && survey_.is_client(from)) std::swap(taken.from, taken.to);
        if (!has_right_ends(tie, taken)) return;
        survey_.ties.push_back(taken);
        lines_.push_back(tie.line);
    }

    void tell_unknown() {
        if (unknown_.empty() || !survey_.people.is_whole) return; // rows of people were lost
        std::vector<std::string> ids;
        for (const scenarios::Person& someone : survey_.people.list) ids.push_back(someone.id);
        problems_.add(file_.file, first_line_,
                      fmt::format("{} {} to people who are not in {} ({} here is the first of "
                                  "{}){}; add them or leave these rows out",
                                  count_, count_ == 1 ? "tie goes" : "ties go", survey_.people.file,
                                  first_, unknown_.size(), sim::did_you_mean(first_, ids)));
    }

    /// Notes ties that are there twice on the same day: the first, and how many there are.
    void refuse_doubles() {
        std::vector<std::size_t> order(survey_.ties.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        const auto key = [&](std::size_t i) {
            const SurveyTie& tie = survey_.ties[i];
            return std::tuple(tie.kind, tie.from, tie.to, tie.first, lines_[i]);
        };
        std::ranges::sort(order, {}, key);
        std::vector<std::pair<std::size_t, std::size_t>> doubles; // place, place of the one before
        for (std::size_t k = 1; k < order.size(); ++k) {
            const SurveyTie& before = survey_.ties[order[k - 1]];
            const SurveyTie& tie = survey_.ties[order[k]];
            const bool same = std::tuple(before.kind, before.from, before.to) ==
                              std::tuple(tie.kind, tie.from, tie.to);
            if (same && tie.first <= before.last) doubles.emplace_back(order[k], order[k - 1]);
        }
        if (!doubles.empty()) tell_double(doubles);
    }

    /// Notes clients who have two contacts at once of whom none is the main one, where dates tell
    /// so: it is most often a hand-over whose end was forgotten. Accounts without dates are shared.
    void refuse_rivals() {
        std::vector<std::size_t> accounts;
        for (std::size_t i = 0; i < survey_.ties.size(); ++i) {
            if (survey_.tie_kinds[survey_.ties[i].kind] == "account") accounts.push_back(i);
        }
        std::ranges::stable_sort(accounts, {}, [&](std::size_t i) { return survey_.ties[i].to; });
        std::vector<std::pair<std::size_t, std::size_t>> rivals; // lines, the later one first
        for (auto one = accounts.begin(); one != accounts.end(); ++one) {
            const SurveyTie& tie = survey_.ties[*one];
            for (auto other = one + 1; other != accounts.end(); ++other) {
                const SurveyTie& beside = survey_.ties[*other];
                if (beside.to != tie.to) break;
                if (!overlap(tie, beside) || tie.weight != beside.weight) continue;
                if (!is_dated(tie) && !is_dated(beside)) continue;
                const auto [first, second] = std::minmax(lines_[*one], lines_[*other]);
                rivals.emplace_back(second, first);
            }
        }
        if (rivals.empty()) return;
        const auto& [line, earlier] = *std::ranges::min_element(rivals);
        problems_.add(
            file_.file, line,
            fmt::format("the client of this account has another contact at the same time, on line "
                        "{}, with the same weight (nobody is the main contact{}); end the earlier "
                        "account, or give the main contact the larger weight",
                        earlier,
                        rivals.size() > 1 ? fmt::format("; {} more {} like that", rivals.size() - 1,
                                                        rivals.size() == 2 ? "is" : "are")
                                          : ""));
    }

private:
    PersonIndex person(const FileTie& tie, const std::string& id) {
        const auto found = survey_.people.place.find(id);
        if (found != survey_.people.place.end()) return static_cast<PersonIndex>(found->second);
        if (unknown_.empty()) {
            first_ = id;
            first_line_ = tie.line;
        }
        ++unknown_[id];
        if (tie.line != last_line_) ++count_;
        last_line_ = tie.line;
        return no_person;
    }
    void tell_double(const std::vector<std::pair<std::size_t, std::size_t>>& doubles) {
        const auto& [again, before] = *std::ranges::min_element(
            doubles, {}, [&](const auto& each) { return lines_[each.first]; });
        const SurveyTie& tie = survey_.ties[again];
        const std::size_t others = doubles.size() - 1;
        problems_.add(
            file_.file, lines_[again],
            fmt::format("the {} of these two overlaps with line {} (both are in force on the same "
                        "day{}); leave one, or end the earlier one",
                        survey_.tie_kinds[tie.kind] == "account" ? "account" : "tie",
                        lines_[before],
                        others > 0 ? fmt::format("; {} more overlap with others", others) : ""));
    }
    std::uint32_t kind(const std::string& name) {
        const auto found = std::ranges::find(survey_.tie_kinds, name);
        const auto place = static_cast<std::uint32_t>(found - survey_.tie_kinds.begin());
        if (found == survey_.tie_kinds.end()) survey_.tie_kinds.push_back(name);
        return place;
    }
    bool has_right_ends(const FileTie& tie, const SurveyTie& taken) {
        const bool first = tie.kind == "client_client";
        const bool second = first || tie.kind == "account";
        if (survey_.is_client(taken.from) == first && survey_.is_client(taken.to) == second) {
            return true;
        }
        problems_.add(file_.file, tie.line,
                      fmt::format("a tie of kind {} joins {} (from_id is {}, to_id is {})",
                                  tie.kind,
                                  first    ? "two clients"
                                  : second ? "an employee and a client"
                                           : "two employees",
                                  called(tie.from), called(tie.to)));
        return false;
    }
    std::string called(const std::string& id) const {
        const auto person = static_cast<PersonIndex>(survey_.people.place.find(id)->second);
        return survey_.is_client(person) ? "a client" : "an employee";
    }

    Survey& survey_;
    const scenarios::TiesFile& file_;
    sim::FileProblems& problems_;
    std::vector<std::size_t> lines_; ///< of each tie of the survey
    std::map<std::string, std::size_t> unknown_;
    std::string first_;
    std::size_t first_line_ = 0, last_line_ = 0, count_ = 0;
};

}

void read_survey_ties(Survey& survey, sim::FileProblems& problems) {
    const std::filesystem::path path = survey.folder / "ties.csv";
    if (!std::filesystem::exists(path)) return;
    const scenarios::TiesFile file =
        scenarios::ties_in(read_survey_table(path, survey.settings, problems), {}, problems);
    if (survey.people.list.empty()) return; // told before, and every tie would be too
    TieTaker taker(survey, file, problems);
    for (const FileTie& tie : file.ties) taker.take(tie);
    taker.tell_unknown();
    taker.refuse_doubles();
    taker.refuse_rivals();
}

}
