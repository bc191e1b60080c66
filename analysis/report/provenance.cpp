#include <algorithm>
#include <set>
#include <sstream>

#include <fmt/ranges.h>

#include "analysis/report/sections.hpp"
#include "analysis/report/sources.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {
namespace {

using Attributes = std::map<std::string, std::string>;

std::string value_of(const Attributes& attributes, const std::string& name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? "" : found->second;
}

void add(ReportTable& table, const std::string& label, const std::string& value) {
    if (!value.empty()) table.rows.push_back({label, value});
}

ReportTable empty_table(const ReportWords& words) {
    return {
        .header = {words("What", "Quoi"), words("Value", "Valeur")}, .rows = {}, .word_columns = 2};
}

void add_program(ReportTable& table, const Attributes& attributes, const ReportWords& words) {
    add(table, words("Program version", "Version du programme"), value_of(attributes, "version"));
    add(table, words("Commit", "Révision du code"), value_of(attributes, "commit"));
    add(table, words("Build", "Compilation"), value_of(attributes, "build"));
    add(table, words("Machine", "Machine"), value_of(attributes, "machine"));
    add(table, words("Command", "Commande"), without_folders(value_of(attributes, "command_line")));
}

/// The seed of a verdict, or those of the claims of a file, each once.
std::string seeds_of(const sim::StoredTables& file) {
    if (!file.has("seed")) return value_of(file.attributes, "seed");
    const auto& seeds = file.column("seed").texts;
    const std::set<std::string> different(seeds.begin(), seeds.end());
    return fmt::format("{}", fmt::join(different, ", "));
}

/// The scenario for others to take away: the files it names are to lie beside it.
std::string scenario_to_take(const std::string& resolved) {
    std::istringstream lines(resolved);
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t equals = line.find(" = ");
        const bool names_a_file =
            equals != std::string::npos && line.substr(0, equals).ends_with("file");
        text += (names_a_file ? without_folders(line) : line) + "\n";
    }
    return text;
}

/// What happens in a run: in the whole model, or where a law runs alone.
std::string course_words(const Attributes& attributes, const ReportWords& words) {
    const std::string law = value_of(attributes, "law");
    if (law.empty()) {
        return words("Agents feel, meet, leave, vote and pay month by month",
                     "Les agents ressentent, se rencontrent, partent, votent et paient mois par "
                     "mois");
    }
    return words("One law runs alone on a graph ({})", "Une loi s'exécute seule sur un graphe ({})",
                 law);
}

std::string method_words(const Comparison& comparison, const Attributes& attributes,
                         const ReportWords& words) {
    return words(
        "{}; each arm is run with the "
        "same random events, person by person and month by month, so that a difference "
        "between arms is caused by what sets them apart. Intervals are Student's t over "
        "pairs of runs ({:.0f} %); an outcome is the mean over the last months of a run.",
        "{} ; chaque bras subit les mêmes événements aléatoires, personne par personne et mois "
        "par mois, si bien qu'une différence entre bras vient de ce qui les distingue. Les "
        "intervalles sont ceux de Student sur les paires d'exécutions ({:.0f} %) ; un "
        "résultat est la moyenne sur les derniers mois d'une exécution.",
        course_words(attributes, words), 100.0 * comparison.confidence);
}

}

std::string runs_done(const sim::ResultsReader& results, const ReportWords& words) {
    const std::vector<sim::RunStatus> status = results.status();
    const auto done = std::ranges::count(status, sim::RunStatus::done);
    const auto failed = std::ranges::count(status, sim::RunStatus::failed);
    std::string text = words("{} of {}", "{} sur {}", words.count(static_cast<std::size_t>(done)),
                             words.count(status.size()));
    if (failed > 0) {
        text += words(" ({} failed)", " (en échec : {})",
                      words.count(static_cast<std::size_t>(failed)));
    }
    return text;
}

ReportSection provenance_section(const sim::ResultsReader& results, const Comparison& comparison,
                                 const ReportWords& words) {
    const Attributes& attributes = results.head().text_attributes;
    const std::string file = results.path().filename().string();
    ReportSection section{.id = "provenance",
                          .heading = words("Methods and provenance", "Méthodes et provenance")};
    section.paragraphs.push_back(method_words(comparison, attributes, words));
    ReportTable table = empty_table(words);
    add(table, words("File", "Fichier"), file);
    add(table, words("Study", "Étude"), value_of(attributes, "title"));
    add(table, words("Seed", "Graine"), value_of(attributes, "seed"));
    add(table, words("Arms", "Bras"), words.list(comparison.arms));
    add(table, words("Runs done", "Exécutions terminées"), runs_done(results, words));
    add(table, words("Design", "Plan d'expérience"), value_of(attributes, "design_method"));
    add_program(table, attributes, words);
    section.tables.push_back(std::move(table));
    section.paragraphs.push_back(
        words("To make it again, take the scenario below and run it; to check that the runs of a "
              "file are what this program makes, replay them bit for bit:",
              "Pour refaire l'étude, prenez le scénario ci-dessous et exécutez-le ; pour vérifier "
              "que les exécutions d'un fichier sont bien celles de ce programme, rejouez-les bit à "
              "bit :"));
    section.commands = {"cercle run scenario.toml -o " + shell_word(file),
                        "cercle verify " + shell_word(file)};
    const std::string scenario = value_of(attributes, "scenario_resolved");
    if (!scenario.empty()) {
        section.attachments.push_back({"scenario.toml",
                                       words("Save the scenario, every parameter written out",
                                             "Enregistrer le scénario, tous paramètres écrits"),
                                       scenario_to_take(scenario)});
    }
    return section;
}

ReportSection provenance_section(const sim::StoredTables& file, const std::string& id,
                                 const ReportWords& words) {
    ReportSection section{
        .id = "provenance-" + id,
        .heading = words("Provenance of {}", "Provenance de {}", file.path.filename().string())};
    ReportTable table = empty_table(words);
    add(table, words("File", "Fichier"), file.path.filename().string());
    add(table, words("Seed", "Graine"), seeds_of(file));
    add(table, words("Permutations", "Permutations"), value_of(file.attributes, "permutations"));
    add(table, words("Simulated panels of each world", "Panels simulés par monde"),
        value_of(file.attributes, "calibration_panels"));
    add_program(table, file.attributes, words);
    section.tables.push_back(std::move(table));
    return section;
}

}
