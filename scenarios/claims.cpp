#include "scenarios/claims.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

std::string capital(std::string text) {
    for (char& letter : text)
        letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return text;
}

int number_of(const std::string& name) {
    int number = 0;
    std::from_chars(name.data() + 1, name.data() + name.size(), number);
    return number;
}

}

Footing footing_of(const sim::Parameter& parameter) {
    const std::string& source = parameter.source;
    if (source.starts_with("fit")) return Footing::fitted;
    const bool is_plain =
        source.starts_with("assumed") && source.find("for the ") == std::string::npos;
    return is_plain ? Footing::assumed : Footing::measured_direction;
}

std::vector<std::string> claim_names() {
    std::vector<std::string> names;
    for (const sim::EmbeddedFile& file : claim_files())
        names.push_back(capital(std::string(file.name)));
    std::ranges::sort(names, {}, number_of);
    return names;
}

Scenario claim_scenario(const std::string& name) {
    const auto files = claim_files();
    const auto file = std::ranges::find_if(files, [&](const sim::EmbeddedFile& one) {
        const std::string id = capital(std::string(one.name));
        return id == capital(name) || id == "C" + name;
    });
    if (file == files.end()) {
        const std::vector<std::string> known = claim_names();
        throw sim::UserError(fmt::format("unknown claim {} (the claims are {} to {}){}", name,
                                         known.front(), known.back(),
                                         sim::did_you_mean(name, known)));
    }
    return read_scenario({.name = fmt::format("scenarios/claims/{}.toml", file->name),
                          .text = std::string(file->text),
                          .folder = "."});
}

}
