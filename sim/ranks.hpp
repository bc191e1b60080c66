#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cercle::sim {

/// The processes that mpirun or srun started together, numbered from 0; one alone without MPI.
/// Every call is made by all of them, in the same order. Make it after signals are blocked.
class Ranks {
public:
    /// Throws UserError when several processes were started of a program that was built without
    /// MPI.
    Ranks();
    ~Ranks();
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;

    std::size_t rank() const { return rank_; }
    std::size_t count() const { return count_; }
    bool first() const { return rank_ == 0; }
    /// Ranks on this rank's machine.
    std::size_t beside() const { return beside_; }

    /// The text of rank 0, on all ranks.
    std::string shared(const std::string& text) const;
    /// The texts of all ranks in their order, on rank 0; nothing on the others.
    std::vector<std::string> gathered(const std::string& text) const;
    /// Ends this process and all other ranks, wherever they are; by any one of them.
    [[noreturn]] void end_all(int exit_code) const;

private:
    std::size_t rank_ = 0;
    std::size_t count_ = 1;
    std::size_t beside_ = 1;
};

/// Gives out the numbers 0 .. limit - 1, each to one of the ranks that ask: whoever is ready takes
/// the next ones, so that none idles while there is work. Lives between two other calls of Ranks.
class SharedCounter {
public:
    SharedCounter(const Ranks& ranks, std::size_t limit);
    /// Waits on rank 0 until every rank has destroyed its own.
    ~SharedCounter();
    SharedCounter(const SharedCounter&) = delete;
    SharedCounter& operator=(const SharedCounter&) = delete;

    /// The next number for this rank, which has ended `ended` runs so far; by one thread at a time.
    std::optional<std::size_t> next(std::size_t ended);
    /// On rank 0: runs that the other ranks told they have ended.
    std::size_t ended_elsewhere() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}
