#include "analysis/inference/transmission.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/inference/co_movement.hpp"
#include "analysis/inference/cross_section.hpp"
#include "analysis/statistics.hpp"
#include "analysis/upper_median.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Standardises the answers of the people for whom `counts` holds.
template <class Counts> void standardise_some(Eigen::MatrixXd& y, Counts counts) {
    double sum = 0.0, squares = 0.0, n = 0.0;
    const auto each = [&](auto&& visit) {
        for (Index wave = 0; wave < y.cols(); ++wave) {
            for (Index person = 0; person < y.rows(); ++person) {
                if (counts(person) && !std::isnan(y(person, wave))) visit(y(person, wave));
            }
        }
    };
    each([&](double value) { sum += value, n += 1.0; });
    const double mean = n > 0.0 ? sum / n : 0.0;
    each([&](double value) { squares += (value - mean) * (value - mean); });
    const double sd = n > 1.0 ? std::sqrt(squares / (n - 1.0)) : 0.0;
    each([&](double& value) { value = sd > 0.0 ? (value - mean) / sd : 0.0; });
}

/// Days that contacts answer before at least: half of those between two waves of theirs, for who
/// was asked last week was asked at the same time.
std::chrono::days least_before(const std::vector<Day>& waves) {
    std::vector<std::chrono::days> gaps;
    for (std::size_t w = 1; w < waves.size(); ++w) gaps.push_back(waves[w] - waves[w - 1]);
    if (gaps.empty()) return std::chrono::days(1);
    return std::max(upper_median(gaps) / 2, std::chrono::days(1));
}

/// Teams as they are told apart at every wave: a client whose serving team changes is with those
/// whose changes likewise, so that team x wave is one team's wave for all of a group.
std::vector<std::uint32_t> teams_of(const Survey& survey, const TieChoice& choice,
                                    const std::vector<Day>& waves) {
    const bool of_clients = choice.layer.kind == "account" || choice.layer.kind == "client_client";
    return groups_by(survey, "team", of_clients ? waves : std::vector<Day>()).of;
}

}

Answers answers_to(const Survey& survey, std::uint32_t instrument) {
    Answers answers{.instrument = instrument, .waves = waves_of(survey, instrument), .y = {}};
    answers.y.setConstant(static_cast<Index>(survey.size()),
                          static_cast<Index>(answers.waves.size()), missing);
    for (const Score& score : survey.scores) {
        if (score.instrument != instrument) continue;
        const auto wave = std::ranges::lower_bound(answers.waves, score.date);
        answers.y(score.person, wave - answers.waves.begin()) = score.value;
    }
    return answers;
}

void standardise(Answers& answers, const Survey& survey) {
    for (const bool client : {false, true}) {
        standardise_some(answers.y, [&](Index person) {
            return survey.is_client(static_cast<PersonIndex>(person)) == client;
        });
    }
}

Transmission transmission(const Survey& survey, const TieChoice& choice, const Answers& receivers,
                          const Answers& contacts_answers, std::size_t lag) {
    sim::expects(lag > 0, "transmission: contacts answer before");
    Transmission data{.layer = choice.layer,
                      .receivers = receivers,
                      .contacts = contacts_answers,
                      .source = {},
                      .ties = {},
                      .team = teams_of(survey, choice, receivers.waves),
                      .kind = {},
                      .lag = lag};
    for (PersonIndex i = 0; i < survey.size(); ++i) {
        data.kind.push_back(survey.is_client(i) ? 1 : 0);
    }
    const std::chrono::days least = least_before(contacts_answers.waves);
    for (const Day wave : receivers.waves) {
        const auto before = std::ranges::upper_bound(contacts_answers.waves, wave - least);
        data.source.push_back(static_cast<int>(before - contacts_answers.waves.begin()) -
                              static_cast<int>(lag));
    }
    if (contacts_change(survey, choice.layer.kind)) {
        for (const Day wave : contacts_answers.waves) {
            data.ties.push_back(contacts_on(survey, choice, wave));
        }
    } else {
        data.ties.push_back(contacts(survey, choice, std::nullopt));
    }
    return data;
}

