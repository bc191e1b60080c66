#include "analysis/inference/cross_section.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "analysis/inference/privacy.hpp"
#include "analysis/wording.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

bool is_instrument(const Survey& survey, const std::string& name) {
    return std::ranges::find(survey.instruments, name, &Instrument::name) !=
           survey.instruments.end();
}

/// The date a question is about: the wave asked for, or the last one of the outcome.
std::optional<Day> date_of(const Survey& survey, const Question& question,
                           const std::string& outcome) {
    if (!is_instrument(survey, outcome)) return question.wave;
    const std::vector<Day> waves = waves_of(survey, instrument_named(survey, outcome));
    if (!question.wave) return waves.back();
    if (std::ranges::find(waves, *question.wave) != waves.end()) return question.wave;
    std::vector<std::string> dates;
    for (const Day wave : waves) dates.push_back(date_text(wave));
    throw sim::UserError(fmt::format("--wave {}: no scores of {} on that day (there are on {})",
                                     date_text(*question.wave), outcome, fmt::join(dates, ", ")));
}

std::string outcome_name(const Survey& survey, const Question& question) {
    if (!question.outcome.empty()) return question.outcome;
    return survey.instruments[instrument_named(survey, "")].name;
}

/// Chooses people and counts who is left out, and why.
class Choosing {
public:
    Choosing(const Survey& survey, CrossSection& section) : survey_(survey), section_(section) {}

    void choose(const std::vector<double>& y, const std::vector<std::vector<double>>& x) {
        std::size_t without_outcome = 0;
        std::size_t without_covariate = 0;
        for (PersonIndex i = 0; i < survey_.size(); ++i) {
            const bool known = std::ranges::none_of(
                x, [&](const std::vector<double>& column) { return std::isnan(column[i]); });
            if (std::isnan(y[i])) {
                ++without_outcome;
            } else if (!known) {
                ++without_covariate;
                answered_.push_back(i);
            } else {
                answered_.push_back(i);
                section_.who.push_back(i);
            }
        }
        tell(without_outcome, "without " + section_.outcome);
        tell(without_covariate, "without a covariate");
    }

    /// Leaves out people of a kind that no tie joins: clients are no isolates among colleagues.
    void keep_kinds_of(const Weights& ties) {
        std::array<bool, 2> joined{};
        for (Eigen::Index row = 0; row < ties.rows(); ++row) {
            for (Weights::InnerIterator tie(ties, row); tie; ++tie) {
                joined[survey_.is_client(static_cast<PersonIndex>(row))] = true;
                joined[survey_.is_client(static_cast<PersonIndex>(tie.col()))] = true;
            }
        }
        const auto left_out = std::erase_if(
            section_.who, [&](PersonIndex person) { return !joined[survey_.is_client(person)]; });
        tell(left_out, "of a kind that has no such ties");
    }

    void drop_isolates(const Weights& ties) {
        std::vector<PersonIndex> tied;
        for (std::size_t i = 0; i < section_.who.size(); ++i) {
            const auto row = static_cast<Eigen::Index>(i);
            if (ties.outerIndexPtr()[row + 1] > ties.outerIndexPtr()[row]) {
                tied.push_back(section_.who[i]);
            }
        }
        tell(section_.who.size() - tied.size(), "without a contact");
        section_.who = std::move(tied);
    }

    /// Throws UserError where ties do join people with the outcome, but none who have the
    /// covariates.
    void blame_covariates(const Weights& ties) const {
        if (section_.who.size() == answered_.size()) return;
        if (among(ties, answered_).nonZeros() == 0) return;
        throw sim::UserError(fmt::format(
            "--covariates {}: {} of the {} people with {} have {} (no tie joins two of them); "
            "choose "
            "another covariate or --layer",
            fmt::join(section_.x_names, ","), section_.who.empty() ? "none" : std::string("few"),
            answered_.size(), section_.outcome, section_.x_names.size() == 1 ? "it" : "them all"));
    }

    void tell(std::size_t count, const std::string& why) {
        if (count == 0) return;
        section_.left_out.push_back(
            fmt::format("{} {} {}", count, count == 1 ? "person" : "people", why));
    }

private:
    const Survey& survey_;
    CrossSection& section_;
    std::vector<PersonIndex> answered_; ///< people with the outcome
};

std::size_t isolates_among(const Weights& ties) {
    std::size_t count = 0;
    for (Eigen::Index row = 0; row < ties.rows(); ++row) {
        if (ties.outerIndexPtr()[row + 1] == ties.outerIndexPtr()[row]) ++count;
    }
    return count;
}

void fill(CrossSection& section, const std::vector<double>& y,
          const std::vector<std::vector<double>>& x, const Survey& survey,
          const std::string& cluster) {
    const auto n = static_cast<Eigen::Index>(section.size());
    section.y.resize(n);
    section.x.resize(n, static_cast<Eigen::Index>(x.size()));
    const Groups teams = groups_by(survey, "team");
    const Groups clusters = groups_by(survey, cluster);
    for (Eigen::Index i = 0; i < n; ++i) {
        const PersonIndex person = section.who[static_cast<std::size_t>(i)];
        section.y[i] = y[person];
        for (std::size_t k = 0; k < x.size(); ++k) {
            section.x(i, static_cast<Eigen::Index>(k)) = x[k][person];
        }
        section.team.push_back(teams.of[person]);
        section.cluster.push_back(clusters.of[person]);
    }
}

