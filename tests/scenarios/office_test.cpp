#include "scenarios/office.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/office_pairs.hpp"
#include "sim/error.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::scenarios {
namespace {

using sim::GraphMeasures;
using sim::Weighting;

struct Drawn {
    GraphMeasures measures;
    double modularity = 0.0;
    double weighted_modularity = 0.0;
};

Drawn drawn(const OfficeFigures& office, std::uint64_t seed) {
    const std::vector<std::uint32_t> department = department_of_people(office);
    const sim::Graph graph(department.size(), draw_office(office, seed), true);
    return {.measures = sim::measure(graph),
            .modularity = sim::modularity(graph, department, Weighting::unweighted),
            .weighted_modularity = sim::modularity(graph, department, Weighting::weighted)};
}

/// The first forty offices; every test of them looks at the same ones.
const std::vector<Drawn>& forty_offices() {
    static const std::vector<Drawn> offices = [] {
        std::vector<Drawn> list;
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            list.push_back(drawn(built_in_office(), seed));
        }
        return list;
    }();
    return offices;
}

struct Bounds {
    double measured;
    double mean_within; ///< relative, of the mean over the offices
    double each_within; ///< relative, of each office
};

void expect_near(const std::function<double(const Drawn&)>& figure, const Bounds& bounds) {
    double mean = 0.0;
    for (const Drawn& office : forty_offices()) {
        EXPECT_NEAR(figure(office) / bounds.measured, 1.0, bounds.each_within);
        mean += figure(office) / static_cast<double>(forty_offices().size());
    }
    EXPECT_NEAR(mean / bounds.measured, 1.0, bounds.mean_within);
}

// The measured figures: Génois et al. 2015, by hand rather than from the file the generator reads.
TEST(Office, every_drawn_office_has_the_measured_degrees) {
    expect_near([](const Drawn& o) { return o.measures.degree.mean; }, {16.41, 0.001, 0.001});
    expect_near([](const Drawn& o) { return o.measures.degree.cv; }, {0.46, 0.01, 0.03});
    expect_near([](const Drawn& o) { return o.measures.degree.max; }, {44.0, 0.15, 0.35});
}

TEST(Office, every_drawn_office_has_the_measured_contacts) {
    expect_near([](const Drawn& o) { return o.measures.strength.mean; }, {213.6, 0.001, 0.001});
    expect_near([](const Drawn& o) { return o.measures.strength.cv; }, {0.91, 0.02, 0.06});
    expect_near([](const Drawn& o) { return o.measures.weight.mean; }, {13.0, 0.01, 0.01});
    expect_near([](const Drawn& o) { return o.measures.weight.log_sd; }, {1.388, 0.01, 0.03});
    expect_near([](const Drawn& o) { return o.measures.weight.log_mean; }, {1.360, 0.06, 0.12});
    expect_near([](const Drawn& o) { return o.measures.weight.median; }, {3.0, 0.12, 0.35});
    expect_near([](const Drawn& o) { return o.measures.weight.ninety_percent; }, {29.0, 0.1, 0.3});
    expect_near([](const Drawn& o) { return o.measures.weight.max; }, {737.0, 0.35, 0.65});
}

TEST(Office, every_drawn_office_has_the_measured_structure) {
    expect_near([](const Drawn& o) { return o.measures.transitivity; }, {0.368, 0.005, 0.01});
    expect_near([](const Drawn& o) { return o.modularity; }, {0.373, 0.005, 0.005});
    expect_near([](const Drawn& o) { return o.weighted_modularity; }, {0.557, 0.005, 0.005});
    // Not fitted:
    expect_near([](const Drawn& o) { return o.measures.mean_path; }, {1.964, 0.02, 0.04});
    expect_near([](const Drawn& o) { return o.measures.mean_clustering; }, {0.426, 0.08, 0.15});
}

TEST(Office, ties_and_contacts_of_departments_are_exactly_those_measured) {
    const OfficeFigures office = built_in_office();
    const std::vector<std::uint32_t> department = department_of_people(office);

    DepartmentTable ties(5, std::vector<std::size_t>(5, 0));
    DepartmentTable contacts = ties;
    for (const sim::Tie& tie : draw_office(office, 7)) {
        const std::size_t one = department[tie.from];
        const std::size_t other = department[tie.to];
        ties[one][other] += 1;
        contacts[one][other] += static_cast<std::size_t>(tie.weight);
        if (one == other) continue;
        ties[other][one] += 1;
        contacts[other][one] += static_cast<std::size_t>(tie.weight);
    }

    EXPECT_EQ(ties, office.ties);
    EXPECT_EQ(contacts, office.contacts);
}

TEST(Office, the_same_seed_draws_the_same_office_and_another_seed_another) {
    const OfficeFigures office = built_in_office();

    EXPECT_EQ(draw_office(office, 1), draw_office(office, 1));
    EXPECT_NE(draw_office(office, 1), draw_office(office, 2));
}

