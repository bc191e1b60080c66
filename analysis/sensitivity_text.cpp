#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/sensitivity.hpp"
#include "analysis/sensitivity_notes.hpp"
#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {

namespace {

constexpr std::size_t bar_length = 10;

/// How the numbers of one measure are written: in the unit of the outcome, or as they are.
class Writer {
public:
    Writer(const sim::Metric& metric, const Measure& measure) {
        double largest = 0.0;
        for (const Estimate& row : measure.rows) largest = std::max(largest, std::abs(row.value));
        is_plain_ = measure.in_unit && metric.unit.empty();
        scale_ = measure.in_unit ? scale_of(metric.unit, largest) : Scale{1.0, "", 2};
        double widest = 0.0;
        for (const Estimate& row : measure.rows) {
            const double width = row.interval.half_width() * scale_.factor;
            if (width > widest) widest = width;
        }
        decimals_ = std::min(decimals_for(widest, scale_.decimals), scale_.decimals + 1);
    }
    std::string operator()(double value) const {
        if (is_plain_) return std::isnan(value) ? "-" : fmt::format("{:.4g}", value);
        return number_text(value * scale_.factor, decimals_);
    }
    std::string operator()(const Interval& interval) const {
        if (std::isnan(interval.low)) return "-";
        return fmt::format("[{}, {}]", (*this)(interval.low), (*this)(interval.high));
    }
    const std::string& unit() const { return scale_.unit; }

private:
    Scale scale_;
    int decimals_ = 0;
    bool is_plain_ = false;
};

std::string run_of(char letter, double share) {
    if (std::isnan(share)) return "";
    const double length = static_cast<double>(bar_length) * std::clamp(share, 0.0, 1.0);
    return std::string(static_cast<std::size_t>(std::lround(length)), letter);
}

/// '#' for what a factor does alone, '+' for what it does with others; '-' for less than nothing.
std::string bar(const Experiment& experiment, const Findings& findings, std::size_t row) {
    const std::vector<Estimate>& decisive = findings.measures[findings.decisive].rows;
    const double value = decisive[row].value;
    std::string text;
    if (experiment.method == "saltelli") {
        const double alone = findings.measures[0].rows[row].value;
        const double all = std::max(value, alone);
        text = run_of('#', alone);
        text += std::string(std::max(run_of('+', all).size(), text.size()) - text.size(), '+');
    } else {
        double largest = experiment.method == "prcc" ? 1.0 : 0.0;
        for (const Estimate& estimate : decisive) {
            largest = std::max(largest, std::abs(estimate.value));
        }
        if (largest > 0.0) text = run_of(value < 0.0 ? '-' : '#', std::abs(value) / largest);
    }
    text.resize(bar_length, ' ');
    return text;
}

/// Whether the table has a column for the interval of a measure; JSON has all of them.
bool shows_interval(const Measure& measure) {
    return measure.name != "mu" && measure.name != "sigma" && measure.name != "outcome";
}

TextTable table_of(const Experiment& experiment, const Sensitivity& sensitivity,
                   double confidence) {
    const Findings& findings = sensitivity.findings;
    TextTable table{.header = {experiment.method == "oat" ? "one change" : "factor"}, .rows = {}};
    for (const std::string& row : findings.rows) table.rows.push_back({row});
    for (const Measure& measure : findings.measures) {
        const Writer write(sensitivity.outcome.metric, measure);
        const std::string unit = write.unit().empty() ? "" : ", " + write.unit();
        table.header.push_back(measure.header + unit);
        if (shows_interval(measure)) {
            table.header.push_back(fmt::format("{:g} % interval", 100.0 * confidence));
        }
        for (std::size_t row = 0; row < measure.rows.size(); ++row) {
            table.rows[row].push_back(write(measure.rows[row].value));
            if (shows_interval(measure))
                table.rows[row].push_back(write(measure.rows[row].interval));
        }
    }
    table.header.emplace_back("");
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        table.rows[row].push_back(bar(experiment, findings, row));
    }
    return table;
}

/// "Net promoter score, scop: mean 45.4, sd over points 3.2".
std::string heading(const Sensitivity& sensitivity) {
    const OutcomeAtPoints& outcome = sensitivity.outcome;
    const Summary& over = sensitivity.over_points;
    const Measure size{.name = "", .header = "", .in_unit = true, .rows = {{over.mean, {}}}};
    const Measure spread{.name = "", .header = "", .in_unit = true, .rows = {{over.sd, {}}}};
    const Writer write(outcome.metric, size);
    const Writer write_spread(outcome.metric, spread);
    const std::string unit = write.unit().empty() ? "" : " " + write.unit();
    return fmt::format("{}{}: mean {}{}, sd over points {}{}",
                       outcome.arm.empty() ? outcome.metric.name : label_of(outcome.metric),
                       outcome.arm.empty() ? "" : ", " + outcome.arm, write(over.mean), unit,
                       write_spread(over.sd),
                       write_spread.unit().empty() ? "" : " " + write_spread.unit());
}

}

std::string sensitivity_text(const Experiment& experiment, const std::vector<Sensitivity>& all,
                             const SensitivityOptions& options, std::size_t width) {
    std::string text = sensitivity_title(experiment, width);
    for (const Sensitivity& sensitivity : all) {
        text += "\n" + wrapped(heading(sensitivity), width);
        const std::string nothing = nothing_to_tell(experiment, sensitivity, Language::english);
        if (!nothing.empty()) {
            text += wrapped(nothing, width);
            continue;
        }
        for (const std::string& line :
             lines_of(table_of(experiment, sensitivity, options.confidence), width)) {
            text += line + "\n";
        }
        for (const std::string& remark : remarks_on(experiment, sensitivity, Language::english))
            text += wrapped(remark, width);
    }
    return text + "\n" + how_to_read(experiment, all, width);
}

}
