#include "analysis/export.hpp"

#include <cmath>
#include <csignal>
#include <fstream>
#include <set>
#include <sstream>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/error.hpp"
#include "tests/sim/small_study.hpp"

namespace cercle::analysis {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Rows = std::vector<std::vector<std::string>>;

std::string text_of(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

/// A reader of RFC 4180, written apart from the writer.
Rows rows_of(const std::filesystem::path& path) {
    const std::string text = text_of(path);
    Rows rows = {{""}};
    bool quoted = false;
    for (std::size_t place = 0; place < text.size(); ++place) {
        const char letter = text[place];
        if (letter == '"') {
            const bool doubled = quoted && place + 1 < text.size() && text[place + 1] == '"';
            if (doubled) rows.back().back() += text[place++];
            if (!doubled) quoted = !quoted;
        } else if (!quoted && letter == ',') {
            rows.back().emplace_back();
        } else if (!quoted && letter == '\n') {
            rows.push_back({""});
        } else if (quoted || letter != '\r') {
            rows.back().back() += letter;
        }
    }
    rows.pop_back();
    return rows;
}

/// Two arms and points, four replicates; arm 1, point 1 has failed and its replicates 2, 3 are
/// done.
std::filesystem::path write_study(const sim::ScratchFolder& folder, const sim::ResultsHead& head) {
    const auto path = folder / "study.h5";
    sim::ResultsWriter writer(path, head, {}, sim::ResultsWriter::Existing::refuse);
    for (std::size_t arm = 0; arm < 2; ++arm)
        writer.write(sim::telling_record(head, {arm, 0, 0, 4}));
    // It failed after its numbers were known: they must not be shown.
    sim::Record failed = sim::telling_record(head, {1, 1, 0, 2});
    failed.status = sim::RunStatus::failed;
    failed.failure = "the bank said \"no\", twice";
    writer.write(failed);
    writer.write(sim::telling_record(head, {1, 1, 2, 2}));
    return path;
}

ExportOptions into(const std::filesystem::path& folder,
                   ExportOptions::Existing existing = ExportOptions::Existing::refuse) {
    return {.folder = folder, .existing = existing};
}

}

TEST(Export, has_a_row_for_each_run_finished_or_not) {
    const sim::ScratchFolder folder("export_runs");

    export_results(sim::ResultsReader(write_study(folder, sim::small_head())),
                   into(folder / "out"));

    const Rows rows = rows_of(folder / "out" / "runs.csv");
    ASSERT_EQ(rows.size(), 17U);
    EXPECT_THAT(rows[0], ElementsAre("run", "arm", "point", "replicate", "status", "seed", "churn",
                                     "nps", "failure"));
    EXPECT_THAT(rows[2], ElementsAre("1", "scop", "0", "1", "done", "18446744073709551361", "1001",
                                     "2001", ""));
    EXPECT_THAT(rows[5], ElementsAre("4", "scop", "1", "0", "pending", testing::_, "", "", ""));
    EXPECT_THAT(rows[13], ElementsAre("12", "conventionnelle été", "1", "0", "failed", testing::_,
                                      "", "", "the bank said \"no\", twice"));
}

TEST(Export, has_the_series_of_finished_runs) {
    const sim::ScratchFolder folder("export_series");

    export_results(sim::ResultsReader(write_study(folder, sim::small_head())),
                   into(folder / "out"));

    const Rows rows = rows_of(folder / "out" / "series.csv");
    ASSERT_EQ(rows.size(), 1U + 10U * 3U); // ten finished runs, three months
    EXPECT_THAT(rows[0], ElementsAre("run", "time", "engagement_employee", "cash"));
    EXPECT_THAT(rows[3], ElementsAre("0", "2", "12000", "22000"));
    EXPECT_THAT(rows.back(), ElementsAre("15", "2", "12015", "22015"));
}

TEST(Export, has_means_and_the_design) {
    const sim::ScratchFolder folder("export_summary");

    export_results(sim::ResultsReader(write_study(folder, sim::small_head())),
                   into(folder / "out"));

    const Rows summary = rows_of(folder / "out" / "summary.csv");
    ASSERT_EQ(summary.size(), 9U);
    EXPECT_THAT(std::vector(summary[1].begin(), summary[1].begin() + 6),
                ElementsAre("scop", "0", "churn", "1/year", "4", "1001.5"));
    EXPECT_THAT(summary[3], ElementsAre("scop", "1", "churn", "1/year", "0", "", "", "", ""));
    EXPECT_THAT(rows_of(folder / "out" / "design.csv")[2], ElementsAre("1", "1", "1.5"));
}

TEST(Export, explains_every_column_of_every_file) {
    const sim::ScratchFolder folder("export_columns");

    const auto files = export_results(sim::ResultsReader(write_study(folder, sim::small_head())),
                                      into(folder / "out"));

    std::set<std::string> explained;
    const Rows dictionary = rows_of(folder / "out" / "columns.csv");
    for (const auto& row : dictionary) explained.insert(row[0] + ":" + row[1]);
    EXPECT_EQ(files.size(), 6U);
    for (const ExportedFile& file : files) {
        if (file.path.filename() == "columns.csv") continue;
        const Rows rows = rows_of(file.path);
        const std::size_t preamble = file.path.filename() == "behaviorspace.csv" ? 6 : 0;
        EXPECT_EQ(rows.size() - 1 - preamble, file.rows);
        for (const std::string& column : rows[preamble])
            EXPECT_TRUE(explained.contains(file.path.filename().string() + ":" + column)) << column;
    }
}

TEST(Export, numbers_read_back_to_the_same_bits) {
    const sim::ScratchFolder folder("export_bits");
    const sim::ResultsHead head = sim::small_head(1, 1);
    const auto path = folder / "study.h5";
    const std::vector<double> outcomes = {0.1 + 0.2, -4.9406564584124654e-324};
    const std::vector<float> series = {0.1F, 1.0F / 3.0F, 3.4e38F, -0.0F, NAN, 16777217.0F};
    {
        sim::ResultsWriter writer(path, head, {}, sim::ResultsWriter::Existing::refuse);
        sim::Record record = sim::telling_record(head, {0, 0, 0, 1});
        record.outcomes = outcomes;
        record.series = series;
        writer.write(record);
    }

    export_results(sim::ResultsReader(path), into(folder / "out"));

    const Rows runs = rows_of(folder / "out" / "runs.csv");
    const Rows rows = rows_of(folder / "out" / "series.csv");
    EXPECT_EQ(std::stod(runs[1][6]), outcomes[0]);
    EXPECT_EQ(std::strtod(runs[1][7].c_str(), nullptr), outcomes[1]);
    for (std::size_t time = 0; time < 3; ++time) {
        EXPECT_EQ(std::strtof(rows[time + 1][2].c_str(), nullptr), series[time]);
        const std::string& cash = rows[time + 1][3];
        if (time == 1) {
            EXPECT_EQ(cash, ""); // missing
        } else {
            EXPECT_EQ(std::strtof(cash.c_str(), nullptr), series[3 + time]);
        }
    }
}

TEST(Export, quotes_names_that_hold_commas_quotes_or_newlines) {
    const sim::ScratchFolder folder("export_quotes");
    sim::ResultsHead head = sim::small_head();
    head.arms = {"a, \"b\"\nc", "d"};

    export_results(sim::ResultsReader(write_study(folder, head)), into(folder / "out"));

    EXPECT_EQ(rows_of(folder / "out" / "runs.csv")[1][1], "a, \"b\"\nc");
    EXPECT_THAT(text_of(folder / "out" / "runs.csv"), HasSubstr("\"a, \"\"b\"\"\nc\""));
}

TEST(Export, replaces_files_only_when_asked) {
    const sim::ScratchFolder folder("export_refuse");
    const sim::ResultsReader results(write_study(folder, sim::small_head()));
    std::filesystem::create_directory(folder / "out");
    std::ofstream(folder / "out" / "summary.csv") << "mine";

    EXPECT_THROW(export_results(results, into(folder / "out")), sim::UserError);
    EXPECT_EQ(text_of(folder / "out" / "summary.csv"), "mine");
    EXPECT_FALSE(std::filesystem::exists(folder / "out" / "runs.csv"));

    export_results(results, into(folder / "out", ExportOptions::Existing::overwrite));
    EXPECT_EQ(rows_of(folder / "out" / "summary.csv").size(), 9U);
}

TEST(Export, refuses_a_folder_that_is_a_file) {
    const sim::ScratchFolder folder("export_file");
    const auto study = write_study(folder, sim::small_head());

    EXPECT_THROW(export_results(sim::ResultsReader(study), into(study)), sim::UserError);
}

TEST(Export, on_a_full_disk_leaves_no_file) {
    const sim::ScratchFolder folder("export_full");
    const auto study = write_study(folder, sim::small_head());
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{500, 500};
        setrlimit(RLIMIT_FSIZE, &limit);
        try {
            export_results(sim::ResultsReader(study), into(folder / "out"));
        } catch (const sim::RuntimeFailure& failure) {
            const std::string message = failure.what();
            std::_Exit(message.find("cannot be written (File too large)") == std::string::npos);
        }
        std::_Exit(2);
    }

    int status = 0;
    waitpid(child, &status, 0);

    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_TRUE(std::filesystem::is_empty(folder / "out"));
}

TEST(Export, is_read_by_pandas) {
    if (std::system("/usr/bin/python3 -c 'import pandas' 2> /dev/null") != 0)
        GTEST_SKIP() << "Debian's python3-pandas is not installed";
    const sim::ScratchFolder folder("export_pandas");
    export_results(sim::ResultsReader(write_study(folder, sim::small_head())),
                   into(folder / "out"));

    const std::string script =
        std::string("/usr/bin/python3 -B " CERCLE_SOURCE_DIR "/tests/analysis/read_export.py ") +
        (folder / "out").string();

    EXPECT_EQ(std::system(script.c_str()), 0);
}

}
