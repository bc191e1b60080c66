#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "analysis/claim_wording.hpp"
#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {
namespace {

struct FrenchMeaning {
    std::string_view path;
    std::string_view text;
};

/// What the parameters mean that claims assume; their English is in the table of parameters.
constexpr std::array french_meanings = {
    FrenchMeaning{"choice.look", "risque qu'un client d'ailleurs compare les offres"},
    FrenchMeaning{"choice.outside", "utilité de n'être servi par personne"},
    FrenchMeaning{"choice.relation", "ce que l'engagement des clients ajoute à l'utilité d'une "
                                     "entreprise"},
    FrenchMeaning{"client.adjustment", "part de l'écart à sa cible qu'un client comble en un mois"},
    FrenchMeaning{"client.bad_encounter", "ce qu'enlève un mauvais contact"},
    FrenchMeaning{"client.good_encounter", "ce que donne un bon contact"},
    FrenchMeaning{"client.innovation", "effet de l'innovation de l'entreprise"},
    FrenchMeaning{"client.price", "effet d'un prix équitable"},
    FrenchMeaning{"client.quality", "effet de la qualité attendue"},
    FrenchMeaning{"client.relation", "effet d'une longue relation avec le même interlocuteur"},
    FrenchMeaning{"client.stability", "effet de la stabilité perçue de l'entreprise"},
    FrenchMeaning{"client.term", "durée d'un abonnement"},
    FrenchMeaning{"client.unfair_speed",
                  "combien de fois plus vite réagit un client qui trouve le prix inéquitable"},
    FrenchMeaning{"contagion.client.weight", "poids de ses clients sur un salarié"},
    FrenchMeaning{"contagion.colleague.weight", "poids des collègues sur un salarié"},
    FrenchMeaning{"contagion.contact.weight", "poids de ses interlocuteurs sur un client"},
    FrenchMeaning{"contagion.manager.weight", "poids du responsable sur un salarié"},
    FrenchMeaning{"employee.authenticity", "part de ce qu'un salarié ressent qui se voit"},
    FrenchMeaning{"encounter.engagement",
                  "combien l'engagement abaisse la cote d'un mauvais contact"},
    FrenchMeaning{"encounter.information",
                  "combien un salarié informé abaisse la cote d'un mauvais contact"},
    FrenchMeaning{"encounter.member_effort",
                  "combien le sens des responsabilités d'un associé l'abaisse à engagement égal"},
    FrenchMeaning{"encounter.overload", "combien une demande au-delà de la capacité la relève"},
    FrenchMeaning{"encounter.rate", "contacts d'un client avec ses interlocuteurs"},
    FrenchMeaning{"engagement.autonomy", "effet du besoin d'autonomie satisfait"},
    FrenchMeaning{"engagement.competence", "effet du besoin de compétence satisfait"},
    FrenchMeaning{"engagement.cosmetic_voice",
                  "coût de chaque unité de participation affichée et non donnée"},
    FrenchMeaning{"engagement.information", "effet d'être informé"},
    FrenchMeaning{"engagement.ownership", "effet d'être associé"},
    FrenchMeaning{"engagement.pay", "effet d'une rémunération équitable"},
    FrenchMeaning{"exit.engagement",
                  "combien l'engagement abaisse le risque de départ d'un client"},
    FrenchMeaning{"exit.hazard", "risque de départ d'un client moyen"},
    FrenchMeaning{"exit.walk_out", "probabilité qu'un client moyen parte après un mauvais contact"},
    FrenchMeaning{"fairness.cut", "équité d'un prix sous le prix habituel"},
    FrenchMeaning{"fairness.extraction", "iniquité des dividendes, par unité de chiffre d'affaires "
                                         "vue partir"},
    FrenchMeaning{"fairness.investment",
                  "équité de l'investissement, par unité de chiffre d'affaires vue investie"},
    FrenchMeaning{"fairness.transparency",
                  "ce que les clients voient des dividendes et de l'investissement"},
    FrenchMeaning{"firm.initial_cash", "trésorerie de départ, en mois de dépenses"},
    FrenchMeaning{"firm.overhead", "autres frais courants par salarié"},
    FrenchMeaning{"governance.consultation", "part des salariés sans voix qui sont entendus"},
    FrenchMeaning{"governance.information",
                  "information des salariés sur leur équipe et leur entreprise"},
    FrenchMeaning{"governance.member_loyalty", "part du risque de démission épargnée à un associé"},
    FrenchMeaning{"governance.pay_fairness", "équité de la rémunération aux yeux des salariés"},
    FrenchMeaning{"governance.take_over_hazard", "risque que l'entreprise soit vendue"},
    FrenchMeaning{"handover.cost", "engagement qu'un client perd en changeant d'interlocuteur"},
    FrenchMeaning{"hiring.fill", "rythme auquel un poste voulu est pourvu"},
    FrenchMeaning{"innovation.cash_share",
                  "part de sa trésorerie qu'une entreprise investit au plus en un mois"},
    FrenchMeaning{"innovation.depreciation", "part du stock d'innovation périmée en un mois"},
    FrenchMeaning{"innovation.from_reserve",
                  "part de ses réserves qu'une entreprise veut investir en un mois"},
    FrenchMeaning{"innovation.frontier", "croissance de ce que le marché tient pour acquis"},
    FrenchMeaning{"innovation.plan", "investissement prévu par salarié"},
    FrenchMeaning{"needs.information", "compétence gagnée à être pleinement informé"},
    FrenchMeaning{"needs.innovation", "compétence gagnée dans une entreprise en avance"},
    FrenchMeaning{"needs.load", "compétence perdue aux devoirs d'un associé, d'un responsable"},
    FrenchMeaning{"needs.member_autonomy", "autonomie gagnée à être associé"},
    FrenchMeaning{"needs.peer_standard",
                  "compétence gagnée là où tous les collègues sont associés"},
    FrenchMeaning{"needs.voice_weight", "poids de la participation dans le besoin d'autonomie"},
    FrenchMeaning{"output.absence", "combien l'engagement abaisse les absences, en logarithme"},
    FrenchMeaning{"output.creativity", "combien l'engagement relève la créativité, en logarithme"},
    FrenchMeaning{"output.illness", "combien l'engagement abaisse la maladie, en logarithme"},
    FrenchMeaning{"output.productivity",
                  "combien l'engagement relève la productivité, en logarithme"},
    FrenchMeaning{"pricing.low_ball.ratio", "prix le plus bas, rapporté au prix d'ailleurs"},
    FrenchMeaning{"prospect.overload",
                  "combien une demande au-delà de la capacité écarte les prospects"},
    FrenchMeaning{"prospect.referral", "moitié des gens à qui un promoteur en parle en un mois"},
    FrenchMeaning{"prospect.reputation", "ce que la mémoire et l'ouï-dire d'un prospect apportent"},
    FrenchMeaning{"take_over.capital_share", "part du résultat net que l'acheteur retire"},
    FrenchMeaning{"take_over.lasting_stability", "stabilité perçue un an après la vente"},
    FrenchMeaning{"take_over.price_rule", "comment l'acheteur fixe le prix"},
    FrenchMeaning{"votes.accuracy", "probabilité qu'une personne juge bien une proposition"},
    FrenchMeaning{"votes.closeness",
                  "écart à la politique en dessous duquel un salarié la dit sienne"},
    FrenchMeaning{"votes.correlation", "corrélation des jugements"},
    FrenchMeaning{"votes.gain", "innovation gagnée par bonne proposition adoptée et par salarié"},
    FrenchMeaning{"votes.proposals",
                  "probabilité qu'un salarié pleinement engagé et entendu propose en un trimestre"},
};

std::string source_text(const sim::Parameter& parameter, Language language) {
    if (language == Language::english) return parameter.source;
    switch (scenarios::footing_of(parameter)) {
    case scenarios::Footing::measured_direction:
        return "sens publié, valeur supposée";
    case scenarios::Footing::fitted:
        return "ajusté aux données";
    case scenarios::Footing::assumed:
        break;
    }
    return "supposé";
}

std::string assumption_text(const sim::Parameter& parameter,
                            const scenarios::Assumption& assumption, const sim::Value& given,
                            Language language) {
    const auto number = [&](const sim::Value& value) {
        return local_number(sim::to_text(value), language);
    };
    const std::string meaning =
        language == Language::french ? french_meaning(parameter.path) : parameter.meaning;
    std::string text =
        fmt::format(fmt::runtime(in("{} = {}, from {} to {}: {} ({})",
                                    "{} = {}, de {} à {}\u00a0: {} ({})", language)),
                    parameter.path, number(given), number(assumption.low), number(assumption.high),
                    meaning, source_text(parameter, language));
    if (!assumption.why.empty()) {
        text += fmt::format("{}{}", in("; ends: ", "\u00a0; bornes\u00a0: ", language),
                            in(assumption.why, language));
    }
    return text;
}

}

std::string french_meaning(std::string_view path) {
    const auto known = std::ranges::find(french_meanings, path, &FrenchMeaning::path);
    return std::string(known == french_meanings.end() ? path : known->text);
}

std::string assumptions_text(const ClaimResult& result, Language language, std::size_t width) {
    const auto on =
        std::ranges::find(result.scenario.arms, result.claim().judged.on, &scenarios::Arm::name);
    std::string text;
    for (const sim::Parameter& parameter : scenarios::all_parameters()) {
        const auto assumption =
            std::ranges::find(result.claim().assumes, parameter.path, &scenarios::Assumption::path);
        if (assumption == result.claim().assumes.end()) continue;
        text += wrapped(
            assumption_text(parameter, *assumption, on->settings.value(parameter.path), language),
            width, 4);
    }
    return text;
}

}
