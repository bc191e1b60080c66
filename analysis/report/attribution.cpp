#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/report/figure_spec.hpp"
#include "analysis/report/nouns.hpp"
#include "analysis/report/sections.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

/// Outcomes that are shown unasked.
constexpr std::size_t most_shown = 3;

/// One outcome and how its numbers are shown.
struct Shared {
    const Attribution& attribution;
    const AttributedOutcome& outcome;
    ShownOutcome shown;
    const ReportWords& words;

    std::string number(const Summary& share) const {
        return fmt::format("{} {}", shown.difference(share.mean), shown.interval(share.interval));
    }
    std::string percent(const Summary& share) const {
        const double of_gap = share_of_gap(share, outcome.gap);
        return std::isnan(of_gap) ? "-" : words.percent(of_gap);
    }
    std::string difference_name() const {
        return fmt::format("{} \u2212 {}", attribution.arms[0], attribution.arms[1]);
    }
};

/// What the author of a scenario calls a mechanism, or the design what is left over.
std::string name_of(const Mechanism& mechanism, const ReportWords& words) {
    if (mechanism.name != scenarios::other_differences) return mechanism.name;
    return words("other differences", "autres différences");
}

struct Kinds {
    std::string sourced, assumed, total;
};

Kinds kinds(const ReportWords& words) {
    return {words("no assumed number", "aucune valeur supposée"),
            words("with assumed numbers", "avec des valeurs supposées"),
            words("the whole difference", "la différence entière")};
}

/// Mechanisms, the largest share first.
std::vector<std::size_t> by_size(const AttributedOutcome& outcome) {
    std::vector<std::size_t> order(outcome.shares.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t which) {
        return std::abs(outcome.shares[which].mean);
    });
    return order;
}

/// Each share starts where the one before it ended; the difference closes the fall.
Json rows_of(const Shared& told) {
    const Kinds all = kinds(told.words);
    Json rows = Json::array();
    double so_far = 0.0;
    const auto add = [&](const std::string& name, const Summary& share, const std::string& kind,
                         double from) {
        rows.push_back({{"row", name + "\n" + told.number(share)},
                        {"from", drawn(told.shown.drawn(from))},
                        {"to", drawn(told.shown.drawn(from + share.mean))},
                        {"low", drawn(told.shown.drawn(from + share.interval.low))},
                        {"high", drawn(told.shown.drawn(from + share.interval.high))},
                        {"kind", kind}});
    };
    for (const std::size_t which : by_size(told.outcome)) {
        const Mechanism& mechanism = told.attribution.mechanisms[which];
        const Summary& share = told.outcome.shares[which];
        add(name_of(mechanism, told.words), share,
            mechanism.assumed > 0 ? all.assumed : all.sourced, so_far);
        so_far += share.mean;
    }
    add(told.difference_name(), told.outcome.gap, all.total, 0.0);
    return rows;
}

std::string title_of(const Shared& told) {
    const Summary& gap = told.outcome.gap;
    const std::string& label = told.shown.label();
    if (!gap.interval.excludes(0.0)) {
        return told.words("{}: no difference to share out, {}",
                          "{} : pas de différence à répartir, {}", label, told.number(gap));
    }
    const std::string whole = told.shown.difference(gap.mean);
    for (const std::size_t which : by_size(told.outcome)) {
        const Summary& share = told.outcome.shares[which];
        if (!share.interval.excludes(0.0)) continue;
        return told.words("{}: {} adds {} to a whole difference of {}",
                          "{} : {} apporte {} à une différence entière de {}", label,
                          name_of(told.attribution.mechanisms[which], told.words),
                          told.number(share), whole);
    }
    return told.words("{}: no mechanism's share of the {} is told from nothing",
                      "{} : aucune part des mécanismes dans {} ne se distingue de rien", label,
                      whole);
}

/// Why a difference is not the one that a comparison of the two arms tells; "" where it is.
std::string left_out_of(const Shared& told) {
    const Summary& whole = told.outcome.whole_gap;
    if (told.outcome.gap.count == told.attribution.replicates) return "";
    return told.words(" Over the {} of {} in which every mixture of the arms has this outcome (a "
                      "firm that fails has none); the two arms alone: {} over {}.",
                      " Sur {} des {} où chaque mélange des bras a ce résultat (une entreprise "
                      "disparue n'en a pas) ; les deux bras seuls : {} sur {}.",
                      told.words.count(told.outcome.gap.count),
                      counted(told.attribution.replicates, replicate_noun, told.words),
                      told.number(whole), told.words.count(whole.count));
}

std::string caption_of(const Shared& told) {
    return told.words("Read from the top: each bar starts where the one before it ended, and the "
                      "last is the whole difference. A dashed bar is a mechanism some of whose "
                      "numbers are assumed; the thin line is its {:.0f} % interval.",
                      "À lire de haut en bas : chaque barre part de la fin de la précédente, la "
                      "dernière est la différence entière. Une barre en tirets est un mécanisme "
                      "dont des valeurs sont supposées ; le trait fin est son intervalle à "
                      "{:.0f} %.",
                      100.0 * told.attribution.confidence) +
           left_out_of(told);
}

