#pragma once

#include <cmath>
#include <string>

#include <Eigen/LU>

#include "analysis/inference/cross_section.hpp"

namespace cercle::analysis {

/// Ties of Zachary's karate club (1977), people numbered from 1.
inline constexpr int karate_ties[][2] = {
    {2, 1},   {3, 1},   {4, 1},   {5, 1},   {6, 1},   {7, 1},   {8, 1},   {9, 1},   {11, 1},
    {12, 1},  {13, 1},  {14, 1},  {18, 1},  {20, 1},  {22, 1},  {32, 1},  {3, 2},   {4, 2},
    {8, 2},   {14, 2},  {18, 2},  {20, 2},  {22, 2},  {31, 2},  {4, 3},   {8, 3},   {9, 3},
    {10, 3},  {14, 3},  {28, 3},  {29, 3},  {33, 3},  {8, 4},   {13, 4},  {14, 4},  {7, 5},
    {11, 5},  {7, 6},   {11, 6},  {17, 6},  {17, 7},  {31, 9},  {33, 9},  {34, 9},  {34, 10},
    {34, 14}, {33, 15}, {34, 15}, {33, 16}, {34, 16}, {33, 19}, {34, 19}, {34, 20}, {33, 21},
    {34, 21}, {33, 23}, {34, 23}, {26, 24}, {28, 24}, {30, 24}, {33, 24}, {34, 24}, {26, 25},
    {28, 25}, {32, 25}, {32, 26}, {30, 27}, {34, 27}, {34, 28}, {32, 29}, {34, 29}, {33, 30},
    {34, 30}, {33, 31}, {34, 31}, {33, 32}, {34, 32}, {34, 33}};

/// People 1 .. n, tied in pairs, in `teams` teams by their number.
inline Survey tied_people(std::size_t n, std::span<const int[2]> ties, std::size_t teams) {
    Survey survey;
    survey.folder = "test";
    for (std::size_t i = 1; i <= n; ++i) {
        const std::string id = std::to_string(i);
        survey.people.place.emplace(id, i - 1);
        survey.people.list.push_back({.id = id, .team = std::to_string(i % teams)});
    }
    survey.tie_kinds = {"colleague"};
    for (const auto& tie : ties) {
        survey.ties.push_back({.from = static_cast<PersonIndex>(tie[0] - 1),
                               .to = static_cast<PersonIndex>(tie[1] - 1),
                               .kind = 0,
                               .weight = 1.0});
    }
    return survey;
}

/// The karate club with x = sin i and y = (I - 0.4 W)^-1 (1 + 2 x + noise), W row-standardised.
inline Survey karate_survey(double contextual, double noise, std::size_t teams = 12) {
    Survey survey = tied_people(34, karate_ties, teams);
    const Weights w = weighted(contacts(survey, {layer_named(survey, "colleague")}, std::nullopt),
                               Weighting::row);
    Eigen::VectorXd x(34), e(34);
    for (int i = 1; i <= 34; ++i) {
        x[i - 1] = std::sin(i);
        e[i - 1] = noise * std::cos(3.0 * i);
    }
    const Eigen::MatrixXd pull = Eigen::MatrixXd::Identity(34, 34) - 0.4 * Eigen::MatrixXd(w);
    const Eigen::VectorXd mean = Eigen::VectorXd::Ones(34) + 2.0 * x + contextual * (w * x) + e;
    const Eigen::VectorXd y = pull.partialPivLu().solve(mean);
    survey.columns = {{"x", {x.begin(), x.end()}}, {"y", {y.begin(), y.end()}}};
    return survey;
}

}
