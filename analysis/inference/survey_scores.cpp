#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include "analysis/inference/survey_parts.hpp"
#include "analysis/inference/survey_waves.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

const std::vector<std::string> wanted{"person_id", "date", "score"};
const std::vector<std::string> truth_values{"0", "1", "false", "true", "no", "yes"};

/// Rows of an instrument with one fault, of which the first few are told by themselves.
struct FaultyRows {
    std::size_t count = 0;
    std::vector<std::size_t> first; ///< lines
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();

    void add(std::size_t line, double value) {
        constexpr std::size_t few = 4;
        if (++count <= few) first.push_back(line);
        lowest = std::fmin(lowest, value);
        highest = std::fmax(highest, value);
    }
    /// "; 37 more are like that, the next on lines 3, 5, 8"; "" where the first is the only one.
    std::string others() const {
        if (count < 2) return "";
        const std::span<const std::size_t> next(first.begin() + 1, first.end());
        return fmt::format("; {} more {} like that, {}on line{} {}", count - 1,
                           count == 2 ? "is" : "are", count > first.size() ? "the next " : "",
                           next.size() == 1 ? "" : "s", fmt::join(next, ", "));
    }
};

/// What is wrong with the scale of an instrument.
struct ScaleFaults {
    FaultyRows outside;  ///< scores
    std::string example; ///< the first of them
    FaultyRows huge;     ///< scores, without a scale
    std::string huge_example;
    FaultyRows other; ///< ends that differ from those of the first row
    std::string other_example;
    FaultyRows unset; ///< ends that differ from those of survey.toml
    std::string unset_example;
};
/// Scores further from 0 than this are mistyped, unless a scale says otherwise: their squares and
/// products are summed.
constexpr double largest_score = 1e6;
constexpr double widest_scale = 1e30;

/// Reads one row of waves.csv at a time.
class ScoreReader {
public:
    ScoreReader(Survey& survey, SurveyRows& rows) : survey_(survey), rows_(rows) {}

    void read(std::size_t row) {
        const auto person = rows_.person(row, "person_id");
        const auto date = rows_.day(row, "date");
        if (rows_.text(row, "date").empty()) rows_.problem(row, "date is empty");
        const auto answered = rows_.choice(row, "responded", truth_values, 1);
        const bool has_score = !rows_.text(row, "score").empty();
        const auto score = rows_.number(row, "score");
        if (answered && *answered % 2 == 0 && has_score) {
            rows_.problem(row, "a score of someone who did not respond (responded is 0); leave "
                               "one of them out");
        }
        const std::uint32_t instrument = place(row);
        if (!has_score) ++survey_.unanswered;
        if (!score || !person || !date || !is_on_scale(row, *score, instrument)) return;
        found_.push_back({{*person, instrument, *date, *score}, row});
    }

