#include "analysis/inference/effect_words.hpp"

#include <cmath>

#include <fmt/format.h>

#include "analysis/inference/local_words.hpp"

namespace cercle::analysis {
namespace {

/// Who may influence whom.
struct Roles {
    Phrase contact, receiver;
};
Roles roles_of(const Channel& channel) {
    if (channel.name == "employee_client") {
        return {{"the employee in charge", "l'interlocuteur"}, {"the client", "le client"}};
    }
    if (channel.name == "client_employee") {
        return {{"a client", "un client"}, {"the employee", "le salarié"}};
    }
    if (channel.name == "client_client") {
        return {{"another client", "un autre client"}, {"the client", "le client"}};
    }
    if (channel.name == "manager") {
        return {{"the manager", "le manager"}, {"the employee", "le salarié"}};
    }
    return {{"a colleague", "un collègue"}, {"the person", "la personne"}};
}

/// "3 months later", "at the same time".
std::string delay_text(double months, Language language) {
    const LocalWords words(language);
    if (!(months > 0.0)) return words("at the same time", "au même moment");
    const std::string number = words.number(months, months < 1.5 ? 1 : 0);
    return number + (months < 1.05 ? words(" month later", " mois plus tard")
                                   : words(" months later", " mois plus tard"));
}

}

std::string in(Language language, const Phrase& phrase) {
    return std::string(language == Language::english ? phrase.english : phrase.french);
}

std::string effect_text(const Verdict& verdict, const Channel& channel, Language language) {
    if (std::isnan(verdict.effect)) return "";
    const LocalWords words(language);
    const Roles roles = roles_of(channel);
    const std::string range = words.interval(verdict.interval, 2);
    const std::string effect = words.signed_number(verdict.effect, 2) +
                               words(" sd", " écart-type") + (range.empty() ? "" : " " + range);
    return fmt::format(fmt::runtime(words(" Where {} answers 1 sd higher, {}'s answer differs by "
                                          "{} {} ({}).",
                                          " +1 écart-type chez {} ⇒ chez {} {} {} ({}).")),
                       in(language, roles.contact), in(language, roles.receiver), effect,
                       delay_text(verdict.months, language), verdict.by);
}

std::string event_words(const std::string& event, Language language) {
    if (event == "quit") return in(language, {"quits", "les départs"});
    if (event == "promoter_loss") {
        return in(language, {"losses of promoters", "les pertes de promoteurs"});
    }
    return in(language, {"losses of clients", "les pertes de clients"});
}

std::string hidden_bias(const Verdict& verdict, Language language) {
    const LocalWords words(language);
    const EValue found = e_value(verdict.effect, verdict.interval);
    const std::string of_effect = fmt::format(
        fmt::runtime(words("Hidden bias: a cause nobody recorded would explain the estimate away "
                           "if it went with both contact and person at a risk ratio of {} or more "
                           "(E-value); ",
                           "Biais caché : une cause que personne n'a enregistrée suffirait à "
                           "expliquer l'estimation si elle allait avec le contact et avec la "
                           "personne à un risque relatif d'au moins {} (E-value) ; ")),
        words.number(found.effect, 1));
    if (!(found.limit > 1.0)) {
        return of_effect + words("the interval holds zero without any.",
                                 "l'intervalle contient zéro sans elle.");
    }
    return of_effect +
           fmt::format(fmt::runtime(words("{} or more would bring zero into the interval.",
                                          "au moins {} ramènerait zéro dans "
                                          "l'intervalle.")),
                       words.number(found.limit, 1));
}

}
