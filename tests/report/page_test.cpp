#include <gmock/gmock.h>

#include "analysis/report/report.hpp"
#include "sim/error.hpp"
#include "sim/table_file.hpp"
#include "tests/analysis/three_replicates.hpp"

namespace cercle::analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

class Page : public testing::Test {
protected:
    std::filesystem::path study(const std::string& title) {
        sim::ResultsHead head = head_of({"scop", "conventional"});
        head.text_attributes["title"] = title;
        const auto path = folder_ / "study.h5";
        write(path, head, two_arms);
        return path;
    }
    sim::ScratchFolder folder_{"report"};
};

/// Words of English that no French text has; texts of the user are left out.
std::vector<std::string> english_in(const ReportPage& page) {
    std::string all = page.title + " " + page.about;
    for (const ReportSection& section : page.sections) {
        all += " " + section.heading + " " + section.folded_label;
        for (const std::string& text : section.paragraphs) all += " " + text;
        for (const auto* figures : {&section.figures, &section.folded_figures}) {
            for (const ReportFigure& figure : *figures) {
                all += " " + figure.title + " " + figure.caption + " " + figure.alt;
                for (const std::string& head : figure.table.header) all += " " + head;
                for (const ReportPanel& panel : figure.panels) all += " " + panel.spec.dump();
            }
        }
        for (const auto* tables :
             {&section.leading_tables, &section.tables, &section.folded_tables}) {
            for (const ReportTable& table : *tables) {
                all += " " + table.title;
                for (const std::string& head : table.header) all += " " + head;
            }
        }
    }
    std::vector<std::string> found;
    for (const char* word : {" the ", " of ", " with ", " and ", " runs ", " which ", " from ",
                             " is ", "interval ", "Difference", " above ", " below "}) {
        if (all.find(word) != std::string::npos) found.emplace_back(word);
    }
    return found;
}

TEST_F(Page, in_french_has_no_word_of_english) {
    const auto file = study("Trois mondes");

    EXPECT_THAT(english_in(report_of({file}, Language::french)), testing::IsEmpty());
    EXPECT_THAT(english_in(report_of({file}, Language::english)), Not(testing::IsEmpty()));
}

TEST_F(Page, keeps_what_a_title_says_out_of_its_own_code) {
    if (!can_draw_figures()) GTEST_SKIP() << "built without what draws figures";
    const std::string html =
        page_html(report_of({study("</title><script>alert(1)</script>")}, Language::english));

    EXPECT_THAT(html, Not(HasSubstr("<script>alert(1)")));
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)"));
    EXPECT_THAT(html, Not(HasSubstr("{{")));
}

TEST_F(Page, lets_a_title_name_its_own_places) {
    if (!can_draw_figures()) GTEST_SKIP() << "built without what draws figures";
    const std::string html =
        page_html(report_of({study("{{sections}} {{vega}} }}'</script>")}, Language::english));

    EXPECT_THAT(html, HasSubstr("<title>"));
    EXPECT_THAT(html,
                HasSubstr("<q translate=\"no\">{{sections}} {{vega}} }}&#39;&lt;/script&gt;"));
    EXPECT_LT(html.find("<main>"), html.find("<section id=\"answer\">"));
}

TEST_F(Page, takes_names_of_a_file_for_text_alone) {
    if (!can_draw_figures()) GTEST_SKIP() << "built without what draws figures";
    const std::string wicked = "nps\"><img src=x onerror=alert(1)>'\xff";
    sim::ResultsHead head = head_of({"</script><b>{{draw}}", "conven'tional"});
    head.text_attributes["scenario_resolved"] = "cercle = 1\nseed = 1\n";
    head.outcomes[0].name = wicked;
    head.series = {head.outcomes[0]};
    head.times = {0, 12};
    const auto path = folder_ / "</script>{{title}}.h5";
    std::filesystem::create_directories(path.parent_path());
    {
        sim::ResultsWriter writer(path, head, {}, sim::ResultsWriter::Existing::refuse);
        for (std::size_t run = 0; run < 6; ++run) {
            writer.write({.batch = {run / 3, 0, run % 3, 1},
                          .times = 2,
                          .series_count = 1,
                          .outcome_count = 2,
                          .series = {1.0F, 2.0F},
                          .outcomes = {static_cast<double>(run * run), 2.0},
                          .failure = {}});
        }
    }

    const std::string html = page_html(report_of({path}, Language::english));

    EXPECT_EQ(html.find("<img src=x"), std::string::npos);
    EXPECT_EQ(html.find("<b>{{draw}}"), std::string::npos);
    EXPECT_NE(html.find("id=\"trajectory-nps---img-src-x-onerror-alert-1----"), std::string::npos);
    EXPECT_NE(html.find("conven&#39;tional"), std::string::npos);
}

TEST_F(Page, gives_every_part_a_name_of_its_own) {
    if (!can_draw_figures()) GTEST_SKIP() << "built without what draws figures";
    const ReportFigure figure{.id = "a b",
                              .title = "A \"title\"",
                              .caption = "",
                              .alt = "Lines.",
                              .panels = {{"scop", {}}, {"sa", {}}},
                              .table = {.header = {"x"}, .rows = {}}};
    ReportFigure other = figure;
    other.id = "a-b";
    const ReportPage page{.title = "t",
                          .study = "",
                          .about = "",
                          .sections = {{.id = "s", .heading = "S", .figures = {figure, other}}}};

    const std::string html = page_html(page);

    for (const char* part : {"<figure id=\"a-b\"", "<figure id=\"a-b-2\"", "data-name=\"a-b-2-1\"",
                             "aria-label=\"A &quot;title&quot;, scop. Lines.\"",
                             "aria-label=\"A &quot;title&quot;, sa. Lines.\"",
                             "aria-label=\"PNG, save: A &quot;title&quot;, sa\"",
                             "role=\"region\" aria-label=\"A &quot;title&quot;\""})
        EXPECT_THAT(html, HasSubstr(part));
}

TEST_F(Page, joins_the_sections_of_several_files_under_names_of_their_own) {
    const auto file = study("Twice");
    const auto copy = folder_ / "copy.h5";
    std::filesystem::copy_file(file, copy);

    const ReportPage page = report_of({file, copy}, Language::english);

    std::set<std::string> ids;
    for (const ReportSection& section : page.sections)
        EXPECT_TRUE(ids.insert(section.id).second) << section.id;
    EXPECT_EQ(page.sections.size() % 2, 0U);
}

TEST_F(Page, refuses_a_table_of_another_kind) {
    const auto path = folder_ / "other.h5";
    sim::write_tables(
        path,
        {.group = "claims",
         .attributes = {{"filetype", "cercle-claims"}},
         .tables = {{.rows = {.what = {"fruit", "1", "fruit"}, .texts = {"pear"}}, .columns = {}}}},
        sim::NewFile::Existing::refuse);

    EXPECT_THROW(report_of({path}, Language::english), sim::UserError);
}

TEST_F(Page, refuses_a_file_without_a_finished_run) {
    const auto path = folder_ / "pending.h5";
    sim::ResultsWriter(path, head_of({"scop", "conventional"}), {},
                       sim::ResultsWriter::Existing::refuse);

    EXPECT_THROW(report_of({path}, Language::english), sim::UserError);
}

}
}
