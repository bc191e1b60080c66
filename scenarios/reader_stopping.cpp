#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/reader.hpp"
#include "sim/csv.hpp"
#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

const std::vector<std::string> stopping_keys{"contrast", "max", "until"};

/// Reads the table of `replicates`, but for `max`.
class StoppingReader {
public:
    StoppingReader(const Scenario& scenario, ProblemList& problems)
        : scenario_(scenario), problems_(problems) {}

    Stopping read(const Member& given) const;

private:
    void complain(Place place, const std::string& key, const std::string& sentence) const {
        problems_.add(place, "replicates." + key, sentence);
    }
    void read_until(Stopping& stopping, const Node& until) const;
    void read_contrast(Stopping& stopping, const Node& contrast) const;

    const Scenario& scenario_;
    ProblemList& problems_;
};

/// "ci(engagement.employee) < 0.005"; a dot stands for the underscore of the outcome's name.
void StoppingReader::read_until(Stopping& stopping, const Node& until) const {
    const std::string text = until.text() ? *until.text() : "";
    const std::size_t close = text.find(')');
    const std::size_t less = text.find('<');
    const bool has_form = text.starts_with("ci(") && close != std::string::npos &&
                          less != std::string::npos && close < less &&
                          trimmed(text.substr(close + 1, less - close - 1)).empty();
    const auto width =
        has_form ? sim::number_in(trimmed(text.substr(less + 1))) : std::optional<double>();
    if (!width || *width <= 0.0) {
        complain(until.place, "until",
                 fmt::format("replicates.until = {} is not \"ci(OUTCOME) < HALF-WIDTH\", such as "
                             "\"ci(engagement_employee) < 0.005\"",
                             shown(until)));
        return;
    }
    stopping.outcome = trimmed(text.substr(3, close - 3));
    std::ranges::replace(stopping.outcome, '.', '_');
    stopping.half_width = *width;
}

void StoppingReader::read_contrast(Stopping& stopping, const Node& contrast) const {
    const std::string text = contrast.text() ? *contrast.text() : "";
    const std::size_t minus = text.find(" - ");
    if (minus == std::string::npos) {
        complain(contrast.place, "contrast",
                 fmt::format("replicates.contrast = {} is not the difference of two arms, such as "
                             "\"scop - conventional\"",
                             shown(contrast)));
        return;
    }
    stopping.first = trimmed(text.substr(0, minus));
    stopping.second = trimmed(text.substr(minus + 3));
    std::vector<std::string> arms;
    for (const Arm& arm : scenario_.arms) arms.push_back(arm.name);
    for (const std::string& name : {stopping.first, stopping.second}) {
        if (std::ranges::find(arms, name) != arms.end()) continue;
        complain(contrast.place, "contrast",
                 fmt::format("replicates.contrast: there is no arm {} (there is: {}){}", name,
                             fmt::join(arms, ", "), sim::did_you_mean(name, arms)));
    }
    if (stopping.first == stopping.second) {
        complain(
            contrast.place, "contrast",
            fmt::format("replicates.contrast takes {} from itself; name two arms", stopping.first));
    }
}

Stopping StoppingReader::read(const Member& given) const {
    const Table& table = *given.value.table();
    for (const Member& each : table) {
        if (std::ranges::find(stopping_keys, each.key) != stopping_keys.end()) continue;
        complain(each.place, each.key,
                 fmt::format("unknown parameter replicates.{}{}", each.key,
                             sim::did_you_mean(each.key, stopping_keys)));
    }
    Stopping stopping;
    if (const Member* until = member(table, "until")) {
        read_until(stopping, until->value);
    } else {
        complain(given.value.place, "until",
                 "replicates.until is missing (it says when there are enough) add until = "
                 "\"ci(engagement_employee) < 0.005\", or write replicates = 2000");
    }
    if (const Member* contrast = member(table, "contrast")) {
        read_contrast(stopping, contrast->value);
    }
    return stopping;
}

}

std::optional<Stopping> read_stopping(const Table& top, const Scenario& scenario,
                                      ProblemList& problems) {
    const Member* replicates = member(top, "replicates");
    if (!replicates || !replicates->value.table()) return std::nullopt;
    return StoppingReader(scenario, problems).read(*replicates);
}

}
