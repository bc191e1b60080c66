#include "apps/output.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/error.hpp"

namespace cercle::apps {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

/// A folder of its own for each test, gone at its end.
class OutputFile : public testing::Test {
protected:
    OutputFile()
        : folder_(fs::temp_directory_path() /
                  (std::string("cercle-output-") +
                   testing::UnitTest::GetInstance()->current_test_info()->name())) {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    ~OutputFile() override { fs::remove_all(folder_); }

    std::string refusal(const fs::path& path, Existing existing = Existing::refuse) const {
        try {
            check_output_file(path, existing);
        } catch (const sim::UserError& error) {
            return error.what();
        }
        return "accepted";
    }

    fs::path folder_;
};

TEST_F(OutputFile, is_accepted_where_it_can_be_written_and_leaves_nothing_behind) {
    EXPECT_EQ(refusal(folder_ / "a.h5"), "accepted");
    EXPECT_EQ(refusal(folder_ / "new" / "a.h5"), "accepted");
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(OutputFile, is_refused_below_more_than_one_missing_folder) {
    EXPECT_THAT(refusal(folder_ / "new" / "deeper" / "a.h5"),
                AllOf(HasSubstr("there is no folder"), HasSubstr("mkdir -p")));
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(OutputFile, that_exists_is_refused_unless_it_may_be_overwritten) {
    std::ofstream(folder_ / "a.h5") << "old";

    EXPECT_THAT(refusal(folder_ / "a.h5"), HasSubstr("exists already"));
    EXPECT_EQ(refusal(folder_ / "a.h5", Existing::overwrite), "accepted");
}

TEST_F(OutputFile, is_not_a_folder_nor_below_a_file_nor_stdout) {
    std::ofstream(folder_ / "file") << "x";

    EXPECT_THAT(refusal(folder_), HasSubstr("is a folder"));
    EXPECT_THAT(refusal(folder_ / "file" / "a.h5"), HasSubstr("cannot be written"));
    EXPECT_THAT(refusal("-"), HasSubstr("stdout"));
}

TEST_F(OutputFile, is_refused_where_the_system_writes_nothing) {
    EXPECT_THAT(refusal("/proc/a.h5"), HasSubstr("cannot be written (/proc:"));
}

}
}
