#include "analysis/report/page.hpp"

#include <fmt/format.h>

#include "analysis/report/embedded.hpp"
#include "analysis/report/words.hpp"

namespace cercle::analysis {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
}

/// JSON that may stand inside a script element.
std::string script_json(const nlohmann::ordered_json& json) {
    std::string text = json.dump();
    replace_all(text, "<", "\\u003c");
    return text;
}

/// A script that may stand inside a script element: in JavaScript "<\/" is "</".
std::string script_text(std::string_view script) {
    std::string text(script);
    replace_all(text, "</script", "<\\/script");
    return text;
}

std::string table_html(const ReportTable& table) {
    // On a narrow page a wide table scrolls instead of breaking every word.
    const char* width = table.header.size() > 3 ? " class=\"wide\"" : "";
    std::string html = fmt::format("<div class=\"scroll\" tabindex=\"0\"><table{}>", width);
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

std::string panels_html(const ReportFigure& figure) {
    std::string html =
        fmt::format("<div class=\"panels\" data-count=\"{}\">\n", figure.panels.size());
    for (std::size_t i = 0; i < figure.panels.size(); ++i) {
        const ReportPanel& panel = figure.panels[i];
        html += "<div class=\"panel\">";
        if (!panel.heading.empty())
            html += fmt::format("<h4 translate=\"no\">{}</h4>", html_text(panel.heading));
        html += fmt::format(
            "<div class=\"drawing\" role=\"img\" aria-label=\"{}\"></div>"
            "<script type=\"application/json\">{}</script>"
            "<p class=\"export\">"
            "<button type=\"button\" data-format=\"png\" data-name=\"{}\">PNG</button> "
            "<button type=\"button\" data-format=\"svg\" data-name=\"{}\">SVG</button>"
            "</p></div>\n",
            html_text(figure.alt), script_json(panel.spec), fmt::format("{}-{}", figure.id, i + 1),
            fmt::format("{}-{}", figure.id, i + 1));
    }
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
    return fmt::format(
               "<figure id=\"{}\" aria-labelledby=\"{}-title\">\n<h3 id=\"{}-title\">{}</h3>\n",
               figure.id, figure.id, figure.id, html_text(figure.title)) +
           slider_html(figure) + panels_html(figure) +
           fmt::format("<figcaption>{}</figcaption>\n", html_text(figure.caption)) +
           folded(words("Numbers of this figure", "Chiffres de cette figure"),
                  table_html(figure.table)) +
           "</figure>\n";
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
    for (const ReportTable& table : section.leading_tables) html += table_html(table);
    html += figures_html(section.figures, words);
    for (const ReportTable& table : section.tables) html += table_html(table);
    for (const std::string& command : section.commands)
        html += fmt::format("<pre translate=\"no\"><code>{}</code></pre>\n", html_text(command));
    for (const ReportAttachment& attachment : section.attachments)
        html += attachment_html(attachment);
    std::string more = figures_html(section.folded_figures, words);
    for (const ReportTable& table : section.folded_tables) more += table_html(table);
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

std::string html_text(const std::string& text) {
    std::string html = text;
    replace_all(html, "&", "&amp;");
    replace_all(html, "<", "&lt;");
    replace_all(html, ">", "&gt;");
    replace_all(html, "\"", "&quot;");
    return html;
}

bool can_draw_figures() { return !report_assets().empty(); }

std::string page_html(const ReportPage& page) {
    const ReportWords words(page.language);
    std::string content;
    for (const ReportSection& section : page.sections) content += section_html(section, words);
    std::string html(embedded(report_page(), "frame"));
    // What readers and files say comes last, so that nothing in it is taken for a place.
    const std::pair<std::string_view, std::string> parts[] = {
        {"{{language}}", page.language == Language::french ? "fr" : "en"},
        {"{{licences}}", std::string(embedded(report_assets(), "licences"))},
        {"{{style}}", std::string(embedded(report_page(), "style"))},
        {"{{vega}}", script_text(embedded(report_assets(), "vega"))},
        {"{{vega-lite}}", script_text(embedded(report_assets(), "vega-lite"))},
        {"{{vega-embed}}", script_text(embedded(report_assets(), "vega-embed"))},
        {"{{draw}}", std::string(embedded(report_page(), "draw"))},
        {"{{noscript}}", words.noscript()},
        {"{{footer}}",
         html_text(words("Written by Cercle; this page needs no network.",
                         "Écrit par Cercle ; cette page n'a besoin d'aucun réseau."))},
        {"{{header}}", header_html(page, words)},
        {"{{title}}", html_text(page.title)},
        {"{{sections}}", content}};
    for (const auto& [place, text] : parts) {
        const std::size_t at = html.find(place);
        html.replace(at, place.size(), text);
    }
    return html;
}

}
