#include "analysis/inference/verdict_words.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "analysis/inference/effect_words.hpp"
#include "analysis/inference/local_words.hpp"

namespace cercle::analysis {
namespace {

Phrase obstacle(Obstacle which) {
    switch (which) {
    case Obstacle::few_people:
        return {"too few people to be told of: fewer than five, or than survey.toml allows, "
                "answered and have a contact who did, or are such contacts",
                "trop peu de personnes pour en dire quelque chose : moins de cinq, ou du nombre "
                "fixé dans survey.toml, ont répondu et ont un contact qui l'a fait, ou sont de "
                "tels contacts"};
    case Obstacle::one_wave:
        return {"one wave only", "une seule vague"};
    case Obstacle::two_waves:
        return {"two waves only: T2 compares people with themselves and needs three",
                "deux vagues seulement : T2 compare chacun à lui-même et en demande trois"};
    case Obstacle::few_in_a_row:
        return {"hardly anybody answered in three waves in a row, which T2 needs",
                "presque personne n'a répondu à trois vagues de suite, ce que T2 demande"};
    case Obstacle::few_linked:
        return {"fewer than 30 people with two answers and a contact who answered before",
                "moins de 30 personnes avec deux réponses et un contact ayant répondu avant"};
    case Obstacle::complete_teams:
        return {"everybody of a team has the same contacts, or nearly so: a peer cannot be told "
                "from the team",
                "tous les membres d'une équipe ont les mêmes contacts, ou presque : on ne peut "
                "distinguer le collègue de l'équipe"};
    case Obstacle::all_alike:
        return {"everybody gives the same answer", "tout le monde donne la même réponse"};
    case Obstacle::unchanging:
        return {"nobody's answer ever changes", "aucune réponse ne change d'une vague à l'autre"};
    case Obstacle::no_answers:
        return {"one side gave no answers", "un des deux côtés n'a pas répondu"};
    case Obstacle::none:
        break;
    }
    return {"", ""};
}

std::string guards_text(const Verdict& verdict, Language language) {
    std::vector<std::string> words;
    for (const Guard guard : verdict.guards) words.push_back(words_of(guard, language));
    return fmt::format("{}", fmt::join(words, in(language, {"; ", " ; "})));
}

/// "42 times in 100 (95 %: 35 to 49)"; "0 times of 5" where a hundredth would be made up.
std::string times(double share, std::size_t panels, const LocalWords& words) {
    const auto count = static_cast<std::size_t>(std::lround(share * static_cast<double>(panels)));
    if (panels < fewest_panels) {
        return fmt::format(fmt::runtime(words("{} of {} times", "{} fois sur {}")), count, panels);
    }
    const Interval range = exact_share_interval(count, panels);
    return fmt::format(fmt::runtime(words("{:.0f} times in 100 (95 %: {:.0f} to {:.0f})",
                                          "{:.0f} fois sur 100 (95 % : {:.0f} à {:.0f})")),
                       100.0 * share, 100.0 * range.low, 100.0 * range.high);
}

/// What would have been found, which is evidence (V5), and what would have been significant.
std::string inconclusive(const Calibration* calibration, bool evidence_possible,
                         Language language) {
    const LocalWords words(language);
    const PowerPoint* moderate = calibration ? calibration->moderate() : nullptr;
    if (!moderate) {
        return words("Nothing conclusive; how often a moderate contagion would have been "
                     "found was not measured (--calibration 0).",
                     "Rien de concluant ; la probabilité de détecter une contagion modérée "
                     "n'a pas été mesurée (--calibration 0).");
    }
    const std::string significant = times(moderate->significant, moderate->panels, words);
    if (moderate->significant >= good_power) {
        return fmt::format(
            fmt::runtime(
                words("Nothing conclusive: nothing is significant, though under a moderate "
                      "contagion (w = .25) a test would have been {}; but the interval does not "
                      "exclude it.",
                      "Rien de concluant : rien n'est significatif, alors que sous une contagion "
                      "modérée (w = 0,25) un test l'aurait été {} ; mais l'intervalle ne "
                      "l'exclut pas.")),
            significant);
    }
    std::string text =
        evidence_possible
            ? fmt::format(fmt::runtime(words(
                              "Nothing conclusive: with these data a moderate contagion (w = .25) "
                              "would have been found (V5 or more) {}, and a test significant (V4 "
                              "or more) {}.",
                              "Rien de concluant : avec ces données une contagion modérée (w = "
                              "0,25) aurait été détectée (V5 ou plus) {}, et un test significatif "
                              "(V4 ou plus) {}.")),
                          times(moderate->evidence, moderate->panels, words), significant)
            : fmt::format(fmt::runtime(words(
                              "Nothing conclusive: with these data a moderate contagion (w = .25) "
                              "would have made a test significant (V4, the most there is without "
                              "usable hand-overs or an outside shock) {}.",
                              "Rien de concluant : avec ces données une contagion modérée (w = "
                              "0,25) aurait rendu un test significatif (V4, le plus qu'on puisse "
                              "avoir sans reprises de clients utilisables ni choc extérieur) {}.")),
                          significant);
    const double weight = calibration->detectable_weight(
        evidence_possible ? &PowerPoint::evidence : &PowerPoint::significant);
    if (std::isnan(weight)) {
        return text + words(" Even a strong one (w = .5) would be missed more than once in five.",
                            " Même une contagion forte (w = 0,5) nous échapperait plus d'une fois "
                            "sur cinq.");
    }
    return text +
           words(" So it would four times in five: w = ",
                 " Ce serait quatre fois sur cinq pour w = ") +
           words.number(weight, 2) + ".";
}

/// What is below the interval's upper end may still be there; below nothing, nothing.
std::string no_evidence(const Verdict& verdict, Language language) {
    const LocalWords words(language);
    if (!(verdict.interval.high > 0.0)) {
        return words("No contagion of a useful size.", "Pas de contagion d'ampleur utile.");
    }
    return fmt::format(
        fmt::runtime(
            words("No contagion of a useful size; if there is one, it is below {} sd.",
                  "Pas de contagion d'ampleur utile ; s'il y en a une, elle est inférieure "
                  "à {} écart-type.")),
        words.number(verdict.interval.high, 2));
}

}

std::string code_of(Level level) { return fmt::format("V{}", static_cast<int>(level)); }

std::string sentence(const Verdict& verdict, const Evidence& evidence,
                     const Calibration* calibration, Language language) {
    const bool english = language == Language::english;
    const std::string effect = effect_text(verdict, evidence.channel, language);
    switch (verdict.level) {
    case Level::not_testable:
        return fmt::format("{} ({}).",
                           in(language, {"Your data do not allow the question to be asked",
                                         "Vos données ne permettent pas de poser la question"}),
                           in(language, obstacle(verdict.obstacle)));
    case Level::inconclusive:
        return inconclusive(calibration, evidence_possible(evidence), language) + effect;
    case Level::no_evidence:
        return no_evidence(verdict, language) + effect;
    case Level::resemblance_only:
        return in(language, {"People who are tied resemble each other, but who is tied to whom and "
                             "what they share explain it.",
                             "Les personnes liées se ressemblent, mais cela s'explique par qui est "
                             "lié à qui et par l'environnement partagé."}) +
               effect;
    case Level::compatible:
        return fmt::format(
            "{} {}.{}",
            in(language, {"Compatible with contagion; it cannot be excluded that "
                          "something else makes it:",
                          "Compatible avec une contagion ; on ne peut pas exclure une "
                          "autre explication :"}),
            guards_text(verdict, language), effect);
    case Level::evidence:
        return (english ? fmt::format("Evidence of transmission, {}.",
                                      words_of(evidence.channel, language))
                        : fmt::format("Indices sérieux de transmission {}.",
                                      words_of(evidence.channel, language))) +
               effect;
    case Level::strong_evidence:
        return (english ? fmt::format("Strong evidence of transmission, {}: two different designs "
                                      "agree.",
                                      words_of(evidence.channel, language))
                        : fmt::format("Indices forts de transmission {} : deux approches "
                                      "différentes concordent.",
                                      words_of(evidence.channel, language))) +
               effect;
    }
    return "";
}

std::string words_of(Guard guard, Language language) {
    switch (guard) {
    case Guard::lag_alone:
        return in(
            language,
            {"only the lag test (T2) speaks, and a shock along ties, or influence the other way, "
             "would make it speak too",
             "seul le test en décalé (T2) est significatif, et un choc qui suit les liens, "
             "ou une influence en sens inverse, le rendrait significatif aussi"});
    case Guard::simultaneity:
        return in(language,
                  {"contacts also move at the same time (T3), as a hidden shock makes them",
                   "les contacts bougent aussi en même temps (T3), comme sous un choc "
                   "caché"});
    case Guard::balance:
        return in(language, {"clients differed by their new contact before they had them (T4)",
                             "les clients différaient selon leur nouvel interlocuteur avant de "
                             "l'avoir (T4)"});
    case Guard::size:
        return in(language, {"on this network the rule errs more than once in ten",
                             "sur ce réseau la règle se trompe plus d'une fois sur dix"});
    case Guard::not_calibrated:
        return in(language,
                  {"how often the rule errs on this network was not measured (100 simulated panels "
                   "of each world at least)",
                   "la fréquence d'erreur de la règle sur ce réseau n'a pas été mesurée (au moins "
                   "100 panels simulés de chaque monde)"});
    }
    return "";
}

std::string words_of(Obstacle which, Language language) { return in(language, obstacle(which)); }

std::string words_of(const Channel& channel, Language language) {
    if (channel.name == "employee_client") {
        return in(language, {"employee to client", "salarié → client"});
    }
    if (channel.name == "client_employee") {
        return in(language, {"client to employee", "client → salarié"});
    }
    if (channel.name == "client_client") {
        return in(language, {"client to client", "client → client"});
    }
    if (channel.name == "manager") {
        return in(language, {"manager to employee", "manager → salarié"});
    }
    return in(language, {"colleague to colleague", "collègue → collègue"});
}

std::vector<std::string> untested_assumptions(Language language) {
    return {
        in(language, {"no unrecorded shock strikes people along their ties (a site, a product)",
                      "aucun choc non enregistré ne suit les liens (un site, un produit)"}),
        in(language, {"tastes do not drift together among people who are tied",
                      "les goûts des personnes liées ne dérivent pas ensemble"}),
        in(language, {"who answers does not depend on what their contacts feel",
                      "le fait de répondre ne dépend pas de ce que ressentent les contacts"}),
        in(language, {"what people felt before is told best by their own answers (where they "
                      "influence their contacts, these may tell it as well, and pass for the "
                      "cause)",
                      "ce que chacun ressentait avant est dit au mieux par ses propres réponses "
                      "(s'il influence ses contacts, les leurs peuvent le dire aussi, et passer "
                      "pour la cause)"})};
}

}
