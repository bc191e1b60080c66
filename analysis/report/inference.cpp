#include <algorithm>
#include <cmath>

#include "analysis/report/calibration_figures.hpp"
#include "analysis/report/figure_spec.hpp"
#include "analysis/report/nouns.hpp"
#include "analysis/report/sections.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

/// A channel of the report with its effect and interval, whose ends may be without bound: what the
/// report has as JSON cannot tell an infinite number from one that is not known.
struct Told {
    const Json& channel;
    double effect = not_known;
    Interval interval;

    std::string text(const char* key) const { return channel.at(key); }
    bool is_bounded() const { return std::isfinite(interval.low) && std::isfinite(interval.high); }
};

std::vector<Told> channels_of(const sim::StoredTables& file, const Json& report) {
    const Json& channels = report.at("channels");
    std::vector<Told> list;
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const auto number = [&](const char* column) {
            const std::vector<double>& all = file.column(column).numbers;
            return i < all.size() ? all[i] : not_known;
        };
        list.push_back(
            {channels[i], number("effect"), {number("effect_low"), number("effect_high")}});
    }
    return list;
}

ReportTable verdict_table(const Json& report, const ReportWords& words) {
    ReportTable table{.header = {words("Channel", "Canal"), words("Verdict", "Verdict"),
                                 words("What the data say", "Ce que disent les données"),
                                 words("What would tell more", "Ce qui en dirait plus")},
                      .rows = {},
                      .word_columns = 4};
    for (const Json& channel : report.at("channels")) {
        table.rows.push_back({channel.at("words"), channel.at("verdict"), channel.at("sentence"),
                              channel.at("next_step")});
    }
    return table;
}

/// What each test said in a channel; none where nothing could be asked, or in files of before.
std::optional<ReportTable> tests_table(const Json& channel) {
    const auto told = channel.find("tests_told");
    if (told == channel.end() || !told->is_object()) return std::nullopt;
    return ReportTable{
        .title = channel.at("words"), .header = told->at("header"), .rows = told->at("rows")};
}

/// The channel with the strongest verdict, the first of equals.
const Told& strongest(const std::vector<Told>& channels) {
    return *std::ranges::max_element(channels, {},
                                     [](const Told& told) { return told.text("verdict"); });
}

/// What a verdict says in a word.
std::string level_words(const std::string& code, const ReportWords& words) {
    if (code == "V0") return words("not testable", "non testable");
    if (code == "V1") return words("nothing conclusive", "rien de concluant");
    if (code == "V2")
        return words("no contagion of a useful size", "pas de contagion d'ampleur utile");
    if (code == "V3") return words("resemblance, no more", "ressemblance, sans plus");
    if (code == "V4") return words("compatible with contagion", "compatible avec une contagion");
    if (code == "V5") return words("evidence of transmission", "indices sérieux de transmission");
    if (code == "V6")
        return words("strong evidence of transmission", "indices forts de transmission");
    return code;
}

/// "nothing conclusive (V1)".
std::string verdict_words(const Told& told, const ReportWords& words) {
    const std::string code = told.text("verdict");
    return fmt::format("{} ({})", level_words(code, words), code);
}

std::string interval_words(const Interval& interval, const ReportWords& words) {
    if (std::isnan(interval.low) || std::isnan(interval.high)) return "";
    const bool below = std::isfinite(interval.low);
    const bool above = std::isfinite(interval.high);
    if (below && above) return " " + words.interval(interval, 2);
    if (!below && !above) return words(" (interval without bounds)", " (intervalle sans bornes)");
    return below ? words(" (at least {}, no upper bound)", " (au moins {}, sans borne supérieure)",
                         words.signed_number(interval.low, 2))
                 : words(" (at most {}, no lower bound)", " (au plus {}, sans borne inférieure)",
                         words.signed_number(interval.high, 2));
}

std::string effect_words(const Told& told, const ReportWords& words) {
    if (std::isnan(told.effect)) return words("no effect measured", "aucun effet mesuré");
    return words("{} sd{}", "{} écart-type{}", words.signed_number(told.effect, 2),
                 interval_words(told.interval, words));
}

/// Where the axis of effects ends, so that an end without bound is drawn to its edge.
double reach_of(const std::vector<Told>& channels) {
    double reach = 0.1;
    for (const Told& told : channels) {
        for (const double number : {told.effect, told.interval.low, told.interval.high}) {
            if (std::isfinite(number)) reach = std::max(reach, std::abs(number));
        }
    }
    return 1.25 * reach;
}

Json effect_rows(const std::vector<Told>& channels, const std::vector<std::string>& directions,
                 const ReportWords& words) {
    const double reach = reach_of(channels);
    Json rows = Json::array();
    for (const Told& told : channels) {
        if (std::isnan(told.effect) || std::isnan(told.interval.low)) continue;
        const std::string& direction = !told.interval.excludes(0.0) ? directions[2]
                                       : told.effect > 0.0          ? directions[0]
                                                                    : directions[1];
        rows.push_back({{"row", fmt::format("{} ({})\n{}", told.text("words"), told.text("verdict"),
                                            effect_words(told, words))},
                        {"effect", drawn(told.effect)},
                        {"low", drawn(std::max(told.interval.low, -reach))},
                        {"high", drawn(std::min(told.interval.high, reach))},
                        {"told", effect_words(told, words)},
                        {"direction", direction}});
        if (std::isinf(told.interval.low)) rows.back()["open_low"] = drawn(-reach);
        if (std::isinf(told.interval.high)) rows.back()["open_high"] = drawn(reach);
    }
    return rows;
}