double lag_months(const Transmission& data) {
    std::vector<double> months;
    for (std::size_t wave = 0; wave < data.source.size(); ++wave) {
        if (data.source[wave] < 0) continue;
        const Day before = data.contacts.waves[static_cast<std::size_t>(data.source[wave])];
        months.push_back(months_between(before, data.receivers.waves[wave]));
    }
    return months.empty() ? not_known : upper_median(months);
}

std::vector<double> exposures(const Transmission& data, std::size_t contact_wave,
                              std::span<const std::uint32_t> order) {
    const Weights& ties = data.ties_at(contact_wave);
    const auto n = static_cast<std::size_t>(ties.rows());
    const auto y = data.contacts.y.col(static_cast<Index>(contact_wave));
    struct Told {
        double answer,
            is_there; // 0, 0: none; no branch in the loop over ties, which is the hot one
    };
    std::vector<Told> at_place(n); // of who stands there
    for (std::size_t i = 0; i < n; ++i) {
        const double answer = y[static_cast<Index>(i)];
        at_place[order.empty() ? i : order[i]] =
            std::isnan(answer) ? Told{0.0, 0.0} : Told{answer, 1.0};
    }
    std::vector<double> result(n, missing);
    for (std::size_t i = 0; i < n; ++i) {
        double sum = 0.0;
        double weight = 0.0;
        const auto place = static_cast<Index>(order.empty() ? i : order[i]);
        for (Weights::InnerIterator tie(ties, place); tie; ++tie) {
            const Told& told = at_place[static_cast<std::size_t>(tie.col())];
            sum += tie.value() * told.answer;
            weight += tie.value() * told.is_there;
        }
        if (weight > 0.0) result[i] = sum / weight;
    }
    return result;
}

Steps steps_of(const Transmission& data, std::span<const std::uint32_t> order, WaveRange range) {
    Steps steps;
    const Eigen::MatrixXd& y = data.receivers.y;
    for (std::size_t wave = std::max(range.first, data.lag); wave < range.end; ++wave) {
        if (data.source[wave] < 0) continue;
        const std::vector<double> exposure =
            exposures(data, static_cast<std::size_t>(data.source[wave]), order);
        for (Index i = 0; i < y.rows(); ++i) {
            const double now = y(i, static_cast<Index>(wave));
            const double before = y(i, static_cast<Index>(wave - data.lag));
            const double contact = exposure[static_cast<std::size_t>(i)];
            if (std::isnan(now) || std::isnan(before) || std::isnan(contact)) continue;
            steps.person.push_back(static_cast<PersonIndex>(i));
            steps.wave.push_back(static_cast<std::uint32_t>(wave));
            steps.now.push_back(now);
            steps.before.push_back(before);
            steps.exposure.push_back(contact);
        }
    }
    return steps;
}

BothEnds answering_ends(const Transmission& data) {
    const auto n = static_cast<std::size_t>(data.receivers.y.rows());
    std::vector<bool> receives(n, false), informs(n, false);
    for (std::size_t wave = 0; wave < data.contacts.waves.size(); ++wave) {
        const Weights& ties = data.ties_at(wave);
        const auto y = data.contacts.y.col(static_cast<Index>(wave));
        for (std::size_t i = 0; i < n; ++i) {
            const auto own = data.receivers.y.row(static_cast<Index>(i)).array();
            if (!(own == own).any()) continue;
            for (Weights::InnerIterator tie(ties, static_cast<Index>(i)); tie; ++tie) {
                if (std::isnan(y[tie.col()])) continue;
                receives[i] = true;
                informs[static_cast<std::size_t>(tie.col())] = true;
            }
        }
    }
    return {.receivers = static_cast<std::size_t>(std::ranges::count(receives, true)),
            .contacts = static_cast<std::size_t>(std::ranges::count(informs, true))};
}

}
