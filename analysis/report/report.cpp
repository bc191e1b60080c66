#include "analysis/report/report.hpp"

#include <algorithm>

#include "analysis/report/sections.hpp"
#include "analysis/stored_scenario.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

namespace fs = std::filesystem;

/// The sections of one file and what to call them.
struct Chapter {
    std::string title, study, about;
    std::vector<ReportSection> sections;

    std::vector<std::string> left_out = {}; ///< what the page goes without, and why

    void add(std::optional<ReportSection> section) {
        if (section) sections.push_back(std::move(*section));
    }
    void add(const std::string& heading, MaybeSection maybe, const ReportWords& words) {
        if (!maybe.why_not.empty())
            left_out.push_back(words("{}: {}.", "{} : {}.", heading, maybe.why_not));
        add(std::move(maybe.section));
    }
};

/// The scenario of a file; none where another version wrote it or its files are gone.
std::optional<scenarios::Scenario> scenario_of(const sim::ResultsReader& results) {
    try {
        return stored_scenario(results);
    } catch (const sim::UserError&) {
        return std::nullopt;
    }
}

/// Nothing where no replicate is finished at every design point yet.
std::optional<Attribution> attribution_of(const sim::ResultsReader& results,
                                          const Comparison& comparison) {
    if (!can_attribute(results.head())) return std::nullopt;
    std::vector<std::string> names;
    for (const ComparedOutcome* outcome : main_outcomes(comparison))
        names.push_back(outcome->metric.name);
    try {
        return attribute(results, names, comparison.confidence);
    } catch (const sim::UserError&) {
        return std::nullopt;
    }
}

std::string method_of(const sim::ResultsHead& head) {
    const auto method = head.text_attributes.find("design_method");
    return method == head.text_attributes.end() ? "" : method->second;
}

std::string unreadable(const ReportWords& words) {
    return words("this program cannot read the scenario in the file (another version wrote it, or "
                 "a file it names is gone)",
                 "ce programme ne peut pas lire le scénario du fichier (une autre version l'a "
                 "écrit, ou un fichier qu'il nomme manque)");
}

MaybeSection attribution_part(const sim::ResultsReader& results,
                              const std::optional<Attribution>& attribution,
                              const ReportWords& words) {
    if (!can_attribute(results.head())) return {};
    if (attribution) return {.section = attribution_section(*attribution, words)};
    return {.why_not = words("no replicate is finished at every design point yet; run the study to "
                             "its end",
                             "aucune répétition n'est encore terminée à tous les points du plan ; "
                             "menez l'étude à son terme")};
}

/// Of the difference of two arms, else of every arm.
MaybeSection sensitivity_part(const sim::ResultsReader& results, const ReportWords& words) {
    const sim::ResultsHead& head = results.head();
    const std::string method = method_of(head);
    if (head.factors.empty() || method.empty() || method == "toggles") return {};
    if (method == "grid" || method == "zip" || method == "list" || method == "table") {
        return {.why_not = words("the design ({}) asks no question of its own; cercle compare "
                                 "--point tells its points one by one",
                                 "le plan ({}) ne pose pas de question par lui-même ; cercle "
                                 "compare --point en donne les points un à un",
                                 method)};
    }
    ExperimentOptions options;
    if (head.arms.size() == 2) options.contrast = head.arms[0] + " - " + head.arms[1];
    try {
        const Experiment experiment = read_experiment(results, options);
        return {.section = sensitivity_section(experiment, sensitivities(experiment, {}), words)};
    } catch (const sim::UserError&) {
        return {.why_not = words("too little of the design is finished",
                                 "trop peu du plan d'expérience est terminé")};
    }
}

MaybeSection trajectories_part(const sim::ResultsReader& results, const Comparison& comparison,
                               const ReportWords& words) {
    if (results.head().text_attributes.contains("law") && results.head().times.size() < 2)
        return {};
    MaybeSection part{.section = trajectories_section(results, comparison, words)};
    if (!part.section) {
        part.why_not = words("the file keeps no series of its runs",
                             "le fichier ne garde pas l'évolution de ses exécutions");
    }
    return part;
}

/// What the page goes without, so that nothing is missed in silence.
std::optional<ReportSection> left_out_section(const std::vector<std::string>& reasons,
                                              const ReportWords& words) {
    if (reasons.empty()) return std::nullopt;
    return ReportSection{.id = "left-out",
                         .heading = words("Not on this page", "Absent de cette page"),
                         .paragraphs = reasons};
}

std::string about_of(const sim::ResultsReader& results, const Comparison& comparison,
                     const ReportWords& words) {
    const auto& attributes = results.head().text_attributes;
    const auto version = attributes.find("version");
    return words("{} runs done, {}{}; Cercle {}", "{} exécutions terminées, {}{} ; Cercle {}",
                 runs_done(results, words),
                 words.counted(comparison.arms.size(), {"arm", "arms"}, {"bras", "bras"}),
                 results.head().points > 1
                     ? ", " + words.counted(results.head().points,
                                            {"design point", "design points"},
                                            {"point du plan", "points du plan"})
                     : "",
                 version == attributes.end() ? "" : version->second);
}

