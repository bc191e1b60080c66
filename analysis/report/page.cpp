#include "analysis/report/page.hpp"

#include <set>

#include <fmt/format.h>

#include "analysis/report/embedded.hpp"
#include "analysis/report/html.hpp"
#include "analysis/report/words.hpp"

namespace cercle::analysis {
namespace {

/// Names of parts of a page, each once.
class PartNames {
public:
    std::string of(const std::string& id) {
        std::string name = plain_name(id);
        for (int more = 2; !taken_.insert(name).second; ++more)
            name = fmt::format("{}-{}", plain_name(id), more);
        return name;
    }

private:
    std::set<std::string> taken_;
};

/// Ids may come from a file: its metrics and channels have a figure each.
void name_parts(ReportPage& page) {
    PartNames names;
    for (ReportSection& section : page.sections) {
        section.id = names.of(section.id);
        for (auto* figures : {&section.figures, &section.folded_figures}) {
            for (ReportFigure& figure : *figures) figure.id = names.of(figure.id);
        }
    }
}

/// A table that is called `name` where its title is not read out.
std::string table_html(const ReportTable& table, const std::string& name) {
    // On a narrow page a wide table scrolls instead of breaking every word.
    const char* width = table.header.size() > 3 ? " class=\"wide\"" : "";
    std::string html = fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table{}>",
        html_text(table.title.empty() ? name : table.title), width);
    if (!table.title.empty()) html += "<caption>" + html_text(table.title) + "</caption>";
    const auto cell = [&](const char* tag, std::size_t column, const std::string& text) {
        const char* kind = column < table.word_columns ? "" : " class=\"number\"";
        const char* scope = tag[1] == 'h' ? " scope=\"col\"" : "";
        html += fmt::format("<{}{}{}>{}</{}>", tag, kind, scope, html_text(text), tag);
    };
    html += "<thead><tr>";
    for (std::size_t i = 0; i < table.header.size(); ++i) cell("th", i, table.header[i]);
    html += "</tr></thead><tbody>";
    for (const auto& row : table.rows) {
        html += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) cell("td", i, row[i]);
        html += "</tr>\n";
    }
    return html + "</tbody></table></div>\n";
}

std::string folded(const std::string& label, const std::string& content) {
    return fmt::format("<details><summary>{}</summary>\n{}</details>\n", html_text(label), content);
}

/// What a drawing is called: what its figure found, and which of its drawings it is.
std::string name_of(const ReportFigure& figure, const ReportPanel& panel) {
    return figure.title + (panel.heading.empty() ? "" : ", " + panel.heading);
}

std::string export_button(const std::string& format, const std::string& file,
                          const std::string& name, const ReportWords& words) {
    return fmt::format("<button type=\"button\" data-format=\"{}\" data-name=\"{}\" "
                       "aria-label=\"{}\">{}</button>",
                       format == "PNG" ? "png" : "svg", file,
                       html_text(words("{}, save: {}", "{}, enregistrer : {}", format, name)),
                       format);
}

std::string panel_html(const ReportFigure& figure, std::size_t which, const ReportWords& words) {
    const ReportPanel& panel = figure.panels[which];
    const std::string name = name_of(figure, panel);
    const std::string file = fmt::format("{}-{}", figure.id, which + 1);
    std::string html = "<div class=\"panel\">";
    if (!panel.heading.empty())
        html += fmt::format("<h4 translate=\"no\">{}</h4>", html_text(panel.heading));
    return html + fmt::format("<div class=\"drawing\" role=\"img\" aria-label=\"{}. {}\"></div>"
                              "<script type=\"application/json\">{}</script>"
                              "<p class=\"export\">{} {}</p></div>\n",
                              html_text(name), html_text(figure.alt), script_json(panel.spec),
                              export_button("PNG", file, name, words),
                              export_button("SVG", file, name, words));
}

std::string panels_html(const ReportFigure& figure, const ReportWords& words) {
    std::string html =
        fmt::format("<div class=\"panels\" data-count=\"{}\">\n", figure.panels.size());
    for (std::size_t i = 0; i < figure.panels.size(); ++i) html += panel_html(figure, i, words);
    return html + "</div>\n";
}

