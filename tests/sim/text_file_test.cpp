#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "sim/error.hpp"
#include "sim/text_file.hpp"
#include "tests/sim/small_study.hpp"

namespace cercle::sim {
namespace {

void write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

TEST(TextFiles, kept_texts_are_read_elsewhere_without_the_files) {
    const ScratchFolder scratch("text_files");
    const std::string odd("12 3 \0\r\n\xC3\xA9", 9); // looks like the lengths it is packed with
    write(scratch / "ties.csv", odd);
    write(scratch / "empty.csv", "");
    KeptTexts here;
    here.read(scratch / "ties.csv", "file");
    here.read(scratch / "empty.csv", "file");
    std::filesystem::remove(scratch / "ties.csv");
    std::filesystem::remove(scratch / "empty.csv");

    const auto there = std::make_shared<KeptTexts>();
    there->unpack(here.pack());

    const TextFolder folder(scratch.path(), there);
    EXPECT_EQ((folder / "ties.csv").text("file"), odd);
    EXPECT_EQ((folder / "ties.csv").beside("empty.csv").text("file"), "");
}

TEST(TextFiles, texts_nobody_keeps_are_read_when_they_are_wanted) {
    const ScratchFolder scratch("text_files");
    write(scratch / "a.csv", "one");
    const TextFile file = TextFolder(scratch.path()) / "a.csv";
    EXPECT_EQ(file.text("file"), "one");

    write(scratch / "a.csv", "two");

    EXPECT_EQ(file.text("file"), "two");
}

TEST(TextFiles, a_missing_file_is_not_kept_as_an_empty_one) {
    const ScratchFolder scratch("text_files");
    const TextFolder folder(scratch.path(), std::make_shared<KeptTexts>());

    EXPECT_THROW((folder / "a.csv").text("file"), UserError);
    EXPECT_THROW((folder / "a.csv").text("file"), UserError);
}

}
}
