#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "scenarios/network_files.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {

namespace fs = std::filesystem;

/// A folder of small files, and what the reader says of them.
class NetworkFiles : public testing::Test {
protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::path(testing::TempDir()) / (std::string("cercle_files_") + info->name());
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    fs::path write(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return folder_ / name;
    }
    OfficeFiles files() const { return {.ties = folder_ / "ties.csv"}; }
    std::string message(const OfficeFiles& files) const {
        try {
            read_office(files);
        } catch (const sim::UserError& error) {
            return error.what();
        }
        return {};
    }
    std::string message() const { return message(files()); }

    fs::path folder_;
};

}
