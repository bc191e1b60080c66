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

    void add(std::optional<ReportSection> section) {
        if (section) sections.push_back(std::move(*section));
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

std::optional<Attribution> attribution_of(const sim::ResultsReader& results,
                                          const Comparison& comparison) {
    if (!can_attribute(results.head())) return std::nullopt;
    std::vector<std::string> names;
    for (const ComparedOutcome* outcome : main_outcomes(comparison))
        names.push_back(outcome->metric.name);
    try {
        return attribute(results, names, comparison.confidence);
    } catch (const sim::UserError&) { // no replicate is finished at every design point yet
        return std::nullopt;
    }
}

bool asks_for_sensitivity(const sim::ResultsHead& head) {
    const auto method = head.text_attributes.find("design_method");
    return !head.factors.empty() && method != head.text_attributes.end() &&
           method->second != "toggles";
}

/// Of the difference of two arms, else of every arm.
std::optional<ReportSection> sensitivity_of(const sim::ResultsReader& results,
                                            const ReportWords& words) {
    const sim::ResultsHead& head = results.head();
    if (!asks_for_sensitivity(head)) return std::nullopt;
    ExperimentOptions options;
    if (head.arms.size() == 2) options.contrast = head.arms[0] + " - " + head.arms[1];
    try {
        const Experiment experiment = read_experiment(results, options);
        return sensitivity_section(experiment, sensitivities(experiment, {}), words);
    } catch (const sim::UserError&) { // a design that asks nothing, or too little of it is finished
        return std::nullopt;
    }
}

std::string about_of(const sim::ResultsReader& results, const Comparison& comparison,
                     const ReportWords& words) {
    const auto& attributes = results.head().text_attributes;
    const auto version = attributes.find("version");
    return words("{} of {} runs, {} arms; Cercle {}", "{} exécutions sur {}, {} bras ; Cercle {}",
                 words.count(comparison.done), words.count(comparison.runs()),
                 words.count(comparison.arms.size()),
                 version == attributes.end() ? "" : version->second);
}

Chapter study_chapter(const fs::path& file, const std::string& reference,
                      const ReportWords& words) {
    const sim::ResultsReader results(file);
    const Comparison comparison = compare(results, {.reference = reference});
    if (comparison.outcomes.empty()) {
        throw sim::UserError(file.string() + ": holds no outcome that is defined in a finished run "
                                             "(there is nothing to report)");
    }
    const std::optional<Attribution> attribution = attribution_of(results, comparison);
    Chapter chapter{.title = finding(comparison, headline_outcome(comparison), words),
                    .study = comparison.title,
                    .about = about_of(results, comparison, words),
                    .sections = {}};
    chapter.add(answer_section(comparison, attribution, words));
    chapter.add(forest_section(comparison, words));
    chapter.add(trajectories_section(results, comparison, words));
    if (attribution) chapter.add(attribution_section(*attribution, words));
    chapter.add(loop_gain_section(results, words));
    chapter.add(sensitivity_of(results, words));
    chapter.add(network_section(results, comparison, words));
    if (const auto scenario = scenario_of(results))
        chapter.add(assumptions_section(*scenario, words));
    chapter.add(provenance_section(results, comparison, words));
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