    /// Hands the scores over in order; notes people who answered twice on a day.
    void finish() {
        tell_faults();
        gather_waves(found_, survey_.settings.wave);
        refuse_scattered_waves(survey_, found_, rows_);
        const auto key = [](const PlacedScore& placed) {
            const Score& score = placed.score;
            return std::tuple(score.instrument, score.date, score.person, placed.row);
        };
        std::ranges::sort(found_, {}, key);
        for (std::size_t i = 0; i < found_.size(); ++i) {
            const Score& score = found_[i].score;
            const bool again = i > 0 && found_[i - 1].score.instrument == score.instrument &&
                               found_[i - 1].score.date == score.date &&
                               found_[i - 1].score.person == score.person;
            if (again) {
                rows_.problem(found_[i].row,
                              fmt::format("a second score of one person for {} {} (the first "
                                          "is on line {})",
                                          survey_.instruments[score.instrument].name,
                                          wave_text(score.date), rows_.line(found_[i - 1].row)));
            } else {
                survey_.scores.push_back(score);
            }
        }
    }

private:
    std::string wave_text(Day date) const {
        const std::string& period = survey_.settings.wave;
        if (period == "day") return "on " + date_text(date);
        return fmt::format("in the {} of {}, which survey.toml makes one wave", period,
                           date_text(date));
    }
    /// The instrument of a row; a new one takes its scale from its first row.
    std::uint32_t place(std::size_t row) {
        std::string name = rows_.text(row, "instrument");
        if (name.empty()) name = "score";
        const auto known = std::ranges::find(survey_.instruments, name, &Instrument::name);
        const auto at = static_cast<std::uint32_t>(known - survey_.instruments.begin());
        const auto& scales = survey_.settings.scales;
        const auto scale = scales.find(name);
        const ScaleSetting set = scale == scales.end() ? ScaleSetting{} : scale->second;
        const double low = end_of_scale(row, name, "scale_min", set.min);
        const double high = end_of_scale(row, name, "scale_max", set.max);
        if (known == survey_.instruments.end()) {
            if (low >= high) {
                rows_.problem(row, fmt::format("scale_min = {} is not below scale_max = {}{}", low,
                                               high, low > high ? " (are they swapped?)" : ""));
            } else if (high - low > widest_scale) {
                rows_.problem(row, fmt::format("scale_min = {} and scale_max = {} are more than {} "
                                               "apart",
                                               low, high, widest_scale));
            }
            const double items = rows_.number(row, "n_items").value_or(0.0);
            survey_.instruments.push_back(
                {std::move(name), low, high, static_cast<std::size_t>(std::max(items, 0.0))});
        } else if (low != known->scale_min && !(std::isnan(low) && std::isnan(known->scale_min))) {
            other_scale(row, *known, "scale_min", low);
        } else if (high != known->scale_max &&
                   !(std::isnan(high) && std::isnan(known->scale_max))) {
            other_scale(row, *known, "scale_max", high);
        }
        return at;
    }
    /// What the row tells, or else survey.toml; both may, where they agree.
    double end_of_scale(std::size_t row, const std::string& instrument, const char* column,
                        double set) {
        const std::optional<double> told = rows_.number(row, column);
        if (told && !std::isnan(set) && *told != set) {
            ScaleFaults& faults = faults_[instrument];
            if (faults.unset.count == 0) {
                faults.unset_example =
                    fmt::format("{} = {} contradicts {} = {}", column, *told,
                                std::string_view(column).substr(std::size("scale_") - 1), set);
            }
            faults.unset.add(rows_.line(row), *told);
        }
        return told.value_or(set);
    }
    void other_scale(std::size_t row, const Instrument& known, const char* column, double found) {
        ScaleFaults& faults = faults_[known.name];
        if (faults.other.count == 0) faults.other_example = fmt::format("{} = {}", column, found);
        faults.other.add(rows_.line(row), found);
    }
    bool is_on_scale(std::size_t row, double score, std::uint32_t instrument) {
        const Instrument& known = survey_.instruments[instrument];
        if (known.scale_min >= known.scale_max) return true; // told, and no scale
        const bool open = std::isnan(known.scale_min) || std::isnan(known.scale_max);
        if (open && std::fabs(score) > largest_score) {
            ScaleFaults& faults = faults_[known.name];
            if (faults.huge.count == 0) faults.huge_example = fmt::format("{}", score);
            faults.huge.add(rows_.line(row), score);
            return false;
        }
        if (!(score < known.scale_min) && !(score > known.scale_max)) return true;
        ScaleFaults& faults = faults_[known.name];
        if (faults.outside.count == 0) faults.example = fmt::format("{}", score);
        faults.outside.add(rows_.line(row), score);
        return false;
    }
    void tell_faults() {
        for (const Instrument& known : survey_.instruments) {
            const auto found = faults_.find(known.name);
            if (found == faults_.end()) continue;
            const ScaleFaults& faults = found->second;
            if (faults.huge.count > 0) {
                rows_.problem_on(faults.huge.first[0],
                                 fmt::format("score = {} of {} is further from 0 than {}{}; mend "
                                             "it, or give scale_min and scale_max",
                                             faults.huge_example, known.name, largest_score,
                                             faults.huge.others()));
            }
            if (faults.unset.count > 0) tell_unset(known, faults);
            if (faults.other.count > 0) {
                rows_.problem_on(faults.other.first[0],
                                 fmt::format("{} differs from other rows of {} ({} to {}){}; bring "
                                             "them to one scale, or give them another instrument",
                                             faults.other_example, known.name, known.scale_min,
                                             known.scale_max, faults.other.others()));
            }
            if (faults.outside.count > 0) {
                rows_.problem_on(faults.outside.first[0],
                                 fmt::format("score = {} is outside the scale of {} ({} to {}){}{}",
                                             faults.example, known.name, known.scale_min,
                                             known.scale_max, faults.outside.others(),
                                             another_scale(known, faults.outside)));
            }
        }
    }
    void tell_unset(const Instrument& known, const ScaleFaults& faults) {
        const ScaleSetting& set = survey_.settings.scales.at(known.name);
        rows_.problem_on(faults.unset.first[0],
                         fmt::format("{} of [scale.{}] ({}:{}){}; leave one of them out",
                                     faults.unset_example, known.name, survey_.settings.file,
                                     set.line, faults.unset.others()));
    }
    /// What so many scores outside a scale mean; "" of one or two, which are slips.
    std::string another_scale(const Instrument& known, const FaultyRows& outside) const {
        constexpr std::size_t slips = 2;
        if (outside.count <= slips) return "";
        double low = outside.lowest, high = outside.highest;
        for (const PlacedScore& placed : found_) {
            if (survey_.instruments[placed.score.instrument].name != known.name) continue;
            low = std::fmin(low, placed.score.value);
            high = std::fmax(high, placed.score.value);
        }
        return fmt::format("; scores of {} run from {} to {}: if that is another scale, mend "
                           "scale_min and scale_max, or [scale.{}] of survey.toml",
                           known.name, low, high, known.name);
    }

    Survey& survey_;
    SurveyRows& rows_;
    std::vector<PlacedScore> found_;
    std::map<std::string, ScaleFaults> faults_; ///< of instruments
};

/// A scale of survey.toml for an instrument that nobody was asked is a slip.
void refuse_unused_scales(const Survey& survey, sim::FileProblems& problems) {
    std::vector<std::string> asked;
    for (const Instrument& each : survey.instruments) asked.push_back(each.name);
    if (asked.empty()) return; // every row was lost, which is told
    for (const auto& [name, scale] : survey.settings.scales) {
        if (std::ranges::find(asked, name) != asked.end()) continue;
        problems.add(survey.settings.file, scale.line,
                     fmt::format("scale.{}: waves.csv has no such instrument{} (there is {})", name,
                                 sim::did_you_mean(name, asked), fmt::join(asked, ", ")));
    }
}

}

void read_scores(Survey& survey, sim::FileProblems& problems) {
    const std::filesystem::path path = survey.folder / "waves.csv";
    if (!std::filesystem::exists(path)) return;
    SurveyRows rows(read_survey_table(path, survey.settings, problems), survey.people, problems);
    if (!rows.has_columns(wanted, known_columns("waves")) || survey.people.list.empty()) return;
    ScoreReader reader(survey, rows);
    for (std::size_t row = 0; row < rows.rows(); ++row) reader.read(row);
    reader.finish();
    rows.tell_unknown();
    refuse_unused_scales(survey, problems);
}

}