std::string effects_caption(const std::vector<Told>& channels, const ReportWords& words) {
    std::string text =
        words("Each row: how far a person moves, in standard deviations, when a contact "
              "is one standard deviation more engaged, with its 95 % interval, and the "
              "verdict from V0 (not testable) to V6 (strong evidence). An interval off 0 "
              "is not yet evidence: the verdict says what else could make it.",
              "Chaque ligne : de combien une personne bouge, en écarts-types, quand un "
              "contact est plus engagé d'un écart-type, avec l'intervalle à 95 % et le "
              "verdict de V0 (non testable) à V6 (indices forts). Un intervalle qui exclut "
              "0 n'est pas encore une preuve : le verdict dit ce qui pourrait l'expliquer "
              "autrement.");
    const bool some_open = std::ranges::any_of(channels, [](const Told& told) {
        return !std::isnan(told.interval.low) && !told.is_bounded();
    });
    if (some_open) {
        text += words(" An arrow at the edge: the data set no bound on that side.",
                      " Une flèche au bord : les données ne fixent pas de borne de ce côté.");
    }
    return text;
}

std::optional<ReportFigure> effects_figure(const std::vector<Told>& channels,
                                           const ReportWords& words) {
    const std::vector<std::string> directions = {words("more", "plus"), words("less", "moins"),
                                                 words("not shown", "non établi")};
    const Json rows = effect_rows(channels, directions, words);
    if (rows.empty()) return std::nullopt;
    ReportTable table{.header = {words("Channel", "Canal"), words("Verdict", "Verdict"),
                                 words("Effect [95 % interval]", "Effet [intervalle à 95 %]")},
                      .rows = {},
                      .word_columns = 2};
    for (const Told& told : channels) {
        table.rows.push_back(
            {told.text("words"), verdict_words(told, words), effect_words(told, words)});
    }
    const Told& first = strongest(channels);
    ReportFigure figure{.id = "inference-effects",
                        .title = words("{}: {}, {}", "{} : {}, {}", first.text("words"),
                                       verdict_words(first, words), effect_words(first, words)),
                        .caption = effects_caption(channels, words),
                        .alt = words("Effects by channel with their intervals.",
                                     "Effets par canal avec leurs intervalles."),
                        .panels = {},
                        .table = table};
    figure.panels.push_back(
        {"", figure_spec("forest", {{"rows", rows},
                                    {"axis", words("Effect (sd of the person per sd of a contact)",
                                                   "Effet (écart-type par écart-type du contact)")},
                                    {"directions", directions},
                                    {"direction", words("Direction", "Sens")},
                                    {"told", words("Effect", "Effet")},
                                    {"outcome", words("Channel", "Canal")}})});
    return figure;
}

Json stored_report(const sim::StoredTables& file, const ReportWords& words) {
    const std::string name = words.french() ? "report_fr" : "report_en";
    const Json report = Json::parse(file.column(name).texts.at(0), nullptr, false);
    if (!report.is_object() || !report.contains("channels"))
        throw sim::UserError(file.path.string() + ": is damaged (its report cannot be read)");
    if (report.at("channels").empty())
        throw sim::UserError(file.path.string() + ": holds no channel that could be asked about");
    return report;
}

std::size_t askable_among(const std::vector<Told>& channels) {
    return static_cast<std::size_t>(std::ranges::count_if(
        channels, [](const Told& told) { return told.text("verdict") != "V0"; }));
}

std::size_t count_in(const Json& report, const char* key) {
    const double number = number_in(report, key);
    return std::isnan(number) ? 0 : static_cast<std::size_t>(number);
}

}

ReportSection inference_section(const sim::StoredTables& file, const ReportWords& words) {
    const Json report = stored_report(file, words);
    ReportSection section{.id = "inference",
                          .heading = words("Is it contagion?", "Est-ce une contagion ?")};
    const std::vector<Told> channels = channels_of(file, report);
    const Told& first = strongest(channels);
    section.paragraphs.push_back(fmt::format("{}{} {}. {}", first.text("words"), words(":", " :"),
                                             verdict_words(first, words), first.text("sentence")));
    section.paragraphs.push_back(words(
        "The survey: {} and {}; channels that could be asked about: {} of {}.",
        "L'enquête : {} et {} ; canaux interrogeables : {} sur {}.",
        counted(count_in(report, "employees"), {"employee", "employees", "salarié", "salariés"},
                words),
        counted(count_in(report, "clients"), {"client", "clients", "client", "clients"}, words),
        askable_among(channels), channels.size()));
    std::vector<std::string> untested;
    for (const Json& sentence : report.at("untested")) untested.push_back(sentence);
    section.paragraphs.push_back(
        words("What none of the tests can exclude, and is taken for granted: {}.",
              "Ce qu'aucun test ne peut exclure, et qui est admis : {}.",
              fmt::format("{}", fmt::join(untested, words("; ", " ; ")))));
    section.leading_tables.push_back(verdict_table(report, words));
    if (auto figure = effects_figure(channels, words))
        section.figures.push_back(std::move(*figure));
    for (const Json& channel : report.at("channels")) {
        if (!channel.at("calibration").is_object()) continue;
        section.figures.push_back(size_figure(channel, words));
        section.figures.push_back(power_figure(channel, words));
    }
    section.folded_label = words("What each test said", "Ce que dit chaque test");
    for (const Json& channel : report.at("channels")) {
        if (auto table = tests_table(channel)) section.folded_tables.push_back(std::move(*table));
    }
    return section;
}

}
