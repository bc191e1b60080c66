#include "analysis/inference/estimate.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/text_table.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

std::string shown(double number) {
    if (std::isnan(number)) return "-";
    if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
    const double size = std::abs(number);
    if (number == std::floor(number) && size < 1e6) return fmt::format("{:.0f}", number);
    if (size >= 1e6 || (size < 1e-4 && number != 0.0)) return fmt::format("{:.4g}", number);
    return fmt::format("{:.{}f}", number, size >= 1000.0 ? 2 : size >= 10.0 ? 4 : 6);
}

std::string shown_p(double p) {
    if (std::isnan(p)) return "-";
    return p < 0.0001 ? "<.0001" : fmt::format("{:.4f}", p);
}

nlohmann::ordered_json known(double number) {
    if (std::isfinite(number)) return number;
    return nullptr;
}

/// The coefficients, with the columns that hold anything.
TextTable table_of(const Estimate& estimate) {
    struct Column {
        const char* header;
        double Coefficient::*number;
    };
    constexpr Column all[] = {
        {"estimate", &Coefficient::estimate},   {"se", &Coefficient::se},
        {"robust se", &Coefficient::se_robust}, {"clustered se", &Coefficient::se_clustered},
        {"statistic", &Coefficient::statistic}, {"p", &Coefficient::p}};
    TextTable table{.header = {""}, .rows = {}};
    for (const Coefficient& each : estimate.coefficients) table.rows.push_back({each.name});
    for (const Column& column : all) {
        const bool empty = std::ranges::all_of(estimate.coefficients, [&](const Coefficient& c) {
            return std::isnan(c.*column.number);
        });
        if (empty) continue;
        table.header.emplace_back(column.header);
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            const double number = estimate.coefficients[i].*column.number;
            table.rows[i].push_back(column.number == &Coefficient::p ? shown_p(number)
                                                                     : shown(number));
        }
    }
    return table;
}

}

const Coefficient& Estimate::at(const std::string& name) const {
    const auto found = std::ranges::find(coefficients, name, &Coefficient::name);
    sim::expects(found != coefficients.end(), "Estimate::at: no coefficient " + name);
    return *found;
}

double Estimate::figure(const std::string& name) const {
    const auto found = std::ranges::find(figures, name, &Figure::name);
    sim::expects(found != figures.end(), "Estimate::figure: no figure " + name);
    return found->value;
}

std::string estimate_text(const Estimate& estimate, std::size_t width) {
    std::string text = wrapped(fmt::format("{}: {}", estimate.method, estimate.question), width);
    text += fmt::format("n = {} {}\n\n", estimate.n, estimate.unit);
    for (const std::string& line : lines_of(table_of(estimate), width)) text += line + "\n";
    if (!estimate.statistic.empty()) text += wrapped(estimate.statistic, width);
    if (!estimate.figures.empty()) text += "\n";
    std::size_t longest = 0;
    for (const Figure& figure : estimate.figures) longest = std::max(longest, figure.name.size());
    for (const Figure& figure : estimate.figures) {
        text += fmt::format("{:<{}}  {}\n", figure.name, longest, shown(figure.value));
    }
    text += "\n";
    if (estimate.left_out.empty()) text += "Nothing was left out.\n";
    for (const std::string& each : estimate.left_out) {
        text += wrapped("Left out: " + each, width, 2);
    }
    for (const std::string& note : estimate.notes) text += wrapped("Note: " + note, width, 2);
    return text;
}

nlohmann::ordered_json estimate_json(const Estimate& estimate) {
    nlohmann::ordered_json json = {{"method", estimate.method},
                                   {"question", estimate.question},
                                   {"n", estimate.n},
                                   {"unit", estimate.unit},
                                   {"coefficients", nlohmann::ordered_json::array()},
                                   {"statistic", estimate.statistic},
                                   {"figures", nlohmann::ordered_json::object()},
                                   {"left_out", estimate.left_out},
                                   {"notes", estimate.notes}};
    for (const Coefficient& each : estimate.coefficients) {
        json["coefficients"].push_back({{"name", each.name},
                                        {"estimate", known(each.estimate)},
                                        {"se", known(each.se)},
                                        {"se_robust", known(each.se_robust)},
                                        {"se_clustered", known(each.se_clustered)},
                                        {"statistic", known(each.statistic)},
                                        {"p", known(each.p)}});
    }
    for (const Figure& figure : estimate.figures) {
        json["figures"][figure.name] = known(figure.value);
    }
    return json;
}

}
