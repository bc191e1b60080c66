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
        if (unknown_.empty()) return;
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
            fmt::format("the {} {} - {} overlaps with line {} (both are in force on the "
                        "same day{}); leave one, or end the earlier one",
                        survey_.tie_kinds[tie.kind] == "account" ? "account" : "tie",
                        survey_.people.list[tie.from].id, survey_.people.list[tie.to].id,
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
                      fmt::format("a tie of kind {} joins {} ({} is {}, {} is {})", tie.kind,
                                  first    ? "two clients"
                                  : second ? "an employee and a client"
                                           : "two employees",
                                  tie.from, called(tie.from), tie.to, called(tie.to)));
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
}

}
