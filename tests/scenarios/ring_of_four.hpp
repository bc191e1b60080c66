#pragma once

#include <string>

namespace cercle::scenarios {

/// A scenario of one law on a ring of four, with more lines put after the head.
inline std::string ring_of_four(const std::string& law, const std::string& more) {
    return "cercle = 1\nseed = 7\nlaws = [\"contagion." + law +
           "\"]\nnetwork.colleague.generator = \"ring\"\nnetwork.colleague.nodes = 4\n"
           "network.colleague.degree = 2\n" +
           more;
}

inline const std::string sis = "[initial]\nshare = 0.5\n[contagion.sis]\ntransmission = 0.2\n"
                               "recovery = 0.1\n";

}
