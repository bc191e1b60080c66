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

std::vector<std::string> ScenarioSource::settings() const {
    std::vector<std::string> all = overrides;
    for (const OptionValue& given : options) all.push_back(given.setting);
    return all;
}

ScenarioSource load_scenario_file(const fs::path& path, std::vector<std::string> overrides,
                                  std::vector<OptionValue> options) {
    ScenarioSource source{"<stdin>", "", ".", std::move(overrides), std::move(options)};
    if (path == "-") {
        source.text = whole_text(std::cin);
        return source;
    }
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
    source.name = path.string();
    source.text = whole_text(file);
    if (path.has_parent_path()) source.folder = path.parent_path();
    return source;
}

}
