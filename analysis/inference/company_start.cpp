#include "analysis/inference/company_start.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace cercle::analysis {
namespace {

/// Answers at the end of a scale count as so far from it: a logit has no end.
constexpr double least_share = 0.02;

/// Reliability of one answer where a single wave cannot tell it: set points of variance 1.10^2,
/// states of 0.45^2 around them (employee.set_point_sd, employee.state_sd).
constexpr double usual_reliability = 1.10 * 1.10 / (1.10 * 1.10 + 0.45 * 0.45);

/// Sums over the answers of one person, in logits.
struct Answered {
    double count = 0.0;
    double sum = 0.0;
    double mean() const { return sum / count; }
};

double logit(double share) { return std::log(share / (1.0 - share)); }
double share_of(double logit) { return 1.0 / (1.0 + std::exp(-logit)); }

/// The instrument that most people of a kind answered.
std::optional<std::uint32_t> usual_instrument(const Survey& survey, bool of_clients) {
    std::vector<std::size_t> counts(survey.instruments.size(), 0);
    for (const Score& score : survey.scores) {
        if (survey.is_client(score.person) == of_clients) ++counts[score.instrument];
    }
    const auto most = std::ranges::max_element(counts);
    if (most == counts.end() || *most == 0) return std::nullopt;
    return static_cast<std::uint32_t>(most - counts.begin());
}

/// Highest and lowest answer that is possible; as far as they were seen where no row tells.
Interval scale_of(const Survey& survey, std::uint32_t which) {
    const Instrument& instrument = survey.instruments[which];
    Interval scale{instrument.scale_min, instrument.scale_max};
    if (!std::isnan(scale.low) && !std::isnan(scale.high)) return scale;
    for (const Score& score : survey.scores) {
        if (score.instrument != which) continue;
        scale.low = std::fmin(scale.low, score.value);
        scale.high = std::fmax(scale.high, score.value);
    }
    return scale;
}

double in_logits(double value, const Interval& scale) {
    const double share = (value - scale.low) / (scale.high - scale.low);
    return logit(std::clamp(share, least_share, 1.0 - least_share));
}

/// Variance between people and around their own means (one-way analysis of variance).
struct Variances {
    double between = not_known;
    double within = not_known;
};

Variances variances(const std::vector<Answered>& people, double squares) {
    double n = 0.0, persons = 0.0, sum = 0.0, own = 0.0, sizes = 0.0;
    for (const Answered& each : people) {
        if (each.count == 0.0) continue;
        persons += 1.0;
        n += each.count;
        sum += each.sum;
        own += each.sum * each.sum / each.count;
        sizes += each.count * each.count;
    }
    if (persons < 2.0) return {};
    const double of_people = (own - sum * sum / n) / (persons - 1.0);
    if (n <= persons) { // one answer each: what lasts of it is not seen here
        return {of_people * usual_reliability, of_people * (1.0 - usual_reliability)};
    }
    const double within = (squares - own) / (n - persons);
    const double size = (n - sizes / n) / (persons - 1.0);
    return {std::max(0.0, (of_people - within) / size), within};
}

}

std::optional<FittedSetPoints> fit_set_points(const Survey& survey, bool of_clients) {
    const auto which = usual_instrument(survey, of_clients);
    if (!which) return std::nullopt;
    const Interval scale = scale_of(survey, *which);
    FittedSetPoints fitted{.instrument = survey.instruments[*which].name, .latest = Day::min()};
    std::vector<Answered> people(survey.size());
    double squares = 0.0;
    for (const Score& score : survey.scores) {
        if (score.instrument != *which || survey.is_client(score.person) != of_clients) continue;
        const double answer = in_logits(score.value, scale);
        people[score.person].count += 1.0;
        people[score.person].sum += answer;
        squares += answer * answer;
        fitted.latest = std::max(fitted.latest, score.date);
    }
    double sum = 0.0;
    for (const Answered& each : people) {
        if (each.count == 0.0) continue;
        ++fitted.answered;
        sum += each.mean();
    }
    const Variances spread = variances(people, squares);
    fitted.mean = sum / static_cast<double>(fitted.answered);
    fitted.sd = std::isnan(spread.between) ? 0.0 : std::sqrt(spread.between);
    fitted.reliability = spread.between / (spread.between + spread.within);
    for (const Answered& each : people) {
        std::optional<double> set_point;
        if (each.count > 0.0) {
            const double trust = spread.between / (spread.between + spread.within / each.count);
            const double own = std::isfinite(trust) ? trust * (each.mean() - fitted.mean) : 0.0;
            set_point = share_of(fitted.mean + own);
        }
        fitted.set_point.push_back(set_point);
    }
    return fitted;
}

}