ReportTable table_of(const Shared& told) {
    const ReportWords& words = told.words;
    ReportTable table{.header = {words("Mechanism", "Mécanisme"), words("Share", "Part"),
                                 words("{:.0f} % interval", "Intervalle à {:.0f} %",
                                       100.0 * told.attribution.confidence),
                                 words("Of the difference", "De la différence"),
                                 words("Assumed numbers", "Valeurs supposées")},
                      .rows = {}};
    const auto add = [&](const std::string& name, const Summary& share,
                         const std::string& assumed) {
        table.rows.push_back({name, told.shown.difference(share.mean),
                              told.shown.interval(share.interval), told.percent(share), assumed});
    };
    for (std::size_t i = 0; i < told.attribution.mechanisms.size(); ++i) {
        const Mechanism& mechanism = told.attribution.mechanisms[i];
        add(name_of(mechanism, words), told.outcome.shares[i],
            words("{} of {}", "{} sur {}", mechanism.assumed, mechanism.parameters));
    }
    add(told.difference_name(), told.outcome.gap, "");
    add(words("mechanisms with assumed numbers", "mécanismes aux valeurs supposées"),
        told.outcome.assumed, "");
    return table;
}

ReportFigure figure_of(const Shared& told) {
    const ReportWords& words = told.words;
    const Kinds all = kinds(words);
    const std::string unit =
        told.shown.difference_unit().empty() ? "" : " (" + told.shown.difference_unit() + ")";
    ReportFigure figure{.id = "attribution-" + told.outcome.metric.name,
                        .title = title_of(told),
                        .caption = caption_of(told),
                        .alt = words("Waterfall of the difference in {} by mechanism.",
                                     "Cascade de la différence par mécanisme : {}.",
                                     told.shown.label()),
                        .panels = {},
                        .table = table_of(told)};
    figure.panels.push_back(
        {"", figure_spec("waterfall", {{"rows", rows_of(told)},
                                       {"axis", told.difference_name() + unit},
                                       {"kinds", {all.sourced, all.assumed, all.total}},
                                       {"mechanism", words("Mechanism", "Mécanisme")},
                                       {"rests", words("Rests on", "Repose sur")}})});
    return figure;
}

/// What is shared out, and how far the shares may be trusted.
std::vector<std::string> method_of(const Attribution& attribution, const ReportWords& words) {
    std::vector<std::string> texts;
    texts.push_back(
        words("The difference between {} and {} is shared out over {}: what giving the first "
              "arm's values of one of them adds, averaged over the orders in which they may be "
              "added (Shapley values, {}).",
              "La différence entre {} et {} est répartie entre {} : ce qu'ajoute le passage de "
              "l'un d'eux aux valeurs du premier bras, en moyenne sur les ordres possibles "
              "(valeurs de Shapley, {}).",
              attribution.arms[0], attribution.arms[1],
              counted(attribution.mechanisms.size(), mechanism_noun, words),
              counted(attribution.replicates, replicate_noun, words)));
    if (attribution.orders > 0) {
        texts.push_back(words(
            "Averaged over {} drawn at random and their reverses: exact where no three mechanisms "
            "act together; otherwise the error of drawing them comes on top of the intervals.",
            "Moyenne sur {} au hasard et leurs inverses : exacte si jamais trois mécanismes "
            "n'agissent ensemble ; sinon l'erreur de tirage s'ajoute aux intervalles.",
            counted(attribution.orders, {"order", "orders", "ordre tiré", "ordres tirés"}, words)));
    }
    texts.push_back(words(
        "What rests on an assumed number is a consequence of it, not a finding. The row of the "
        "mechanisms with assumed numbers is the least that does: each mechanism also acts through "
        "numbers that both arms share, {} of which {} assumed.",
        "Ce qui repose sur une valeur supposée en est une conséquence, pas une découverte. La "
        "ligne des mécanismes aux valeurs supposées est un minimum : chaque mécanisme agit aussi "
        "par des valeurs communes aux deux bras, dont {} {}.",
        words.count(attribution.shared_assumed),
        form_of({"is", "are", "est supposée", "sont supposées"}, attribution.shared_assumed,
                words)));
    return texts;
}

}

ReportSection attribution_section(const Attribution& attribution, const ReportWords& words) {
    ReportSection section{.id = "attribution",
                          .heading =
                              words("What makes the difference", "D'où vient la différence")};
    section.paragraphs = method_of(attribution, words);
    for (const AttributedOutcome& outcome : attribution.outcomes) {
        if (std::isnan(outcome.gap.interval.low)) continue;
        auto& figures =
            section.figures.size() < most_shown ? section.figures : section.folded_figures;
        figures.push_back(figure_of({attribution, outcome,
                                     ShownOutcome(outcome.metric, std::abs(outcome.gap.mean),
                                                  outcome.gap.interval.half_width(), words),
                                     words}));
    }
    section.folded_label = counted(section.folded_figures.size(), more_outcomes_noun, words);
    return section;
}

}
