#pragma once

#include <string_view>

namespace cercle::sim {

/// A text file that was built into the program.
struct EmbeddedFile {
    std::string_view name; ///< without folder and ending: "scop"
    std::string_view text;
};

}
