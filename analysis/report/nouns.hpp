#pragma once

#include <string>

#include "analysis/report/words.hpp"

namespace cercle::analysis {

/// A word that changes with a number, in both languages.
struct Noun {
    const char *english, *english_plural, *french, *french_plural;
};

inline constexpr Noun run_noun{"run", "runs", "exécution", "exécutions"};
inline constexpr Noun pair_noun{"pair of runs", "pairs of runs", "paire d'exécutions",
                                "paires d'exécutions"};
inline constexpr Noun replicate_noun{"replicate", "replicates", "répétition", "répétitions"};
inline constexpr Noun point_noun{"design point", "design points", "point du plan",
                                 "points du plan"};
inline constexpr Noun outcome_noun{"outcome", "outcomes", "résultat", "résultats"};
inline constexpr Noun difference_noun{"difference", "differences", "différence", "différences"};
inline constexpr Noun arm_noun{"arm", "arms", "bras", "bras"};
inline constexpr Noun parameter_noun{"parameter", "parameters", "paramètre", "paramètres"};
inline constexpr Noun factor_noun{"factor", "factors", "facteur", "facteurs"};
inline constexpr Noun mechanism_noun{"mechanism", "mechanisms", "mécanisme", "mécanismes"};
inline constexpr Noun world_noun{"world", "worlds", "monde", "mondes"};
inline constexpr Noun more_outcomes_noun{"more outcome", "more outcomes", "autre résultat",
                                         "autres résultats"};

/// The word for that many: French has the singular for none too.
std::string form_of(const Noun& noun, std::size_t count, const ReportWords& words);
/// "1 pair of runs", "12 pairs of runs".
std::string counted(std::size_t count, const Noun& noun, const ReportWords& words);

}
