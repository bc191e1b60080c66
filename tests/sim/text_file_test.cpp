#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "sim/error.hpp"
#include "sim/text_file.hpp"

namespace cercle::sim {
namespace {

namespace fs = std::filesystem;

class TextFiles : public ::testing::Test {
protected:
    TextFiles() : folder_(fs::path(::testing::TempDir()) / "cercle_text_files") {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    ~TextFiles() override { fs::remove_all(folder_); }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
    }

    fs::path folder_;
};

TEST_F(TextFiles, kept_texts_are_read_elsewhere_without_the_files) {
    const std::string odd("12 3 \0\r\n\xC3\xA9", 9); // looks like the lengths it is packed with
    write("ties.csv", odd);
    write("empty.csv", "");
    KeptTexts here;
    here.read(folder_ / "ties.csv", "file");
    here.read(folder_ / "empty.csv", "file");
    fs::remove(folder_ / "ties.csv");
    fs::remove(folder_ / "empty.csv");

    const auto there = std::make_shared<KeptTexts>();
    there->unpack(here.pack());

    const TextFolder folder(folder_, there);
    EXPECT_EQ((folder / "ties.csv").text("file"), odd);
    EXPECT_EQ((folder / "ties.csv").beside("empty.csv").text("file"), "");
}

TEST_F(TextFiles, texts_nobody_keeps_are_read_when_they_are_wanted) {
    write("a.csv", "one");
    const TextFile file = TextFolder(folder_) / "a.csv";
    EXPECT_EQ(file.text("file"), "one");

    write("a.csv", "two");

    EXPECT_EQ(file.text("file"), "two");
}

TEST_F(TextFiles, a_missing_file_is_not_kept_as_an_empty_one) {
    const TextFolder folder(folder_, std::make_shared<KeptTexts>());

    EXPECT_THROW((folder / "a.csv").text("file"), UserError);
    EXPECT_THROW((folder / "a.csv").text("file"), UserError);
}

}
}