/// Adds the ties of a wave, without isolates if asked.
void add_ties(CrossSection& section, const Survey& survey, const Question& question,
              std::optional<Day> wave, Choosing& choosing) {
    const TieChoice choice{layer_named(survey, question.layer), question.naming};
    section.question +=
        fmt::format(", {}, {}", text_of(survey, choice), text_of(question.weighting));
    const Weights all = contacts(survey, choice, wave);
    if (all.nonZeros() > 0) choosing.keep_kinds_of(all);
    section.ties = among(all, section.who);
    if (question.isolates == Isolates::drop) {
        choosing.drop_isolates(section.ties);
        section.ties = among(all, section.who);
    }
    section.isolates = isolates_among(section.ties);
    if (section.ties.nonZeros() == 0) {
        choosing.blame_covariates(all);
        throw sim::UserError(fmt::format(
            "--layer {}: no tie joins two people with {}{}{}", question.layer, section.outcome,
            wave ? " in force on " + date_text(*wave) : "",
            choice.layer.kind == "account"
                ? " (employees and clients answer different questions; --method nar and handover "
                  "look at both sides)"
                : ""));
    }
    section.weights = weighted(section.ties, question.weighting);
}

/// A coefficient of contacts that fewer people have than are to be told is their answers.
void expect_many_tied(const CrossSection& section, std::size_t fewest, const Question& question) {
    if (section.size() - section.isolates >= fewest) return;
    throw sim::UserError(
        fmt::format("--layer {}: fewer than {} people with {} have a contact in it (at least "
                    "{} are needed: what is told of fewer would be their answers); "
                    "choose another layer",
                    question.layer, fewest, section.outcome, fewest));
}

/// Covariates, those of contacts where asked, and beside effects what contacts answered: a column
/// that fewer people set apart than are to be told has a coefficient that is their answers.
void expect_shared_columns(const CrossSection& section, const Question& question,
                           std::size_t fewest) {
    const bool with_ties = !question.layer.empty();
    std::vector<std::string> names = section.x_names;
    Eigen::MatrixXd x = section.x;
    const auto append = [&](const Eigen::MatrixXd& more) {
        Eigen::MatrixXd both(x.rows(), x.cols() + more.cols());
        both << x, more;
        x = std::move(both);
    };
    if (with_ties && question.contextual && section.x.cols() > 0) {
        append(section.weights * section.x);
        for (const std::string& name : section.x_names) names.push_back(name + " (of contacts)");
    }
    const bool swept = with_ties && !question.fixed_effects.empty();
    if (swept) append(weighted(section.ties, Weighting::row) * section.y);
    KnownColumns columns{x, names, section.who};
    if (swept) columns.swept = {section.team};
    expect_shared(columns, fewest);
    if (!swept || !sets_few_apart(columns, x.cols() - 1, {fewest, all_of_it})) return;
    throw sim::UserError(fmt::format(
        "--fixed-effects team: fewer than {} people have contacts who answer otherwise than those "
        "of their team mates (the coefficient would tell their answers); leave it out",
        fewest));
}

void expect_variation(const CrossSection& section, std::size_t fewest) {
    if (section.size() < fewest) {
        throw sim::UserError(fmt::format("{}: known of fewer than {} people (nothing is told of so "
                                         "few)",
                                         section.outcome, fewest));
    }
    if (section.y.minCoeff() < section.y.maxCoeff()) return;
    throw sim::UserError(fmt::format("{}: all {} scores are {} (nothing varies, so nothing can "
                                     "spread); choose another --outcome or --wave",
                                     section.outcome, section.size(), section.y[0]));
}

}

std::string text_of(Weighting weighting) {
    return weighting == Weighting::row      ? "row-standardised"
           : weighting == Weighting::binary ? "binary"
                                            : "weighted by inverse distance";
}

std::string text_of(const Survey& survey, const TieChoice& choice) {
    if (choice.layer.kind == "account") return choice.layer.name + " ties";
    const bool directed = choice.naming == Naming::automatic
                              ? is_directed(survey, choice.layer.kind)
                              : choice.naming != Naming::both;
    const bool received = choice.naming == Naming::received;
    return fmt::format("{} ties ({})", choice.layer.name,
                       !directed  ? "both ways"
                       : received ? "as received"
                                  : "as sent");
}

CrossSection cross_section(const Survey& survey, const Question& question) {
    CrossSection section{.outcome = outcome_name(survey, question)};
    const std::optional<Day> wave = date_of(survey, question, section.outcome);
    section.question = section.outcome + (wave ? " on " + date_text(*wave) : "");
    const Day date = wave.value_or(Day::max());
    const std::vector<double> y = numbers_at(survey, section.outcome, date);
    std::vector<std::vector<double>> x;
    for (const std::string& name : question.covariates) {
        x.push_back(numbers_at(survey, name, date));
        section.x_names.push_back(name);
    }
    Choosing choosing(survey, section);
    choosing.choose(y, x);
    if (!question.layer.empty()) add_ties(section, survey, question, wave, choosing);
    fill(section, y, x, survey, question.cluster);
    const std::size_t fewest = survey.settings.fewest_told;
    if (!question.layer.empty()) expect_many_tied(section, fewest, question);
    expect_shared_columns(section, question, fewest);
    expect_variation(section, fewest);
    return section;
}

}
