#include "analysis/comparison_notes.hpp"
#include "analysis/report/nouns.hpp"
#include "analysis/report/sections.hpp"

namespace cercle::analysis {
namespace {

/// "2 of 6 runs failed and are left out. "
std::string left_out(std::size_t count, const Comparison& comparison, const Term& because,
                     const ReportWords& words) {
    if (count == 0) return "";
    const std::string all = counted(comparison.runs(), run_noun, words);
    return words("{} of {} {} left out. ", "{} sur {} {} de côté. ", words.count(count), all,
                 form_of(because, count, words));
}

/// What firms that died leave behind: outcomes of survivors.
std::string of_deaths(const Comparison& comparison, const ReportWords& words) {
    const std::string died = firms_that_died(comparison, words.language());
    if (died.empty()) return "";
    std::vector<std::string> list;
    for (const ComparedOutcome* outcome : main_outcomes(comparison)) {
        const std::string label = shown_of(*outcome, words).label();
        for (std::size_t which = 0; which < outcome->contrasts.size(); ++which) {
            if (outcome->contrasts[which].run_pairs == comparison.finished_pairs[which]) continue;
            list.push_back(words("{} on {} of {}", "{} sur {} des {}", label,
                                 words.count(outcome->contrasts[which].run_pairs),
                                 counted(comparison.finished_pairs[which], pair_noun, words)));
            break;
        }
    }
    return died + " " +
           words("What a dead firm does not have is told of the survivors alone{}. ",
                 "Ce qu'une entreprise disparue n'a pas n'est dit que des survivantes{}. ",
                 list.empty() ? "" : words(" ({})", " ({})", words.list(list)));
}

/// What keeps chance from being told.
std::string of_chance(const Comparison& comparison, const ReportWords& words) {
    std::string text;
    if (comparison.has_lone_replicate()) {
        text += words("A single replicate tells nothing of chance: no interval can be given. ",
                      "Une seule répétition ne dit rien du hasard : aucun intervalle ne peut être "
                      "donné. ");
    }
    for (const std::size_t arm : comparison.unvarying) {
        text += words("All runs of {} gave the same numbers: nothing in it is random, or the runs "
                      "share one seed. ",
                      "Toutes les exécutions de {} ont donné les mêmes chiffres : rien n'y est "
                      "aléatoire, ou elles partagent une graine. ",
                      comparison.arms[arm]);
    }
    return text;
}

}

std::string what_is_missing(const Comparison& comparison, const ReportWords& words) {
    std::string text =
        left_out(comparison.failed, comparison,
                 {"failed and is", "failed and are", "a échoué et est laissée",
                  "ont échoué et sont laissées"},
                 words) +
        left_out(comparison.pending, comparison,
                 {"is not done yet and is", "are not done yet and are",
                  "reste à faire et est laissée", "restent à faire et sont laissées"},
                 words) +
        of_chance(comparison, words) + of_deaths(comparison, words);
    if (comparison.parameters.shared == 0) {
        text += words("Another version of the program wrote the scenario of this file, so its "
                      "parameters are not told. ",
                      "Une autre version du programme a écrit le scénario de ce fichier : ses "
                      "paramètres ne sont pas donnés. ");
    }
    return text;
}

}
