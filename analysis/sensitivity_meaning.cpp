#include <algorithm>
#include <array>
#include <string_view>

#include "analysis/sensitivity_notes.hpp"

namespace cercle::analysis {

namespace {

/// What the measures of a method mean; the last is that of every sample.
struct Meaning {
    std::string_view method, english, french;
};

constexpr std::array meanings = {
    Meaning{"saltelli",
            "first = share of the variance over the ranges of all factors that would go if this "
            "factor were known; total = share that would stay if all others were. total - first "
            "is what it does together with others. Bootstrap percentiles over base "
            "rows.",
            "Premier ordre = part de la variance sur les plages de tous les facteurs qui "
            "disparaîtrait si ce facteur était connu ; total = part qui resterait si tous les "
            "autres l'étaient. Leur écart est ce qu'il fait avec les autres. Percentiles bootstrap "
            "sur les lignes de base."},
    Meaning{"morris",
            "mu* = mean size, mu = mean, sigma = standard deviation of the change of the outcome "
            "when a factor alone moves, over its whole range, from many starting points. mu* near "
            "0: it does not matter. sigma as large as mu*: what it does depends on the others or "
            "bends. Student t over trajectories.",
            "mu* = taille moyenne, mu = moyenne, sigma = écart-type du changement du résultat "
            "quand un facteur seul parcourt toute sa plage, depuis de nombreux points de départ. "
            "mu* près de 0 : il ne compte pas. sigma aussi grand que mu* : ce qu'il fait dépend "
            "des autres ou n'est pas droit. t de Student sur les trajectoires."},
    Meaning{"oat",
            "effect = outcome - that of the base, in which nothing is changed; the interval is "
            "Student t over replicates with the same random events. Effects around one base say "
            "nothing of interactions (methods morris and saltelli do).",
            "Effet = résultat moins celui de la base, où rien n'est changé ; l'intervalle est un t "
            "de Student sur des répétitions aux mêmes événements aléatoires. Des effets autour "
            "d'une seule base ne disent rien des interactions (les méthodes morris et saltelli, "
            "si)."},
    Meaning{"prcc",
            "PRCC = correlation of the ranks of a factor and of the outcome, the other factors "
            "held: 1 or -1 where the outcome always rises or falls with it. 0 also where it rises "
            "and falls again: PRCC sees monotone effects only. Fisher's interval.",
            "PRCC = corrélation des rangs d'un facteur et du résultat, les autres facteurs étant "
            "fixés : 1 ou -1 où le résultat monte ou descend toujours avec lui. 0 aussi où il "
            "monte puis redescend : le PRCC ne voit que les effets monotones. Intervalle de "
            "Fisher."}};

}

std::string meaning_of(const Experiment& experiment, Language language) {
    const auto of_method = std::ranges::find(meanings, experiment.method, &Meaning::method);
    const Meaning& meaning = of_method == meanings.end() ? meanings.back() : *of_method;
    return std::string(language == Language::english ? meaning.english : meaning.french);
}

}
