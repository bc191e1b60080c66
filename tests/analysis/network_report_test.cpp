#include "analysis/network_report.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "scenarios/network_parameters.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class NetworkReports : public testing::Test {
protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::path(testing::TempDir()) / (std::string("cercle_report_") + info->name());
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        std::ofstream(folder_ / "people.csv")
            << "person_id,team,age\na,A,20\nb,A,20\nc,B,40\nd,B,40\n";
        std::ofstream(folder_ / "ties.csv") << "from_id,to_id,weight\na,b,3\nc,d,3\nb,c,2\n";
    }
    void TearDown() override { fs::remove_all(folder_); }

    scenarios::OfficeFiles files() const { return {.ties = folder_ / "ties.csv"}; }
    fs::path folder_;
};

TEST_F(NetworkReports, text_and_json_tell_the_same_measures) {
    const NetworkReport report = network_report(files(), "");

    const std::string text = network_report_text(report);
    const auto json = nlohmann::json::parse(network_report_json(report));

    EXPECT_THAT(text, HasSubstr("people                 4 (2 teams, 0 managers)"));
    EXPECT_THAT(text, HasSubstr("ties                   3 (undirected)"));
    EXPECT_THAT(text,
                HasSubstr("largest eigenvalue     1.6180339887 (SIS threshold 0.6180339887)"));
    EXPECT_THAT(text, HasSubstr("By team"));
    EXPECT_THAT(text, HasSubstr("modularity             0.167 of ties, 0.250 of weights"));
    EXPECT_EQ(json["ties"], 3);
    EXPECT_NEAR(json["largest_eigenvalue"], 1.618033988749895, 1e-10);
    EXPECT_NEAR(json["mixing"]["assortativity"], 1.0 / 3.0, 1e-12);
    EXPECT_TRUE(json["mixing"]["number_assortativity"].is_null());
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100u) << line;
}

TEST_F(NetworkReports, people_may_be_grouped_by_any_column_that_is_there) {
    const NetworkReport report = network_report(files(), "age");

    EXPECT_EQ(report.mixing->by, "age");
    EXPECT_NEAR(report.mixing->number_assortativity, 1.0 / 3.0, 1e-12);
    try {
        network_report(files(), "tema");
        FAIL() << "a column that is not there was found";
    } catch (const sim::UserError& error) {
        EXPECT_THAT(error.what(), HasSubstr("(did you mean team?)"));
    }
}

TEST_F(NetworkReports, a_written_network_is_read_back_as_it_was) {
    scenarios::OfficeNetwork office =
        scenarios::office_network(sim::Settings(scenarios::network_parameters()), {});
    office.clients = 3;
    office.accounts = {{0, 0, 2.0F}, {91, 2, 0.5F}};
    office.client_ties = {{0, 2, 1.5F}};
    const fs::path place = folder_ / "drawn";
    fs::create_directories(place);

    write_network(office, place / "ties.csv");

    EXPECT_EQ(scenarios::read_office({.ties = place / "ties.csv"}).office, office);
    EXPECT_THROW(write_network(office, place / "ties.csv"), sim::UserError);
    EXPECT_THROW(write_network(office, place / "other.csv"), sim::UserError); // people.csv is there
    EXPECT_FALSE(fs::exists(place / "other.csv"));
    EXPECT_THROW(write_network(office, folder_ / "drawn2" / "ties.csv"), sim::UserError);
}

}
}
