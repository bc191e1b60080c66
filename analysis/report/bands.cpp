#include "analysis/report/bands.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "analysis/statistics.hpp"

namespace cercle::analysis {
namespace {

constexpr double left_out = 0.1; ///< share of runs on either side of a band
constexpr std::size_t most_values_read = std::size_t{1} << 23;
/// Columns gathered in one pass: as many floats as a line of the cache holds.
constexpr std::size_t gathered = 16;

/// Puts in place of each moment of a run the mean of what is known over the window up to it; not
/// known before the first window is full.
void average(std::span<float> run, std::size_t window) {
    const std::vector<float> given(run.begin(), run.end());
    for (std::size_t time = 0; time < run.size(); ++time) {
        double sum = 0.0;
        double count = 0.0;
        for (std::size_t back = 0; back < window && window <= time; ++back) {
            const auto value = static_cast<double>(given[time - back]);
            if (std::isnan(value)) continue;
            sum += value;
            count += 1.0;
        }
        run[time] = static_cast<float>(count > 0.0 ? sum / count : not_known);
    }
}

/// The series of every finished run, (run, time).
std::vector<float> finished_runs(const sim::ResultsReader& results, const BandOf& wanted) {
    const std::size_t arm = wanted.arm;
    const std::optional<std::size_t> point = wanted.point;
    const sim::ResultsHead& head = results.head();
    const std::vector<sim::RunStatus> status = results.status();
    const std::size_t times = head.times.size();
    const std::size_t first = point.value_or(0);
    const std::size_t end = point ? first + 1 : head.points;
    const std::size_t at_once =
        std::max<std::size_t>(1, most_values_read / (head.replicates * times));
    std::vector<float> runs;
    for (std::size_t from = first; from < end; from += at_once) {
        const std::size_t count = std::min(at_once, end - from);
        const auto part = results.series(wanted.series, sim::PointBlock{arm, from, count});
        const std::size_t run = (arm * head.points + from) * head.replicates;
        for (std::size_t i = 0; i < count * head.replicates; ++i) {
            if (status[run + i] != sim::RunStatus::done) continue;
            const auto begin = part.begin() + static_cast<std::ptrdiff_t>(i * times);
            runs.insert(runs.end(), begin, begin + static_cast<std::ptrdiff_t>(times));
            if (wanted.window > 1) average(std::span(runs).last(times), wanted.window);
        }
    }
    return runs;
}

double quantile(std::vector<float>& values, double share) {
    const auto place =
        static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return static_cast<double>(values[static_cast<std::size_t>(place)]);
}

void add_moment(Band& band, std::vector<float>& values) {
    if (values.empty()) {
        for (auto* list : {&band.mean, &band.low, &band.high}) list->push_back(not_known);
        return;
    }
    double sum = 0.0;
    for (const float value : values) sum += static_cast<double>(value);
    band.mean.push_back(sum / static_cast<double>(values.size()));
    band.low.push_back(quantile(values, left_out));
    band.high.push_back(quantile(values, 1.0 - left_out));
}

}

Band band_of(const sim::ResultsReader& results, const BandOf& wanted) {
    const std::size_t times = results.head().times.size();
    const std::vector<float> runs = finished_runs(results, wanted);
    Band band;
    std::vector<std::vector<float>> columns(gathered);
    for (std::size_t first = 0; first < times; first += gathered) {
        const std::size_t count = std::min(gathered, times - first);
        for (auto& column : columns) column.clear();
        for (std::size_t run = 0; run < runs.size(); run += times) {
            for (std::size_t i = 0; i < count; ++i) {
                const float value = runs[run + first + i];
                if (!std::isnan(value)) columns[i].push_back(value);
            }
        }
        for (std::size_t i = 0; i < count; ++i) add_moment(band, columns[i]);
    }
    return band;
}

}
