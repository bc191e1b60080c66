#include "analysis/report/figure_spec.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <string>

#include <fmt/format.h>

#include "analysis/report/embedded.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

/// Puts the values in; `used` gathers their keys.
void fill(Json& part, const Json& values, std::set<std::string>& used) {
    if (part.is_structured()) {
        for (Json& member : part) fill(member, values, used);
        return;
    }
    if (!part.is_string()) return;
    const auto text = part.get<std::string>();
    if (!text.starts_with('$')) return;
    const std::string key = text.substr(1);
    sim::expects(values.contains(key), "figure_spec: there is a value for " + text);
    used.insert(key);
    part = values[key];
}

}

Json figure_spec(std::string_view name, const Json& values) {
    Json spec = Json::parse(embedded(report_figures(), name));
    std::set<std::string> used;
    fill(spec, values, used);
    sim::expects(used.size() == values.size(), "figure_spec: every value has a place");
    return spec;
}

Json colours_of(std::size_t series) {
    constexpr std::size_t colours = 7;
    Json list = Json::array();
    for (std::size_t i = 0; i < series; ++i)
        list.push_back(fmt::format("var(--series-{})", i % colours + 1));
    return list;
}

Json dashes_of(std::size_t series) {
    static const Json dashes = {Json::array({1, 0}), {8, 3}, {2, 3}, {8, 3, 2, 3}, {14, 4}};
    Json list = Json::array();
    for (std::size_t i = 0; i < series; ++i) list.push_back(dashes[i % dashes.size()]);
    return list;
}

Json drawn(double number) {
    if (!std::isfinite(number)) return nullptr;
    return std::strtod(fmt::format("{:.6g}", number).c_str(), nullptr);
}

}
