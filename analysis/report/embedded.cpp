#include "analysis/report/embedded.hpp"

#include <algorithm>
#include <string>

#include "sim/error.hpp"

namespace cercle::analysis {

std::string_view embedded(std::span<const sim::EmbeddedFile> files, std::string_view name) {
    const auto found = std::ranges::find(files, name, &sim::EmbeddedFile::name);
    sim::expects(found != files.end(), "embedded: there is a file " + std::string(name));
    return found->text;
}

}
