#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <thread>

#include <mpi.h>

#include "sim/error.hpp"
#include "sim/ranks.hpp"

namespace cercle::sim {
namespace {

constexpr int asking = 1, answering = 2, leaving = 3; ///< tags of messages
constexpr int first_rank = 0;
constexpr std::size_t longest_message = std::size_t{1} << 30;

/// Numbers given out at once: `first` .. `first + count - 1`.
using Range = std::array<std::uint64_t, 2>;

std::size_t size_of(MPI_Comm group) {
    int size = 0;
    MPI_Comm_size(group, &size);
    return static_cast<std::size_t>(size);
}

std::size_t ranks_on_this_machine() {
    MPI_Comm machine = MPI_COMM_NULL;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
    const std::size_t count = size_of(machine);
    MPI_Comm_free(&machine);
    return count;
}

}

Ranks::Ranks() {
    int provided = 0;
    // Whichever thread is ready asks for work, one at a time.
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
    if (provided < MPI_THREAD_SERIALIZED)
        throw RuntimeFailure("this MPI does not let a program have threads");
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    rank_ = static_cast<std::size_t>(rank);
    count_ = size_of(MPI_COMM_WORLD);
    beside_ = ranks_on_this_machine();
}

Ranks::~Ranks() { MPI_Finalize(); }

void Ranks::end_all(int exit_code) const {
    MPI_Abort(MPI_COMM_WORLD, exit_code);
    std::abort(); // not reached
}

std::string Ranks::shared(const std::string& text) const {
    std::uint64_t size = text.size();
    MPI_Bcast(&size, 1, MPI_UINT64_T, first_rank, MPI_COMM_WORLD);
    std::string copy = first() ? text : std::string(size, '\0');
    for (std::size_t from = 0; from < size; from += longest_message) {
        MPI_Bcast(copy.data() + from, static_cast<int>(std::min(longest_message, size - from)),
                  MPI_CHAR, first_rank, MPI_COMM_WORLD);
    }
    return copy;
}

std::vector<std::string> Ranks::gathered(const std::string& text) const {
    if (!first()) {
        MPI_Send(text.data(), static_cast<int>(text.size()), MPI_CHAR, first_rank, answering,
                 MPI_COMM_WORLD);
        return {};
    }
    std::vector<std::string> texts = {text};
    for (int rank = 1; rank < static_cast<int>(count_); ++rank) {
        MPI_Status status;
        MPI_Probe(rank, answering, MPI_COMM_WORLD, &status);
        int size = 0;
        MPI_Get_count(&status, MPI_CHAR, &size);
        texts.emplace_back(static_cast<std::size_t>(size), '\0');
        MPI_Recv(texts.back().data(), size, MPI_CHAR, rank, answering, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    }
    return texts;
}

/// A manager on rank 0 answers the others by messages, which every network carries; one-sided
/// memory of MPI stands still on some while its owner computes.
struct SharedCounter::Parts {
    Parts(const Ranks& all, std::size_t upto)
        : rank(all.rank()), ranks(all.count()), limit(upto), ended(all.count(), 0) {
        if (rank == 0 && ranks > 1) manager = std::jthread([this] { serve(); });
    }

    /// Fewer at a time towards the end, so that all ranks end together.
    Range take(std::size_t most) {
        const std::lock_guard guard(mutex);
        const std::size_t fair = std::max<std::size_t>(1, (limit - given) / (ranks * 16));
        const std::size_t count = std::min({most, fair, limit - given});
        given += count;
        return {given - count, count};
    }

    void serve();
    void answer(int rank);
    void ask(std::uint64_t runs_ended);

    std::size_t rank;
    std::size_t ranks;
    std::size_t limit;
    std::mutex mutex;
    std::size_t given = 0;
    Range mine = {0, 0};              ///< given to this rank and not yet begun
    std::vector<std::uint64_t> ended; ///< runs, of each rank
    std::atomic<std::size_t> elsewhere = 0;
    std::jthread manager;
};

void SharedCounter::Parts::answer(int asker) {
    constexpr std::size_t most = 64;
    auto& told = ended[static_cast<std::size_t>(asker)];
    const std::uint64_t before = told;
    MPI_Recv(&told, 1, MPI_UINT64_T, asker, asking, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    elsewhere += told - before;
    const Range range = take(most);
    MPI_Send(range.data(), 2, MPI_UINT64_T, asker, answering, MPI_COMM_WORLD);
}

void SharedCounter::Parts::serve() {
    // Ten thousand looks a second cost the runs beside it 5 %.
    constexpr std::chrono::milliseconds pause(2);
    for (std::size_t working = ranks - 1; working > 0;) {
        int came = 0;
        MPI_Status status;
        MPI_Iprobe(MPI_ANY_SOURCE, leaving, MPI_COMM_WORLD, &came, &status);
        if (came) {
            MPI_Recv(nullptr, 0, MPI_CHAR, status.MPI_SOURCE, leaving, MPI_COMM_WORLD,
                     MPI_STATUS_IGNORE);
            --working;
            continue;
        }
        MPI_Iprobe(MPI_ANY_SOURCE, asking, MPI_COMM_WORLD, &came, &status);
        if (came) {
            answer(status.MPI_SOURCE);
        } else {
            std::this_thread::sleep_for(pause);
        }
    }
}

void SharedCounter::Parts::ask(std::uint64_t runs_ended) {
    if (rank == 0) {
        mine = take(1);
        return;
    }
    MPI_Send(&runs_ended, 1, MPI_UINT64_T, first_rank, asking, MPI_COMM_WORLD);
    MPI_Recv(mine.data(), 2, MPI_UINT64_T, first_rank, answering, MPI_COMM_WORLD,
             MPI_STATUS_IGNORE);
}

SharedCounter::SharedCounter(const Ranks& ranks, std::size_t limit)
    : parts_(std::make_unique<Parts>(ranks, limit)) {}

SharedCounter::~SharedCounter() {
    if (parts_->rank != 0) MPI_Send(nullptr, 0, MPI_CHAR, first_rank, leaving, MPI_COMM_WORLD);
    if (parts_->manager.joinable()) parts_->manager.join();
}

std::optional<std::size_t> SharedCounter::next(std::size_t ended) {
    Range& mine = parts_->mine;
    if (mine[1] == 0) parts_->ask(ended);
    if (mine[1] == 0) return std::nullopt;
    --mine[1];
    return mine[0]++;
}

std::size_t SharedCounter::ended_elsewhere() const { return parts_->elsewhere; }

}