TEST(Office, an_office_that_is_not_fitted_misses_the_figures) {
    // Twin: wrong figures in, wrong figures out.
    OfficeFigures office = built_in_office();
    office.degree_cv = 0.3;
    office.transitivity = 0.5;

    const Drawn other = drawn(office, 1);

    EXPECT_NEAR(other.measures.degree.cv, 0.3, 0.01);
    EXPECT_NEAR(other.measures.transitivity, 0.5, 0.01);
}

TEST(Office, a_larger_office_keeps_degrees_contacts_and_structure) {
    const Drawn large = drawn(scaled(built_in_office(), 500), 1);

    EXPECT_EQ(large.measures.nodes, 500u);
    EXPECT_NEAR(large.measures.degree.mean, 16.41, 0.02);
    EXPECT_NEAR(large.measures.degree.cv, 0.46, 0.02);
    EXPECT_NEAR(large.measures.strength.mean, 213.6, 3.0);
    EXPECT_NEAR(large.measures.strength.cv, 0.91, 0.14);
    EXPECT_NEAR(large.measures.transitivity, 0.368, 0.01);
    EXPECT_NEAR(large.modularity, 0.373, 0.02);
    EXPECT_NEAR(large.weighted_modularity, 0.557, 0.03);
}

TEST(Office, a_small_office_has_all_its_ties_and_no_empty_department) {
    for (const std::size_t people : {1u, 2u, 3u, 5u, 12u, 30u}) {
        const OfficeFigures office = scaled(built_in_office(), people);
        const auto ties = draw_office(office, 3);

        EXPECT_EQ(std::accumulate(office.people.begin(), office.people.end(), std::size_t{0}),
                  people);
        EXPECT_EQ(std::ranges::count(office.people, 0u), 0);
        EXPECT_EQ(ties.size(), std::min<std::size_t>(people * (people - 1) / 2,
                                                     static_cast<std::size_t>(std::round(
                                                         755.0 / 92.0 * double(people)))));
    }
    EXPECT_EQ(scaled(built_in_office(), 92), built_in_office());
}

TEST(OfficeFigures, the_built_in_office_states_its_source) {
    const OfficeFigures office = built_in_office();

    EXPECT_THAT(office.source, testing::HasSubstr("2015"));
    EXPECT_EQ(office.departments, (std::vector<std::string>{"DISQ", "DMCT", "DSE", "SFLE", "SRH"}));
    EXPECT_EQ(office, read_office_figures({CERCLE_SOURCE_DIR "/data/office_france.toml"}));
}

class FiguresFile : public testing::Test {
protected:
    std::string message_for(const std::string& text) {
        const auto path = std::filesystem::path(testing::TempDir()) / "cercle_figures.toml";
        std::ofstream(path) << text;
        try {
            read_office_figures(path);
        } catch (const sim::UserError& error) {
            return error.what();
        }
        return {};
    }
    std::string good =
        "cercle_office = 1\ntitle = 't'\nsource = 's'\ndepartments = ['A', 'B']\n"
        "people = [3, 2]\nties = [[3, 2], [2, 1]]\ncontacts = [[9, 4], [4, 1]]\n"
        "degree_cv = 0.2\nstrength_cv = 0.5\ncontact_log_sd = 1\ntransitivity = 0.5\n";
    std::string with(const std::string& old, const std::string& now) {
        std::string text = good;
        return text.replace(text.find(old), old.size(), now);
    }
};

TEST_F(FiguresFile, is_read_when_it_is_right) { EXPECT_EQ(message_for(good), ""); }

TEST_F(FiguresFile, tells_what_is_wrong_and_where) {
    using testing::HasSubstr;

    EXPECT_THAT(message_for(with("transitivity", "transitivty")), HasSubstr("transitivity"));
    EXPECT_THAT(message_for(with("[[3, 2]", "[[4, 2]")),
                HasSubstr("cercle_figures.toml:6:8: 4 ties of A with A (there are 3 pairs"));
    EXPECT_THAT(message_for(with("[4, 1]]\nd", "[5, 1]]\nd")), HasSubstr("symmetric"));
    EXPECT_THAT(message_for(with("[[9, 4]", "[[2, 4]")), HasSubstr("at least one contact"));
    EXPECT_THAT(message_for(with("[3, 2]", "[3]")), HasSubstr("1 numbers for 2 departments"));
    EXPECT_THAT(message_for(with("transitivity = 0.5", "transitivity = 1.5")),
                HasSubstr("outside [0, 1]"));
    EXPECT_THAT(message_for(with("people = [3, 2]", "people = [3, -2]")),
                HasSubstr("whole number"));
    EXPECT_THAT(message_for(with("[[3, 2], [2, 1]]", "[[3, 2]]")), HasSubstr("2 rows of 2"));
    EXPECT_THAT(message_for("cercle_office = 1\nties = ["), HasSubstr("cercle_figures.toml:2"));
}

}
}
