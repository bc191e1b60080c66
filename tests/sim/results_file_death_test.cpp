#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "sim/results_file.hpp"
#include "tests/sim/small_study.hpp"

namespace cercle::sim {

namespace {

constexpr std::size_t lanes = 8;

/// Writes a study batch by batch, again and again, until it is killed; tells each finished write.
[[noreturn]] void write_for_ever(const std::filesystem::path& path, const ResultsHead& head,
                                 std::atomic<int>& written) {
    while (true) {
        ResultsWriter writer(path, head, small_networks(), ResultsWriter::Existing::overwrite);
        for (std::size_t first = 0; first < head.replicates; first += lanes) {
            for (std::size_t arm = 0; arm < 2; ++arm) {
                writer.write(telling_record(head, {arm, 0, first, lanes}));
                ++written;
            }
        }
        writer.annotate({{"ended", "complete"}}, {{"seconds", 1.0}});
    }
}

/// A counter that a child process and its parent both see.
class SharedCounter {
public:
    SharedCounter()
        : page_(mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0)),
          value_(new (page_) std::atomic<int>(0)) {}
    ~SharedCounter() { munmap(page_, sizeof(std::atomic<int>)); }
    SharedCounter(const SharedCounter&) = delete;
    SharedCounter& operator=(const SharedCounter&) = delete;

    std::atomic<int>& value() { return *value_; }

private:
    void* page_;
    std::atomic<int>* value_;
};

/// Kills a writing process `delay` after its write number `writes`, however busy the machine is.
void kill_a_writer(const std::filesystem::path& path, const ResultsHead& head, int writes,
                   std::chrono::microseconds delay) {
    SharedCounter written;
    const pid_t child = fork();
    if (child == 0) write_for_ever(path, head, written.value());
    while (written.value() < writes && waitpid(child, nullptr, WNOHANG) == 0)
        std::this_thread::sleep_for(std::chrono::microseconds(20));
    std::this_thread::sleep_for(delay);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
}

/// Checks every run that claims to be done; gives their number.
std::size_t check_done_runs(const std::filesystem::path& path, const ResultsHead& head) {
    const ResultsReader reader(path);
    const auto status = reader.status();
    const auto churn = reader.outcome("churn");
    const auto nps = reader.outcome("nps");
    std::size_t done = 0;
    for (std::size_t run = 0; run < status.size(); ++run) {
        if (status[run] != RunStatus::done) continue;
        const Batch alone{run / head.replicates, 0, run % head.replicates, 1};
        const Record expected = telling_record(head, alone);
        EXPECT_EQ(churn[run], expected.outcomes[0]);
        EXPECT_EQ(nps[run], expected.outcomes[1]);
        const auto cash = reader.series("cash", alone);
        EXPECT_TRUE(std::equal(cash.begin(), cash.end(), expected.series.begin() + 3));
        ++done;
    }
    return done;
}

}

TEST(SuddenDeath, leaves_a_file_that_opens_with_right_data_in_every_finished_run) {
    const ScratchFolder folder("death");
    const ResultsHead head = small_head(800, 1);
    constexpr int attempts = 30; // spread over the 200 writes of a study, its layout and its ending
    std::size_t cut_in_the_middle = 0;

    for (int attempt = 0; attempt < attempts; ++attempt) {
        const std::chrono::microseconds delay(attempt * attempt % 7 * 131);
        kill_a_writer(folder / "a.h5", head, 1 + attempt * 7, delay);
        const std::size_t done = check_done_runs(folder / "a.h5", head);
        if (done > 0 && done < 1600) ++cut_in_the_middle;
    }

    EXPECT_GE(cut_in_the_middle, 5U); // else the test has shown nothing
}

}
