#include <cmath>

#include <gmock/gmock.h>

#include "analysis/report/bands.hpp"
#include "analysis/report/figure_spec.hpp"
#include "analysis/report/places.hpp"
#include "analysis/report/sources.hpp"
#include "analysis/wording.hpp"
#include "models/observables.hpp"
#include "scenarios/scenario.hpp"
#include "sim/error.hpp"
#include "tests/sim/small_study.hpp"

namespace cercle::analysis {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(OutcomeLabels, are_there_in_both_languages_for_all_the_model_looks_at) {
    const models::CompanyObservables company{
        scenarios::read_scenario({.name = "x", .text = "cercle = 1\nseed = 1\n", .folder = "."})
            .arms.front()
            .settings};

    for (const sim::Metric& metric : company.outcomes())
        EXPECT_TRUE(has_label(metric.name)) << metric.name;
    EXPECT_FALSE(has_label("no_such_outcome"));
}

TEST(FigureSpec, wants_a_value_for_every_place_and_a_place_for_every_value) {
    EXPECT_THROW(figure_spec("forest", {{"rows", 1}}), sim::LogicError);
    EXPECT_THROW(figure_spec("no such figure", {}), sim::LogicError);
}

TEST(Drawn, keeps_six_digits_and_leaves_out_what_is_not_known) {
    EXPECT_EQ(drawn(1.0 / 3.0).dump(), "0.333333");
    EXPECT_TRUE(drawn(std::nan("")).is_null());
}

TEST(Citations, are_names_with_a_year) {
    EXPECT_THAT(citations("Van den Broeck et al. 2016, Cerasoli et al. 2016; scaled: assumed"),
                ElementsAre("Van den Broeck et al. 2016", "Cerasoli et al. 2016"));
    EXPECT_THAT(citations("assumed; direction Pencavel et al. 2006, Burdin 2014"),
                ElementsAre("Pencavel et al. 2006", "Burdin 2014"));
    EXPECT_THAT(citations("assumed (a few trades)"), IsEmpty());
    EXPECT_THAT(citations("2016"), IsEmpty());
}

TEST(SourceWords, in_french_say_the_kind_and_the_works_and_no_english) {
    const ReportWords french(Language::french);

    EXPECT_EQ(source_words("assumed (off); Felps et al. 2009", french),
              "supposé (Felps et al. 2009)");
    EXPECT_EQ(source_words("fit: churn 8-20 % a year", french), "ajusté");
    EXPECT_EQ(source_words("bound to something new", french), "voir cercle params");
    EXPECT_EQ(source_words("fit: x", ReportWords(Language::english)), "fit: x");
}

TEST(ParameterValue, has_six_digits_and_the_decimals_of_the_language) {
    const ReportWords french(Language::french);
    const ReportWords english(Language::english);

    EXPECT_EQ(parameter_value("0.16666666666666666", english), "0.166667");
    EXPECT_EQ(parameter_value("0.58", french), "0,58");
    EXPECT_EQ(parameter_value("[0.1, 2]", french), "[0,1 ; 2]");
    EXPECT_EQ(parameter_value("250000", english), "250,000");
    EXPECT_EQ(parameter_value("true", french), "vrai");
    EXPECT_EQ(parameter_value("\"cooperative\"", french), "\"cooperative\"");
    EXPECT_EQ(parameter_value("\"/home/ann/ties.csv\"", english), "\"ties.csv\"");
}

TEST(WithoutFolders, keeps_names_of_files_and_numbers_with_units) {
    EXPECT_EQ(without_folders("build/release/cercle run ../a/b.toml -o /tmp/x.h5 --seed 3"),
              "cercle run b.toml -o x.h5 --seed 3");
    EXPECT_EQ(without_folders("cercle run 'my firm/a b.toml' --set network.file=/home/ann/t.csv"),
              "cercle run 'a b.toml' --set network.file=t.csv");
    EXPECT_EQ(without_folders("cercle run --set x=0.1/month 'y=/a b/c.csv'"),
              "cercle run --set x=0.1/month 'y=c.csv'");
}

TEST(Counted, agrees_with_its_number_in_both_languages) {
    const ReportWords french(Language::french);
    const ReportWords english(Language::english);
    const auto pairs = [](const ReportWords& words, std::size_t count) {
        return words.counted(count, {"pair", "pairs"}, {"paire", "paires"});
    };

    EXPECT_EQ(pairs(english, 1), "1 pair");
    EXPECT_EQ(pairs(english, 0), "0 pairs");
    EXPECT_EQ(pairs(french, 1), "1 paire");
    EXPECT_EQ(pairs(french, 0), "0 paire");
    EXPECT_EQ(pairs(french, 2), "2 paires");
}

TEST(SmallTeams, are_drawn_as_one_that_is_large_enough) {
    const std::vector<std::string> teams = {"a", "a", "a", "b", "c", "c", "c", "c", "d"};
    const std::vector<bool> filled(teams.size(), true);

    EXPECT_THAT(without_small_teams(teams, filled, 2, "x"),
                ElementsAre("a", "a", "a", "x", "c", "c", "c", "c", "x"));
    // Two alone are too few for three: the smallest of the others joins them.
    EXPECT_THAT(without_small_teams(teams, filled, 3, "x"),
                ElementsAre("x", "x", "x", "x", "c", "c", "c", "c", "x"));
    EXPECT_EQ(without_small_teams(teams, filled, 1, "x"), teams);
    // Who is not there yet hides nobody.
    EXPECT_THAT(without_small_teams({"a", "a", "b", "b"}, {true, false, true, true}, 2, "x"),
                ElementsAre("x", "x", "x", "x"));
}

TEST(PlacesByTeam, keep_teams_together_and_apart_from_others) {
    const std::vector<Place> places = places_by_team({"a", "b", "a", "b", "a", "c"});
    const auto distance = [&](std::size_t one, std::size_t other) {
        return std::hypot(places[one].x - places[other].x, places[one].y - places[other].y);
    };

    EXPECT_LT(distance(0, 2), distance(0, 1));
    EXPECT_LT(distance(1, 3), distance(1, 5));
    EXPECT_GT(distance(0, 2), 0.1);
}

TEST(Bands, are_the_mean_and_the_middle_of_the_finished_runs) {
    // Eleven runs whose series are 0, 1, ..., 10 at the first moment, ten times that at the second
    // and thirty times at the third; the eleventh is not done. Means 4.5, 45 and 135; a tenth of
    // ten values is left out. The first window of two is that of the second and third moment.
    sim::ScratchFolder folder("bands");
    sim::ResultsHead head;
    head.arms = {"scop"};
    head.replicates = 11;
    head.times = {0, 1, 2};
    head.series = {{"nps", "points", "x"}};
    head.outcomes = {{"nps", "points", "x"}};
    head.run_seeds.assign(11, 1);
    const auto path = folder / "bands.h5";
    {
        sim::ResultsWriter writer(path, head, {}, sim::ResultsWriter::Existing::refuse);
        for (std::size_t run = 0; run < 10; ++run) {
            const auto value = static_cast<float>(run);
            writer.write({.batch = {0, 0, run, 1},
                          .times = 3,
                          .series_count = 1,
                          .outcome_count = 1,
                          .series = {value, 10.0F * value, 30.0F * value},
                          .outcomes = {0.0},
                          .failure = {}});
        }
    }
    const sim::ResultsReader results(path);

    const Band plain = band_of(results, {"nps", 0, {}, 1});
    const Band averaged = band_of(results, {"nps", 0, {}, 2});

    EXPECT_THAT(plain.mean, ElementsAre(4.5, 45.0, 135.0));
    EXPECT_THAT(plain.low, ElementsAre(1.0, 10.0, 30.0));
    EXPECT_THAT(plain.high, ElementsAre(8.0, 80.0, 240.0));
    EXPECT_THAT(averaged.mean, ElementsAre(testing::IsNan(), testing::IsNan(), 90.0));
}

}
}
