#include "sim/results_file.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/error.hpp"
#include "tests/sim/small_study.hpp"

namespace cercle::sim {

namespace {

using Existing = ResultsWriter::Existing;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

std::string bytes_of(const std::filesystem::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

void write_whole_study(const std::filesystem::path& path, const ResultsHead& head) {
    ResultsWriter writer(path, head, small_networks(), Existing::refuse);
    for (std::size_t arm = 0; arm < head.arms.size(); ++arm) {
        for (std::size_t point = 0; point < head.points; ++point)
            writer.write(telling_record(head, {arm, point, 0, head.replicates}));
    }
}

}

TEST(ResultsFile, gives_back_the_head_it_was_given) {
    const ScratchFolder folder("head");
    const ResultsHead head = small_head();

    { ResultsWriter writer(folder / "a.h5", head, small_networks(), Existing::refuse); }

    EXPECT_EQ(ResultsReader(folder / "a.h5").head(), head);
    EXPECT_EQ(folder.files(), 1U);
}

TEST(ResultsFile, keeps_what_every_node_held_at_the_end) {
    const ScratchFolder folder("nodes");
    ResultsHead head = small_head();
    head.node_values = {{"opinion", "1", "opinion of the node at the end"}};
    head.nodes = 3;
    Record record = telling_record(head, {1, 0, 2, 2});
    record.nodes = {0.1, 0.2, 0.3, 1.1, 1.2, 1.3};

    { ResultsWriter(folder / "a.h5", head, small_networks(), Existing::refuse).write(record); }

    const ResultsReader results(folder / "a.h5");
    EXPECT_EQ(results.head(), head);
    EXPECT_EQ(results.nodes({1, 0, 2, 2}), record.nodes);
    EXPECT_THAT(results.nodes({0, 0, 0, 1}), Each(testing::IsNan()));
}

TEST(ResultsFile, keeps_networks_with_labels_and_without_ties) {
    const ScratchFolder folder("networks");

    { ResultsWriter writer(folder / "a.h5", small_head(), small_networks(), Existing::refuse); }

    const auto networks = ResultsReader(folder / "a.h5").networks();
    ASSERT_EQ(networks.size(), 2U);
    EXPECT_EQ(networks[0].name, "colleague");
    EXPECT_EQ(networks[0].ties, small_networks()[0].ties);
    EXPECT_EQ(networks[0].labels, small_networks()[0].labels);
    EXPECT_EQ(networks[1].nodes, 2U);
    EXPECT_TRUE(networks[1].ties.empty());
}

TEST(ResultsFile, is_pending_and_missing_before_the_first_run) {
    const ScratchFolder folder("pending");
    const ResultsHead head = small_head();

    const ResultsWriter writer(folder / "a.h5", head, {}, Existing::refuse);

    const ResultsReader reader(folder / "a.h5");
    EXPECT_THAT(reader.status(), Each(RunStatus::pending));
    for (const double value : reader.outcome("churn")) EXPECT_TRUE(std::isnan(value));
    for (const float value : reader.series("cash", {1, 1, 0, 4})) EXPECT_TRUE(std::isnan(value));
}

TEST(ResultsFile, puts_every_number_of_a_batch_in_its_place) {
    const ScratchFolder folder("place");
    const ResultsHead head = small_head();
    ResultsWriter writer(folder / "a.h5", head, {}, Existing::refuse);

    writer.write(telling_record(head, {1, 0, 1, 2}));

    const ResultsReader reader(folder / "a.h5");
    const auto status = reader.status();
    const auto nps = reader.outcome("nps");
    for (std::size_t run = 0; run < status.size(); ++run) {
        const bool written = run == 9 || run == 10; // (arm 1, point 0, replicates 1 and 2)
        EXPECT_EQ(status[run], written ? RunStatus::done : RunStatus::pending);
        EXPECT_EQ(std::isnan(nps[run]), !written);
        EXPECT_TRUE(!written || nps[run] == 2000.0 + static_cast<double>(run));
    }
    EXPECT_THAT(reader.outcome("churn", {1, 0, 1, 2}), ElementsAre(1009.0, 1010.0));
    EXPECT_THAT(reader.series("cash", {1, 0, 2, 1}), ElementsAre(20010.0F, 21010.0F, 22010.0F));
}

TEST(ResultsFile, keeps_why_a_run_failed_until_it_is_done) {
    const ScratchFolder folder("failed");
    const ResultsHead head = small_head();
    ResultsWriter writer(folder / "a.h5", head, {}, Existing::refuse);
    Record failed{.batch = {0, 1, 0, 2}, .series = {}, .outcomes = {}, .failure = {}};
    failed.status = RunStatus::failed;
    // 161 bytes: the last letter takes two of them and must not be cut in half.
    failed.failure = std::string(failure_length - 1, 'x') + "é";

    writer.write(failed);

    const std::string kept(failure_length - 1, 'x');
    EXPECT_EQ(ResultsReader(folder / "a.h5").failure(0, 1, 1), kept);
    EXPECT_EQ(ResultsReader(folder / "a.h5").failure(0, 1, 2), "");
    EXPECT_EQ(ResultsReader(folder / "a.h5").status()[5], RunStatus::failed);

    writer.write(telling_record(head, {0, 1, 0, 2}));

    EXPECT_EQ(ResultsReader(folder / "a.h5").failure(0, 1, 1), "");
    EXPECT_EQ(ResultsReader(folder / "a.h5").status()[5], RunStatus::done);
}

TEST(ResultsFile, does_not_depend_on_how_many_records_are_written_at_once) {
    const ScratchFolder folder("together");
    const ResultsHead head = small_head(4, 5);
    std::vector<Record> records;
    // Whole points, points cut in two, gaps at (0, 2) and (1, 0), one failed, in no order.
    for (const Batch& batch : std::vector<Batch>{{1, 4, 0, 4},
                                                 {0, 0, 2, 2},
                                                 {0, 3, 0, 4},
                                                 {0, 0, 0, 2},
                                                 {1, 2, 0, 4},
                                                 {0, 1, 0, 4},
                                                 {0, 4, 0, 3},
                                                 {1, 3, 0, 4},
                                                 {1, 1, 1, 3}}) {
        records.push_back(telling_record(head, batch));
    }
    records.push_back({.batch = {0, 4, 3, 1}, .series = {}, .outcomes = {}, .failure = "no luck"});
    records.back().status = RunStatus::failed;
    {
        ResultsWriter one_by_one(folder / "a.h5", head, {}, Existing::refuse);
        for (const Record& record : records) one_by_one.write(record);
    }

    { ResultsWriter(folder / "b.h5", head, {}, Existing::refuse).write(records); }

    EXPECT_EQ(bytes_of(folder / "a.h5"), bytes_of(folder / "b.h5"));
    EXPECT_EQ(ResultsReader(folder / "b.h5").failure(0, 4, 3), "no luck");
}

TEST(ResultsFile, of_two_equal_studies_are_equal_to_the_byte) {
    const ScratchFolder folder("equal");

    write_whole_study(folder / "a.h5", small_head());
    write_whole_study(folder / "b.h5", small_head());

    EXPECT_EQ(bytes_of(folder / "a.h5"), bytes_of(folder / "b.h5"));
}

TEST(ResultsFile, does_not_depend_on_how_runs_are_cut_into_batches) {
    const ScratchFolder folder("batches");
    const ResultsHead head = small_head(4, 1);
    write_whole_study(folder / "a.h5", head);

    {
        ResultsWriter writer(folder / "b.h5", head, small_networks(), Existing::refuse);
        for (std::size_t replicate = 4; replicate-- > 0;) {
            for (std::size_t arm = 0; arm < 2; ++arm)
                writer.write(telling_record(head, {arm, 0, replicate, 1}));
        }
    }

    EXPECT_EQ(bytes_of(folder / "a.h5"), bytes_of(folder / "b.h5"));
}

TEST(ResultsFile, holds_a_scenario_of_any_length) {
    const ScratchFolder folder("long");
    ResultsHead head = small_head();
    head.text_attributes["scenario"] = std::string(300'000, 'y');
    head.text_attributes["nothing"] = "";

    { ResultsWriter writer(folder / "a.h5", head, {}, Existing::refuse); }

    EXPECT_EQ(ResultsReader(folder / "a.h5").head(), head);
}

TEST(ResultsFile, lays_out_a_study_without_series_design_or_networks) {
    const ScratchFolder folder("bare");
    ResultsHead head = small_head(3, 1);
    head.factors.clear();
    head.design.clear();
    head.series.clear();
    head.times.clear();
    ResultsWriter writer(folder / "a.h5", head, {}, Existing::refuse);

    writer.write(telling_record(head, {0, 0, 0, 3}));

    EXPECT_EQ(ResultsReader(folder / "a.h5").head(), head);
    EXPECT_EQ(ResultsReader(folder / "a.h5").outcome("churn")[2], 1002.0);
}

TEST(ResultsFile, adds_what_is_known_at_the_end) {
    const ScratchFolder folder("ending");
    ResultsWriter writer(folder / "a.h5", small_head(), {}, Existing::refuse);

    writer.annotate({{"ended", "stopped"}}, {{"seconds", 0.1}});
    writer.annotate({{"ended", "complete"}}, {});

    const ResultsReader reader(folder / "a.h5");
    EXPECT_EQ(reader.head().text_attributes.at("ended"), "complete");
    EXPECT_EQ(reader.head().number_attributes.at("seconds"), 0.1);
}

TEST(ResultsFile, can_be_read_while_it_is_written_but_has_one_writer) {
    const ScratchFolder folder("one_writer");
    const ResultsWriter writer(folder / "a.h5", small_head(), {}, Existing::refuse);

    EXPECT_NO_THROW(ResultsReader(folder / "a.h5"));
    EXPECT_THROW(ResultsWriter(folder / "a.h5", small_head(), {}, Existing::resume), UserError);
    EXPECT_THROW(ResultsWriter(folder / "a.h5", small_head(), {}, Existing::overwrite), UserError);
}

TEST(ResultsFile, refuses_a_record_of_another_shape) {
    const ScratchFolder folder("shape");
    ResultsWriter writer(folder / "a.h5", small_head(), {}, Existing::refuse);
    Record record = telling_record(small_head(), {0, 0, 0, 2});
    record.outcomes.pop_back();

    EXPECT_THROW(writer.write(record), LogicError);
}

TEST(ResultsFile, refuses_a_batch_outside_the_study) {
    const ScratchFolder folder("outside");
    ResultsWriter writer(folder / "a.h5", small_head(), {}, Existing::refuse);

    EXPECT_THROW(writer.write(telling_record(small_head(), {0, 0, 3, 2})), std::exception);
}

TEST(Differences, are_told_between_two_studies) {
    ResultsHead other = small_head(5);
    other.arms[0] = "sa";
    other.text_attributes["scenario_resolved"] = "seed = 2\n";
    other.text_attributes["command_line"] = "does not matter";

    EXPECT_TRUE(differences(small_head(), small_head()).empty());
    const auto found = differences(small_head(), other);
    EXPECT_THAT(found, testing::Contains(HasSubstr("scop, conventionnelle été there, sa")));
    EXPECT_THAT(found, testing::Contains("4 replicates there, 5 here"));
    EXPECT_THAT(found, testing::Contains(HasSubstr("scenario_resolved")));
    EXPECT_THAT(found, testing::Contains("the seeds of the runs differ"));
    EXPECT_EQ(found.size(), 4U);
}

}
