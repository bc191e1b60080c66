#include "analysis/inference/traits.hpp"

#include <cmath>

#include "scenarios/draws.hpp"
#include "sim/random.hpp"

namespace cercle::analysis {

std::vector<double> along(const Weights& ties, std::vector<double> field) {
    constexpr int reach = 2; // ties that a trait or hidden shock goes
    const auto people = static_cast<Eigen::Index>(field.size());
    Eigen::VectorXd values = Eigen::Map<Eigen::VectorXd>(field.data(), people);
    for (int round = 0; round < reach; ++round) values += ties * values;
    const double mean = values.mean();
    const double sd = std::sqrt((values.array() - mean).square().mean());
    for (std::size_t i = 0; i < field.size(); ++i) {
        field[i] = sd > 0.0 ? (values[static_cast<Eigen::Index>(i)] - mean) / sd : 0.0;
    }
    return field;
}

Weights ties_of_all_layers(const Survey& survey, Day day) {
    const auto people = static_cast<Eigen::Index>(survey.size());
    Weights all(people, people);
    for (const Channel& channel : channels_of(survey)) {
        const Layer layer = layer_named(survey, channel.name);
        all += weighted(contacts_on(survey, {layer}, day), Weighting::row);
    }
    return weighted(all, Weighting::row);
}

Eigen::MatrixXd drawn_traits(const Weights& ties) {
    Eigen::MatrixXd traits(ties.rows(), 16);
    for (Eigen::Index draw = 0; draw < traits.cols(); ++draw) {
        sim::Stream stream(1, sim::Draw::survey_trait, static_cast<std::uint64_t>(draw));
        std::vector<double> values(static_cast<std::size_t>(ties.rows()));
        for (double& value : values) value = stream.normal();
        values = along(ties, std::move(values));
        traits.col(draw) = Eigen::Map<Eigen::VectorXd>(values.data(), traits.rows());
    }
    return traits;
}

}
