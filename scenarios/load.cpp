#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "scenarios/scenario.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

namespace fs = std::filesystem;

std::string whole_text(std::istream& stream) {
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// Names of the scenario files beside a file that is not there.
std::vector<std::string> files_beside(const fs::path& path) {
    std::vector<std::string> names;
    std::error_code error;
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".toml") names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

}

ScenarioSource load_scenario_file(const fs::path& path, std::vector<std::string> overrides) {
    if (path == "-") return {"<stdin>", whole_text(std::cin), ".", std::move(overrides)};
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        throw sim::UserError(
            fmt::format("{}: no such scenario file{}", path.string(),
                        sim::did_you_mean(path.filename().string(), files_beside(path))));
    }
    if (fs::is_directory(status)) {
        throw sim::UserError(fmt::format("{}: is a folder, not a scenario file", path.string()));
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw sim::UserError(fmt::format("{}: cannot be read (permission denied?)", path.string()));
    }
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    return {path.string(), whole_text(file), folder, std::move(overrides)};
}

}
