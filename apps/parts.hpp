#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cercle::apps {

/// Adds what a user may mean by part of a dotted name: "contagion.colleague.weight" adds itself,
/// "contagion.colleague", "contagion", "colleague" and "weight".
inline void add_parts(std::vector<std::string>& names, std::string_view path) {
    for (std::string_view start = path;; start = start.substr(0, start.rfind('.'))) {
        names.emplace_back(start);
        if (start.find('.') == std::string_view::npos) break;
        names.emplace_back(start.substr(start.rfind('.') + 1));
    }
}

}
