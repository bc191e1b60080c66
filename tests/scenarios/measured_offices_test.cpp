#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/network_files.hpp"
#include "sim/error.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::scenarios {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// The measured offices, which may not be part of the project.
class MeasuredOffice : public testing::Test {
protected:
    void SetUp() override {
        if (!fs::is_directory(CERCLE_SHARED_DATA)) {
            GTEST_SKIP() << "the measured offices are not there: " << CERCLE_SHARED_DATA;
        }
    }
    static OfficeFiles files(const std::string& name) {
        return {.ties = fs::path(CERCLE_SHARED_DATA) / name / "ties.csv"};
    }
    static sim::Graph graph(const OfficeNetwork& office) {
        return sim::Graph(office.employees, office.colleague, !office.colleague_directed);
    }
};

TEST_F(MeasuredOffice, the_french_office_has_its_published_figures) {
    const OfficeNetwork office = read_office(files("office_france")).office;

    const sim::GraphMeasures measures = sim::measure(graph(office));

    EXPECT_EQ(office.employees, 92u);
    EXPECT_EQ(office.team_names.size(), 5u);
    EXPECT_EQ(measures.ties, 755u);
    EXPECT_NEAR(measures.degree.mean, 16.41, 0.005);
    EXPECT_NEAR(measures.degree.cv, 0.46, 0.005);
    EXPECT_EQ(measures.degree.max, 44.0);
    EXPECT_NEAR(measures.strength.mean, 213.6, 0.05);
    EXPECT_NEAR(measures.strength.cv, 0.91, 0.005);
    EXPECT_EQ(measures.weight.median, 3.0);
    EXPECT_EQ(measures.weight.ninety_percent, 29.0);
    EXPECT_EQ(measures.weight.max, 737.0);
    EXPECT_NEAR(measures.weight.log_mean, 1.360, 0.0005);
    EXPECT_NEAR(measures.weight.log_sd, 1.388, 0.0005);
    EXPECT_NEAR(measures.transitivity, 0.368, 0.0005);
    EXPECT_NEAR(measures.mean_path, 1.96, 0.005);
    EXPECT_NEAR(sim::assortativity_by(graph(office), office.team), 0.517, 0.0005);
    EXPECT_NEAR(sim::modularity(graph(office), office.team, sim::Weighting::unweighted), 0.373,
                0.0005);
    EXPECT_NEAR(sim::modularity(graph(office), office.team, sim::Weighting::weighted), 0.557,
                0.0005);
}

TEST_F(MeasuredOffice, the_hungarian_units_are_directed_and_have_their_managers) {
    OfficeFiles how = files("office_hungary");
    std::string told;
    try {
        read_office(how);
    } catch (const sim::UserError& error) {
        told = error.what();
    }
    how.duplicates = Duplicates::mean;

    const OfficeNetwork office = read_office(how).office;

    // 74 answers are given twice with different weights; the reader does not choose by itself.
    EXPECT_THAT(told, HasSubstr("... and 54 more problems"));
    EXPECT_TRUE(office.colleague_directed);
    EXPECT_EQ(office.employees, 223u);
    EXPECT_EQ(office.team_names.size(), 9u);
    EXPECT_EQ(office.colleague.size(), 2447u);
    EXPECT_NEAR(sim::measure(graph(office)).reciprocity, 1912.0 / 2447.0, 1e-12);
    EXPECT_GE(std::ranges::count(office.is_manager, 1), 9);
}

TEST_F(MeasuredOffice, patients_of_the_hospital_are_the_clients_of_its_staff) {
    const OfficeNetwork office = read_office(files("hospital_lyon")).office;

    EXPECT_EQ(office.employees, 46u);
    EXPECT_EQ(office.clients, 29u);
    EXPECT_EQ(office.colleague.size(), 553u);
    EXPECT_EQ(office.accounts.size(), 573u);
    EXPECT_EQ(office.client_ties.size(), 13u);
    EXPECT_FALSE(office.colleague_directed);
    EXPECT_LT(std::ranges::max(office.accounts, {}, &Account::employee).employee, 46u);
    EXPECT_EQ(std::ranges::max(office.accounts, {}, &Account::client).client, 28u);
}

TEST_F(MeasuredOffice, the_managers_have_directed_ties_of_several_kinds) {
    OfficeFiles how = files("managers_krackhardt");
    const OfficeNetwork friends = read_office(how).office;
    how.kind = "advice";
    const OfficeNetwork advisers = read_office(how).office;

    EXPECT_EQ(friends.employees, 21u);
    EXPECT_TRUE(friends.colleague_directed);
    EXPECT_EQ(friends.colleague.size(), 102u);
    EXPECT_EQ(advisers.colleague.size(), 190u);
    EXPECT_EQ(std::ranges::count(friends.is_manager, 1), 5);
    EXPECT_EQ(friends.is_manager[6], 1); // the president
}

TEST_F(MeasuredOffice, karate_has_the_eigenvalue_of_the_oracle_and_two_factions) {
    const OfficeNetwork club = read_office(files("karate")).office;

    EXPECT_EQ(club.employees, 34u);
    EXPECT_EQ(club.team_names.size(), 2u);
    EXPECT_NEAR(sim::largest_eigenvalue(graph(club)), 6.7256977276, 1e-10);
}

TEST_F(MeasuredOffice, the_last_wave_of_the_pupils_is_taken) {
    EXPECT_EQ(read_office(files("s50")).office.colleague.size(), 122u);
}

}
}