std::string slider_html(const ReportFigure& figure) {
    if (!figure.slider) return "";
    const MonthSlider& slider = *figure.slider;
    const std::string id = figure.id + "-month";
    return fmt::format(
        "<div class=\"slider\"><label for=\"{0}\">{1}</label>"
        "<input type=\"range\" id=\"{0}\" min=\"0\" max=\"{2}\" step=\"1\" value=\"{2}\">"
        "<button type=\"button\" data-play=\"{3}\" data-stop=\"{4}\">{3}</button>"
        "<output for=\"{0}\">{5}</output>"
        "<script type=\"application/json\">{6}</script></div>\n",
        id, html_text(slider.label), slider.captions.size() - 1, html_text(slider.play),
        html_text(slider.stop), html_text(slider.captions.back()), script_json(slider.captions));
}

std::string figure_html(const ReportFigure& figure, const ReportWords& words) {
    const std::string numbers = words("Numbers of this figure", "Chiffres de cette figure");
    return fmt::format(
               "<figure id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h3 id=\"{0}-title\">{1}</h3>\n",
               figure.id, html_text(figure.title)) +
           slider_html(figure) + panels_html(figure, words) +
           fmt::format("<figcaption>{}</figcaption>\n", html_text(figure.caption)) +
           folded(numbers, table_html(figure.table, figure.title)) + "</figure>\n";
}

std::string figures_html(const std::vector<ReportFigure>& figures, const ReportWords& words) {
    if (figures.empty()) return "";
    std::string html = fmt::format("<div class=\"figures\" data-count=\"{}\">\n", figures.size());
    for (const ReportFigure& figure : figures) html += figure_html(figure, words);
    return html + "</div>\n";
}

std::string attachment_html(const ReportAttachment& attachment) {
    return fmt::format(
        "<p><button type=\"button\" class=\"attachment\" data-name=\"{}\">{}</button>"
        "<script type=\"application/json\">{}</script></p>\n",
        html_text(attachment.name), html_text(attachment.label), script_json(attachment.text));
}

std::string section_html(const ReportSection& section, const ReportWords& words) {
    std::string html =
        fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n", section.id, html_text(section.heading));
    for (const std::string& text : section.paragraphs)
        html += fmt::format("<p>{}</p>\n", html_text(text));
    for (const ReportTable& table : section.leading_tables)
        html += table_html(table, section.heading);
    html += figures_html(section.figures, words);
    for (const ReportTable& table : section.tables) html += table_html(table, section.heading);
    for (const std::string& command : section.commands)
        html += fmt::format("<pre translate=\"no\"><code>{}</code></pre>\n", html_text(command));
    for (const ReportAttachment& attachment : section.attachments)
        html += attachment_html(attachment);
    std::string more = figures_html(section.folded_figures, words);
    for (const ReportTable& table : section.folded_tables)
        more += table_html(table, section.heading);
    if (!more.empty()) html += folded(section.folded_label, more);
    return html + "</section>\n";
}

std::string header_html(const ReportPage& page, const ReportWords& words) {
    std::string html = fmt::format("<h1>{}</h1>\n", html_text(page.title));
    if (!page.study.empty()) {
        html += fmt::format("<p class=\"study\">{} <q translate=\"no\">{}</q></p>\n",
                            words("Study:", "Étude :"), html_text(page.study));
    }
    html += fmt::format("<p class=\"about\">{}</p>\n<nav aria-label=\"{}\"><ul>\n",
                        html_text(page.about), words("Contents", "Sommaire"));
    for (const ReportSection& section : page.sections) {
        html += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", section.id,
                            html_text(section.heading));
    }
    return html + "</ul></nav>\n";
}

}

bool can_draw_figures() { return !report_assets().empty(); }

std::string page_html(ReportPage page) {
    const ReportWords words(page.language);
    name_parts(page);
    std::string content;
    for (const ReportSection& section : page.sections) content += section_html(section, words);
    return filled(
        embedded(report_page(), "frame"),
        {{"language", page.language == Language::french ? "fr" : "en"},
         {"title", html_text(page.title)},
         {"licences", std::string(embedded(report_assets(), "licences"))},
         {"style", std::string(embedded(report_page(), "style"))},
         {"header", header_html(page, words)},
         {"noscript", words.noscript()},
         {"sections", content},
         {"footer", html_text(words("Written by Cercle; this page needs no network.",
                                    "Écrit par Cercle ; cette page n'a besoin d'aucun réseau."))},
         {"vega", script_text(embedded(report_assets(), "vega"))},
         {"vega-lite", script_text(embedded(report_assets(), "vega-lite"))},
         {"vega-embed", script_text(embedded(report_assets(), "vega-embed"))},
         {"draw", std::string(embedded(report_page(), "draw"))}});
}

}
