// What a page says of factors whose levels are no numbers.
#include <gmock/gmock.h>

#include "analysis/report/sections.hpp"

namespace cercle::analysis {
namespace {

using testing::HasSubstr;

scenarios::Factor rule() {
    return {.name = "rule",
            .paths = {},
            .levels = {std::string("a"), std::string("b"), std::string("c")}};
}

/// Rank correlations of the factors of a sample with these values.
ReportSection section_of(std::vector<scenarios::Factor> factors, std::vector<Estimate> rows) {
    std::vector<std::string> names;
    for (const scenarios::Factor& factor : factors) names.push_back(factor.name);
    const Experiment experiment{.source = "x",
                                .method = "lhs",
                                .factors = std::move(factors),
                                .matrix = std::vector<double>(30, 0.5)};
    const Sensitivity sensitivity{
        .outcome = {"scop", {"nps", "points", "net promoter score"}, {}},
        .over_points = {.count = 10, .mean = 40.0, .sd = 2.0, .interval = {}},
        .findings = {.rows = names,
                     .measures = {{.name = "prcc", .header = "PRCC", .rows = std::move(rows)}},
                     .blocks = 10},
        .noise = {},
        .convergence = {}};
    return sensitivity_section(experiment, {sensitivity}, ReportWords(Language::english));
}

TEST(NominalFactors, stand_in_the_table_without_a_number_and_why) {
    const ReportSection section = section_of({rule(), {"speed", {}}}, {{}, {0.6, {0.4, 0.8}}});

    const ReportFigure& figure = section.figures.at(0);
    ASSERT_EQ(figure.table.rows.size(), 2U);
    EXPECT_EQ(figure.table.rows.at(1), (std::vector<std::string>{"rule", "-"}));
    EXPECT_THAT(figure.caption, HasSubstr("No PRCC of rule: a nominal factor has no rank."));
    EXPECT_EQ(figure.panels.at(0).spec.at("data").at("values").size(), 1U);
}

TEST(NominalFactors, alone_make_a_sentence_and_no_figure) {
    const ReportSection section = section_of({rule()}, {{}});

    EXPECT_TRUE(section.figures.empty());
    EXPECT_THAT(section.paragraphs.back(), HasSubstr("No PRCC of rule"));
}

}
}
