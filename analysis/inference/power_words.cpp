#include "analysis/inference/power_words.hpp"

#include <fmt/format.h>

#include "analysis/statistics.hpp"

namespace cercle::analysis {
namespace {

/// How far the shares are from those of endless simulation, and what ~ marks.
std::string error_text(std::size_t panels, const LocalWords& words) {
    const Interval range = exact_share_interval(panels / 2, panels);
    return fmt::format(
        fmt::runtime(words(
            " With {0} panels a share of one half is known to {1:.0f} points (half of its "
            "interval; four times the --panels halve that). ~ marks what lies within that error: a "
            "share whose interval meets that of the share to its left (in the first column, the 5 "
            "% of chance), and a weight where some share may be four in five.",
            " Avec {0} panels une part de un sur deux est connue à {1:.0f} points près (moitié de "
            "son intervalle ; quatre fois plus de --panels la divisent par deux). ~ signale ce qui "
            "reste dans cette erreur : une part dont l'intervalle touche celui de la part à sa "
            "gauche (dans la première colonne, les 5 % du hasard), et un poids où une part peut "
            "être de quatre sur cinq.")),
        panels, 50.0 * (range.high - range.low));
}

}

std::string power_explanation(std::size_t panels, const LocalWords& words) {
    const std::string text = words(
        "w: share of contacts in what pulls a person. Waves are three months apart. Each share is "
        "of {} simulated surveys of this roster, with its exact 95 % interval. V5: found, that is "
        "called evidence, which needs hand-overs. V4: a test is significant, which is no evidence "
        "yet. 4 in 5: the weight at which that happens four times in five. The worlds have team "
        "shocks, which staff and their clients share in part, and homophily: these, and how stable "
        "and reliable answers are, are fitted to waves.csv where it tells them, else assumed "
        "([assume] of survey.toml).",
        "w : part des contacts dans ce qui attire une personne. Les vagues sont à trois mois "
        "d'intervalle. Chaque part porte sur {} enquêtes simulées de cet effectif, avec son "
        "intervalle exact à 95 %. V5 : contagion détectée, c'est-à-dire dite indices sérieux, ce "
        "qui demande des reprises de clients. V4 : un test est significatif, ce qui n'est pas "
        "encore un indice. 4 sur 5 : le poids pour lequel cela arrive quatre fois sur cinq. Les "
        "mondes simulés ont des chocs d'équipe, que les équipes partagent en partie avec leurs "
        "clients, et de l'homophilie : leurs forces, la stabilité et la fiabilité des réponses "
        "viennent de waves.csv s'il les donne, sinon elles sont supposées ([assume] dans "
        "survey.toml).");
    return fmt::format(fmt::runtime(text), panels) + error_text(panels, words);
}

}
