#include <algorithm>

#include "analysis/report/sections.hpp"

namespace cercle::analysis {
namespace {

/// A word and what it means, as a board needs it.
struct Entry {
    const char* outcome; ///< told where a study has it; "" always
    const char* english;
    const char* meaning_en;
    const char* french;
    const char* meaning_fr;
};

constexpr Entry entries[] = {
    {"", "Arm", "One way to run the firm, compared with the others: a set of rules and prices.",
     "Bras", "Une façon de mener l'entreprise, comparée aux autres : des règles et des prix."},
    {"", "Run, replicate",
     "One simulated course of events. Each arm lives through the same replicates: the same shocks, "
     "encounters and temptations to leave.",
     "Exécution, répétition",
     "Un déroulement simulé. Chaque bras vit les mêmes répétitions : mêmes chocs, mêmes "
     "rencontres, "
     "mêmes tentations de partir."},
    {"", "Interval [a, b]",
     "Where the mean of ever more runs would very probably lie. It tells what chance leaves open, "
     "not whether the model is right.",
     "Intervalle [a ; b]",
     "Où se trouverait très probablement la moyenne avec toujours plus d'exécutions. Il dit ce que "
     "le hasard laisse ouvert, pas si le modèle est juste."},
    {"", "Points", "Difference of two percentages: from 40 % to 47 % are 7 points.", "Points",
     "Différence de deux pourcentages : de 40 % à 47 %, il y a 7 points."},
    {"", "Difference shown",
     "The interval, widened because many outcomes are looked at (Bonferroni), leaves 0 out.",
     "Différence établie",
     "L'intervalle, élargi parce que l'on regarde beaucoup de résultats (Bonferroni), exclut 0."},
    {"engagement_employee", "Engagement",
     "How far a person is drawn to give more than is asked, from 0 to 100 %; it is felt, shown to "
     "others and measured by surveys.",
     "Engagement",
     "À quel point une personne est portée à donner plus que demandé, de 0 à 100 % ; il se "
     "ressent, "
     "se montre et se mesure par enquête."},
    {"nps", "Net promoter score",
     "Share of clients who would recommend the firm (9 or 10 of 10) less that of those who would "
     "not (0 to 6), in points.",
     "NPS (Net promoter score)",
     "Part des clients qui recommanderaient l'entreprise (9 ou 10 sur 10) moins celle de ceux qui "
     "ne le feraient pas (0 à 6), en points."},
    {"team_icc", "Team ICC(1)",
     "How alike the members of a team are: the share of differences in engagement that lies "
     "between "
     "teams.",
     "ICC(1) d'équipe",
     "À quel point les membres d'une équipe se ressemblent : part des différences d'engagement qui "
     "tient aux équipes."},
    {"portfolio_correlation", "Staff-client correlation",
     "Whether clients of engaged employees are engaged too: 1 always, 0 not at all.",
     "Corrélation salariés-clients",
     "Si les clients de salariés engagés le sont aussi : 1 toujours, 0 pas du tout."},
    {"stability", "Stability over a year",
     "How far those engaged today are those of a year ago: 1 the same, 0 no relation.",
     "Stabilité sur un an",
     "À quel point les engagés d'aujourd'hui sont ceux d'il y a un an : 1 les mêmes, 0 aucun "
     "rapport."},
};

}

ReportSection glossary_section(const Comparison& comparison, const ReportWords& words) {
    ReportTable table{
        .header = {words("Word", "Mot"), words("Meaning", "Sens")}, .rows = {}, .word_columns = 2};
    for (const Entry& entry : entries) {
        const bool asked = std::string_view(entry.outcome).empty() ||
                           std::ranges::any_of(comparison.outcomes, [&](const auto& outcome) {
                               return outcome.metric.name == entry.outcome;
                           });
        if (!asked) continue;
        table.rows.push_back({words.french() ? entry.french : entry.english,
                              words.french() ? entry.meaning_fr : entry.meaning_en});
    }
    return {.id = "words",
            .heading = words("What the words mean", "Ce que veulent dire les mots"),
            .folded_label = words("{} words", "{} mots", words.count(table.rows.size())),
            .folded_tables = {std::move(table)}};
}

}
