#include <csignal>
#include <fstream>
#include <functional>

#include <hdf5.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/error.hpp"
#include "sim/results_file.hpp"
#include "tests/sim/small_study.hpp"

namespace cercle::sim {

namespace {

using Existing = ResultsWriter::Existing;
using testing::HasSubstr;

template <class Error> std::string message_of(const std::function<void()>& attempt) {
    try {
        attempt();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error of this kind";
}

std::string reading(const std::filesystem::path& path) {
    return message_of<UserError>([&] { const ResultsReader reader(path); });
}

std::string making(const std::filesystem::path& path, Existing existing) {
    return message_of<UserError>(
        [&] { const ResultsWriter writer(path, small_head(), {}, existing); });
}

void write_text(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

void make_foreign_hdf5(const std::filesystem::path& path) {
    H5Fclose(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
}

void raise_format_version(const std::filesystem::path& path) {
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t version = H5Aopen(file, "format_version", H5P_DEFAULT);
    const int newer = results_format_version + 1;
    H5Awrite(version, H5T_NATIVE_INT, &newer);
    H5Aclose(version);
    H5Fclose(file);
}

/// Runs `work` in a process of its own whose files may not grow beyond `bytes`: the disk is full.
/// Gives its exit code.
int with_full_disk(rlim_t bytes, const std::function<int()>& work) {
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{bytes, bytes};
        setrlimit(RLIMIT_FSIZE, &limit);
        std::exit(work()); // as the program ends: what runs at exit must not fail either
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}

TEST(ResultsReading, names_what_is_wrong_with_a_file) {
    const ScratchFolder folder("reading");
    { ResultsWriter writer(folder / "good.h5", small_head(), {}, Existing::refuse); }
    write_text(folder / "empty.h5", "");
    write_text(folder / "text.h5", "run;outcome\n1;2\n");
    make_foreign_hdf5(folder / "foreign.h5");
    std::filesystem::copy_file(folder / "good.h5", folder / "newer.h5");
    raise_format_version(folder / "newer.h5");

    EXPECT_THAT(reading(folder / "none.h5"), HasSubstr("no such file"));
    EXPECT_THAT(reading(folder.path()), HasSubstr("is a folder"));
    EXPECT_THAT(reading(folder / "empty.h5"), HasSubstr("is empty"));
    EXPECT_THAT(reading(folder / "text.h5"), HasSubstr("not HDF5"));
    EXPECT_THAT(reading(folder / "foreign.h5"), HasSubstr("of another kind"));
    EXPECT_THAT(reading(folder / "newer.h5"), HasSubstr("newer than this program (format 2"));
}

TEST(ResultsReading, refuses_a_file_cut_anywhere) {
    const ScratchFolder folder("cut");
    { ResultsWriter writer(folder / "good.h5", small_head(), {}, Existing::refuse); }
    const auto size = std::filesystem::file_size(folder / "good.h5");

    for (std::uintmax_t part = 1; part < 40; ++part) {
        const auto cut = folder / "cut.h5";
        std::filesystem::copy_file(folder / "good.h5", cut,
                                   std::filesystem::copy_options::overwrite_existing);
        std::filesystem::resize_file(cut, size * part / 40);

        EXPECT_THAT(reading(cut), HasSubstr("cut short or damaged")) << part;
    }
}

TEST(ResultsMaking, refuses_a_place_that_is_taken_or_not_there) {
    const ScratchFolder folder("making");
    write_text(folder / "taken.h5", "old");

    EXPECT_THAT(making(folder / "taken.h5", Existing::refuse), HasSubstr("exists already"));
    EXPECT_THAT(making(folder / "taken.h5", Existing::overwrite), HasSubstr("no result file"));
    EXPECT_THAT(making(folder.path(), Existing::overwrite), HasSubstr("is a folder"));
    EXPECT_THAT(making(folder / "no/such/a.h5", Existing::refuse), HasSubstr("does not exist"));
    EXPECT_THAT(making("/dev/null", Existing::overwrite), HasSubstr("no regular file"));
    EXPECT_EQ(std::filesystem::file_size(folder / "taken.h5"), 3U);
    EXPECT_EQ(folder.files(), 1U);
}

TEST(ResultsMaking, refuses_a_folder_it_may_not_write) {
    const ScratchFolder folder("readonly");
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));

    const pid_t child = fork();
    if (child == 0) {
        // The superuser may write anywhere; nobody may not.
        if (geteuid() == 0 && setuid(65534) != 0) std::_Exit(3);
        const std::string message = making(folder / "a.h5", Existing::refuse);
        std::_Exit(message.find("cannot be written (Permission denied)") == std::string::npos);
    }
    int status = 0;
    waitpid(child, &status, 0);

    EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(ResultsMaking, replaces_a_result_only_when_asked) {
    const ScratchFolder folder("replace");
    { ResultsWriter writer(folder / "a.h5", small_head(4), {}, Existing::refuse); }

    EXPECT_THAT(making(folder / "a.h5", Existing::refuse), HasSubstr("--overwrite"));
    EXPECT_EQ(ResultsReader(folder / "a.h5").head().replicates, 4U);
    { ResultsWriter writer(folder / "a.h5", small_head(7), {}, Existing::overwrite); }
    EXPECT_EQ(ResultsReader(folder / "a.h5").head().replicates, 7U);
}

TEST(ResultsMaking, resumes_the_same_study_and_no_other) {
    const ScratchFolder folder("resume");
    {
        ResultsWriter writer(folder / "a.h5", small_head(), {}, Existing::refuse);
        writer.write(telling_record(small_head(), {0, 0, 0, 4}));
    }

    {
        ResultsWriter writer(folder / "a.h5", small_head(), {}, Existing::resume);
        writer.write(telling_record(small_head(), {1, 0, 0, 4}));
    }

    const auto churn = ResultsReader(folder / "a.h5").outcome("churn");
    EXPECT_EQ(churn[0], 1000.0);
    EXPECT_EQ(churn[8], 1008.0);
    const std::string refusal = message_of<UserError>(
        [&] { const ResultsWriter writer(folder / "a.h5", small_head(9), {}, Existing::resume); });
    EXPECT_THAT(refusal, HasSubstr("holds another study (4 replicates there, 9 here"));
    EXPECT_THAT(making(folder / "none.h5", Existing::resume), HasSubstr("no such file"));
}

TEST(FullDisk, while_laying_out_is_told_and_leaves_nothing) {
    const ScratchFolder folder("full_layout");
    const ResultsHead head = small_head(20'000);

    for (const rlim_t room : {0UL, 1000UL, 20'000UL, 100'000UL, 1'000'000UL}) {
        const int code = with_full_disk(room, [&] {
            const std::string message = message_of<RuntimeFailure>(
                [&] { const ResultsWriter writer(folder / "a.h5", head, {}, Existing::refuse); });
            const bool clear = message.find("a.h5: cannot ") != std::string::npos &&
                               message.find("(File too large)") != std::string::npos;
            if (!clear) std::fprintf(stderr, "%s\n", message.c_str());
            return clear ? 0 : 1;
        });

        EXPECT_EQ(code, 0) << room;
        EXPECT_EQ(folder.files(), 0U) << room;
    }
}

TEST(FullDisk, while_laying_out_leaves_the_old_file_untouched) {
    const ScratchFolder folder("full_old");
    { ResultsWriter writer(folder / "a.h5", small_head(3), {}, Existing::refuse); }

    with_full_disk(10'000, [&] {
        message_of<RuntimeFailure>([&] {
            const ResultsWriter writer(folder / "a.h5", small_head(20'000), {},
                                       Existing::overwrite);
        });
        return 0;
    });

    EXPECT_EQ(ResultsReader(folder / "a.h5").head().replicates, 3U);
    EXPECT_EQ(folder.files(), 1U);
}

TEST(FullDisk, while_writing_is_told_and_leaves_a_file_that_opens) {
    const ScratchFolder folder("full_write");
    const ResultsHead head = small_head();
    { ResultsWriter writer(folder / "a.h5", head, {}, Existing::refuse); }

    const int code = with_full_disk(2000, [&] {
        const std::string message = message_of<RuntimeFailure>([&] {
            ResultsWriter writer(folder / "a.h5", head, {}, Existing::resume);
            writer.write(telling_record(head, {0, 0, 0, 4}));
        });
        return message.find("a.h5: cannot write a batch of runs (File too large)") ==
               std::string::npos;
    });

    EXPECT_EQ(code, 0);
    EXPECT_THAT(ResultsReader(folder / "a.h5").status(), testing::Each(RunStatus::pending));
}

}
