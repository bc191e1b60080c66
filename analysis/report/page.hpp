#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "analysis/language.hpp"

namespace cercle::analysis {

/// Rows of texts; the first columns are words, the others numbers.
struct ReportTable {
    std::string title = {};
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::size_t word_columns = 1;
};

/// A drawing of a figure.
struct ReportPanel {
    std::string heading;         ///< "scop"; empty where a figure has one drawing
    nlohmann::ordered_json spec; ///< Vega-Lite
};

/// A slider over the months of a figure whose drawings have a parameter `month`.
struct MonthSlider {
    std::string label;
    std::vector<std::string> captions; ///< what is said at each place of it
    std::string play, stop;            ///< on its button
};

/// A figure: what it found, what it shows, how to read it, and its numbers.
struct ReportFigure {
    std::string id; ///< unique in its file
    std::string title;
    std::string caption;
    std::string alt; ///< what kind of drawing it is; its title comes before it
    std::vector<ReportPanel> panels;
    std::optional<MonthSlider> slider = {};
    ReportTable table;
};

/// A file to take away.
struct ReportAttachment {
    std::string name; ///< "scenario.toml"
    std::string label;
    std::string text;
};

struct ReportSection {
    std::string id; ///< "trajectories"; unique in its file
    std::string heading;
    std::vector<std::string> paragraphs = {};
    std::vector<ReportTable> leading_tables = {};
    std::vector<ReportFigure> figures = {};
    std::vector<ReportTable> tables = {};
    std::vector<std::string> commands = {}; ///< what to type
    std::string folded_label = {};          ///< over what is shown only on demand
    std::vector<ReportFigure> folded_figures = {};
    std::vector<ReportTable> folded_tables = {};
    std::vector<ReportAttachment> attachments = {};
};

struct ReportPage {
    Language language = Language::english;
    std::string title; ///< what was found
    std::string study; ///< title of the study, in its own words; may be empty
    std::string about; ///< runs, program
    std::vector<ReportSection> sections;
};

/// The page as one HTML file that needs no other and no network.
std::string page_html(ReportPage page);

/// Whether this program was built with what draws figures.
bool can_draw_figures();

}
