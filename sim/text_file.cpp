#include "sim/text_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::sim {
namespace {

namespace fs = std::filesystem;

/// Names of the files beside a missing one, in alphabetic order.
std::vector<std::string> files_beside(const fs::path& path) {
    std::vector<std::string> names;
    std::error_code error;
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (entry.is_regular_file(error)) names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

std::string sentence_for_missing(const fs::path& path, std::string_view what) {
    const fs::path folder = path.parent_path();
    std::error_code error;
    if (!folder.empty() && !fs::is_directory(folder, error)) {
        return fmt::format("{}: no such {} (there is no folder {})", path.string(), what,
                           folder.string());
    }
    return fmt::format("{}: no such {}{}", path.string(), what,
                       did_you_mean(path.filename().string(), files_beside(path)));
}

}

std::string read_text_file(const fs::path& path, std::string_view what) {
    std::error_code error;
    if (!fs::exists(path, error)) throw UserError(sentence_for_missing(path, what));
    if (fs::is_directory(path, error)) {
        throw UserError(fmt::format("{}: is a folder (a {} is wanted)", path.string(), what));
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw UserError(fmt::format("{}: cannot be read (permission denied?)", path.string()));
    }
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad())
        throw RuntimeFailure(fmt::format("{}: cannot be read to its end", path.string()));
    return text;
}

}