/// Everything a study has to say, and what keeps the rest from being said.
void add_sections(Chapter& chapter, const sim::ResultsReader& results, const Comparison& comparison,
                  const ReportWords& words) {
    const auto scenario = scenario_of(results);
    const auto if_readable = [&](const auto& part) {
        return scenario ? part() : MaybeSection{.why_not = unreadable(words)};
    };
    const std::optional<Attribution> attribution = attribution_of(results, comparison);
    chapter.add(answer_section(comparison, attribution, words));
    chapter.add(forest_section(comparison, words));
    chapter.add(words("Month by month", "Mois par mois"),
                trajectories_part(results, comparison, words), words);
    if (!results.head().factors.empty() && !scenario) {
        chapter.add(words("The design", "Le plan d'expérience"), {.why_not = unreadable(words)},
                    words);
    } else {
        chapter.add(words("What makes the difference", "D'où vient la différence"),
                    attribution_part(results, attribution, words), words);
        if (scenario)
            chapter.add(words("The loop", "La boucle"),
                        loop_gain_section(results, *scenario, words), words);
        chapter.add(words("Which numbers it hangs on", "À quelles valeurs cela tient"),
                    sensitivity_part(results, words), words);
    }
    chapter.add(words("The people", "Les personnes"), network_section(results, comparison, words),
                words);
    chapter.add(words("What is assumed", "Ce qui est supposé"), if_readable([&] {
                    return MaybeSection{.section = assumptions_section(*scenario, words)};
                }),
                words);
    chapter.add(left_out_section(chapter.left_out, words));
    chapter.add(glossary_section(comparison, words));
    chapter.add(provenance_section(results, comparison, words));
}

Chapter study_chapter(const fs::path& file, const std::string& reference,
                      const ReportWords& words) {
    const sim::ResultsReader results(file);
    const Comparison comparison = compare(results, {.reference = reference});
    if (comparison.outcomes.empty()) {
        throw sim::UserError(file.string() + ": holds no outcome that is defined in a finished run "
                                             "(there is nothing to report)");
    }
    Chapter chapter{.title = finding(comparison, headline_outcome(comparison), words),
                    .study = comparison.title,
                    .about = about_of(results, comparison, words),
                    .sections = {}};
    add_sections(chapter, results, comparison, words);
    return chapter;
}

Chapter tables_chapter(const fs::path& file, const std::string& type, const ReportWords& words) {
    const sim::StoredTables tables = sim::read_tables(file);
    const bool is_claims = type == "cercle-claims";
    Chapter chapter;
    chapter.add(is_claims ? claims_section(tables, words) : inference_section(tables, words));
    const ReportSection& first = chapter.sections.front();
    chapter.title = first.figures.empty() ? first.heading : first.figures.front().title;
    chapter.about = file.filename().string();
    chapter.add(provenance_section(tables, is_claims ? "claims" : "inference", words));
    return chapter;
}

Chapter chapter_of(const fs::path& file, const std::string& reference, const ReportWords& words) {
    const std::string type = sim::filetype_of(file);
    if (type == "cercle-claims" || type == "cercle-verdict")
        return tables_chapter(file, type, words);
    return study_chapter(file, reference, words);
}

/// Ids of sections and figures stay unique when files share a page.
void make_unique(Chapter& chapter, std::size_t number) {
    const std::string suffix = fmt::format("-{}", number);
    for (ReportSection& section : chapter.sections) {
        section.id += suffix;
        for (auto* figures : {&section.figures, &section.folded_figures}) {
            for (ReportFigure& figure : *figures) figure.id += suffix;
        }
    }
}

}

ReportPage report_of(const std::vector<fs::path>& files, Language language,
                     const std::string& reference) {
    const ReportWords words(language);
    for (auto file = files.begin(); file != files.end(); ++file) {
        std::error_code none;
        if (std::any_of(files.begin(), file,
                        [&](const fs::path& other) { return fs::equivalent(*file, other, none); }))
            throw sim::UserError(file->string() + ": is named twice; name each file once");
    }
    ReportPage page{.language = language, .title = "", .study = "", .about = "", .sections = {}};
    for (std::size_t number = 0; number < files.size(); ++number) {
        Chapter chapter = chapter_of(files[number], reference, words);
        if (number == 0) {
            page.title = chapter.title;
            page.study = chapter.study;
        } else {
            make_unique(chapter, number + 1);
        }
        page.about += (number == 0 ? "" : " · ") + chapter.about;
        for (ReportSection& section : chapter.sections) {
            if (files.size() > 1 && !chapter.study.empty())
                section.heading += " (" + files[number].filename().string() + ")";
            page.sections.push_back(std::move(section));
        }
    }
    return page;
}

}
