#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "analysis/inference/survey.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {

/// A folder for the files of a survey, gone when the test ends.
class SurveyFolder : public ::testing::Test {
protected:
    SurveyFolder() {
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::path(::testing::TempDir()) /
                  (std::string("cercle_") + info->test_suite_name() + "_" + info->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    ~SurveyFolder() override { std::filesystem::remove_all(folder_); }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
    }

    /// What is wrong with the files, in the reader's words; "accepted" where nothing is.
    std::string refusal() const {
        try {
            read_survey(folder_);
        } catch (const sim::UserError& error) {
            return error.what();
        }
        return "accepted";
    }

    std::filesystem::path folder_;
};

}
