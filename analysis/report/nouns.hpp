#pragma once

#include <string>

#include "analysis/report/words.hpp"

namespace cercle::analysis {

/// A word that changes with a number, in both languages.
struct Term {
    Noun english, french;
};

inline constexpr Term run_noun{"run", "runs", "exécution", "exécutions"};
inline constexpr Term pair_noun{"pair of runs", "pairs of runs", "paire d'exécutions",
                                "paires d'exécutions"};
inline constexpr Term replicate_noun{"replicate", "replicates", "répétition", "répétitions"};
inline constexpr Term point_noun{"design point", "design points", "point du plan",
                                 "points du plan"};
inline constexpr Term outcome_noun{"outcome", "outcomes", "résultat", "résultats"};
inline constexpr Term difference_noun{"difference", "differences", "différence", "différences"};
inline constexpr Term arm_noun{"arm", "arms", "bras", "bras"};
inline constexpr Term parameter_noun{"parameter", "parameters", "paramètre", "paramètres"};
inline constexpr Term factor_noun{"factor", "factors", "facteur", "facteurs"};
inline constexpr Term mechanism_noun{"mechanism", "mechanisms", "mécanisme", "mécanismes"};
inline constexpr Term more_outcomes_noun{"more outcome", "more outcomes", "autre résultat",
                                         "autres résultats"};

/// The word for that many: French has the singular for none too.
std::string form_of(const Term& term, std::size_t count, const ReportWords& words);
/// "1 pair of runs", "12 pairs of runs".
std::string counted(std::size_t count, const Term& term, const ReportWords& words);

}
