#include <algorithm>
#include <cmath>

#include "analysis/inference/survey_world.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

constexpr int burn_in = 24; ///< months before the first answer

/// First and last day of any answer.
std::pair<Day, Day> days_of(const Panels& panels) {
    Day first = Day::max();
    Day last = Day::min();
    for (const auto* panel : {&panels.employees, &panels.clients}) {
        if (!*panel || (*panel)->waves.empty()) continue;
        first = std::min(first, (*panel)->waves.front());
        last = std::max(last, (*panel)->waves.back());
    }
    return {first, last};
}

}

SurveyFrame::SurveyFrame(const Survey& survey, const Panels& panels)
    : people_(survey.size()), team_(groups_by(survey, "team").of), answers_(panels) {
    const auto [first, last] = days_of(panels);
    sim::expects(first <= last, "SurveyFrame: somebody answers");
    for (PersonIndex i = 0; i < survey.size(); ++i) is_client_.push_back(survey.is_client(i));
    constexpr double month = 30.44; // days
    const int count =
        burn_in + static_cast<int>(std::ceil(static_cast<double>((last - first).count()) / month));
    for (int i = -burn_in; i <= count - burn_in; ++i) {
        months_.push_back(first + std::chrono::days(static_cast<int>(std::lround(i * month))));
    }
    for (const Channel& channel : channels_of(survey)) add_layer(survey, channel, first);
    if (const Timed* served_by = layer("employee_client")) find_staff(survey, *served_by);
    find_outside_shocks(survey);
    join_layers();
}

/// Who is struck by the outside shock that T6 looks at, month by month.
void SurveyFrame::find_outside_shocks(const Survey& survey) {
    const std::optional<std::uint32_t> which = outside_shock(survey);
    if (!which) return;
    Day last = Day::max(); // nothing is struck yet
    for (const Day month : months_) {
        Day latest = Day::min();
        for (const Covariate& each : survey.covariates) {
            if (each.name == *which && each.date <= month) latest = std::max(latest, each.date);
        }
        if (latest != last) outside_.push_back(outside_shocks(survey, month));
        last = latest;
        outside_of_month_.push_back(outside_.size() - 1);
    }
}

void SurveyFrame::add_layer(const Survey& survey, const Channel& channel, Day first) {
    const Layer layer = layer_named(survey, channel.name);
    const bool moving = contacts_change(survey, layer.kind);
    Timed timed{.layer = channel.name, .epochs = {}, .of_month = {}};
    for (const Day month : months_) {
        // Ties of the burn-in are those of the first answers.
        if (timed.epochs.empty() || (moving && month > first)) {
            const Day day = std::max(month, first);
            const Weights ties = moving ? contacts_on(survey, {layer}, day)
                                        : contacts(survey, {layer}, std::nullopt);
            timed.epochs.push_back(weighted(ties, Weighting::row));
        }
        timed.of_month.push_back(timed.epochs.size() - 1);
    }
    layers_.push_back(std::move(timed));
}

/// The ties of all layers, month by month; a new epoch where those of any layer change.
void SurveyFrame::join_layers() {
    for (std::size_t month = 0; month < months_.size(); ++month) {
        const auto changes = [&](const Timed& layer) {
            return layer.of_month[month] != layer.of_month[month - 1];
        };
        if (month == 0 || std::ranges::any_of(layers_, changes)) {
            Weights all(static_cast<Index>(people_), static_cast<Index>(people_));
            for (const Timed& layer : layers_) all += layer.in(month);
            all_ties_.epochs.push_back(weighted(all, Weighting::row));
        }
        all_ties_.of_month.push_back(all_ties_.epochs.size() - 1);
    }
}

const SurveyFrame::Timed* SurveyFrame::layer(const std::string& name) const {
    const auto found = std::ranges::find(layers_, name, &Timed::layer);
    return found == layers_.end() ? nullptr : &*found;
}

/// The team of each client's weightiest contact; its own group where it has none.
void SurveyFrame::find_staff(const Survey& survey, const Timed& served_by) {
    staff_of_month_ = served_by.of_month;
    for (const Weights& ties : served_by.epochs) {
        staff_.push_back(team_);
        for (PersonIndex i = 0; i < survey.size(); ++i) {
            double most = 0.0;
            for (Weights::InnerIterator tie(ties, i); tie; ++tie) {
                if (tie.value() <= most) continue;
                most = tie.value();
                staff_.back()[i] = team_[static_cast<std::size_t>(tie.col())];
            }
        }
    }
}

}
