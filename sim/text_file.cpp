#include "sim/text_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <vector>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

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

std::string KeptTexts::read(const fs::path& path, std::string_view what) {
    const std::lock_guard guard(mutex_);
    const auto known = texts_.find(path.string());
    if (known != texts_.end()) return known->second;
    return texts_[path.string()] = read_text_file(path, what);
}

std::string KeptTexts::pack() const {
    const std::lock_guard guard(mutex_);
    std::string bytes;
    for (const auto& [path, text] : texts_)
        bytes += fmt::format("{} {} ", path.size(), text.size()) + path + text;
    return bytes;
}

std::string KeptTexts::digest() const {
    const std::lock_guard guard(mutex_);
    const boost::uuids::name_generator_sha1 named(boost::uuids::ns::oid());
    std::vector<std::string> each;
    for (const auto& [path, text] : texts_) each.push_back(boost::uuids::to_string(named(text)));
    if (each.empty()) return "";
    std::ranges::sort(each);
    return boost::uuids::to_string(named(fmt::format("{}", fmt::join(each, " "))));
}

void KeptTexts::unpack(const std::string& bytes) {
    const std::lock_guard guard(mutex_);
    std::istringstream stream(bytes);
    for (std::size_t name = 0, length = 0; stream >> name >> length;) {
        std::string path(name, '\0'), text(length, '\0');
        stream.ignore(1);
        stream.read(path.data(), static_cast<std::streamsize>(name));
        stream.read(text.data(), static_cast<std::streamsize>(length));
        texts_[path] = text;
    }
}

}
