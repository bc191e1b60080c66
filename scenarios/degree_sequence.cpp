#include "scenarios/degree_sequence.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include <fmt/format.h>

#include "sim/csv.hpp"
#include "sim/error.hpp"
#include "sim/graph_generators.hpp"

namespace cercle::scenarios {
namespace {

namespace fs = std::filesystem;
using Degrees = std::vector<std::uint32_t>;

Degrees read_degrees(const sim::TextFile& file) {
    sim::FileProblems problems;
    const sim::CsvTable table = sim::read_csv(file, "file of degrees", problems);
    const std::vector<std::string> wanted{"degree"};
    Degrees degrees;
    if (!problems.empty() || !sim::has_columns(table, wanted, problems)) problems.throw_if_any();
    const std::size_t column = table.column("degree").value();
    constexpr double most = 1e9;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const std::string& cell = table.cell(row, column);
        const auto number = sim::number_in(cell);
        if (number && *number >= 0.0 && *number <= most && *number == std::floor(*number)) {
            degrees.push_back(static_cast<std::uint32_t>(*number));
            continue;
        }
        problems.add(
            table.file(), table.line(row),
            fmt::format("degree = \"{}\" is not a whole number >= 0 (it counts ties)", cell));
    }
    problems.throw_if_any();
    return degrees;
}

Degrees listed_degrees(const std::vector<double>& list, std::size_t nodes) {
    Degrees degrees;
    for (std::size_t node = 0; node < nodes; ++node) {
        degrees.push_back(static_cast<std::uint32_t>(list[node % list.size()]));
    }
    return degrees;
}

/// Why no simple graph has these degrees.
std::string reason(const Degrees& degrees) {
    const auto sum = std::accumulate(degrees.begin(), degrees.end(), std::uint64_t{0});
    const std::uint32_t most = degrees.empty() ? 0 : std::ranges::max(degrees);
    if (most >= degrees.size()) {
        return fmt::format("somebody has {} ties among {} nodes", most, degrees.size());
    }
    if (sum % 2 == 1) return fmt::format("they add up to {}, and every tie has two ends", sum);
    return "the largest ask for more partners than the others can be (Erdos and Gallai 1960)";
}

}

std::vector<std::uint32_t> degree_sequence(const sim::Settings& settings,
                                           const sim::TextFolder& folder) {
    const std::string& file = settings.text("network.colleague.degree_file");
    const std::vector<double>& list = settings.numbers("network.colleague.degrees");
    const std::size_t nodes = settings.count("network.colleague.nodes");
    if (file.empty() == list.empty()) {
        throw sim::UserError(fmt::format(
            "network.colleague.degrees: {} (configuration draws a graph from the degree of every "
            "node) give degrees = [3, 2, 2, 1], or a degree_file",
            file.empty() ? "is missing" : "is given beside degree_file"));
    }
    const Degrees degrees =
        file.empty() ? listed_degrees(list, nodes) : read_degrees(folder / file);
    const char* parameter =
        file.empty() ? "network.colleague.degrees" : "network.colleague.degree_file";
    if (degrees.size() != nodes || list.size() > nodes) {
        throw sim::UserError(fmt::format("{}: has {} degrees, network.colleague.nodes is {} (one "
                                         "for each node) set network.colleague.nodes = {}",
                                         parameter, std::max(degrees.size(), list.size()), nodes,
                                         std::max(degrees.size(), list.size())));
    }
    if (!sim::is_graphical(degrees)) {
        throw sim::UserError(fmt::format("{}: no graph without loops and double ties has these "
                                         "degrees ({}) change some",
                                         parameter, reason(degrees)));
    }
    return degrees;
}

}
