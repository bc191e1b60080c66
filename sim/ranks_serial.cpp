#include <cstdlib>
#include <string_view>

#include "sim/error.hpp"
#include "sim/ranks.hpp"

namespace cercle::sim {

Ranks::Ranks() {
    // As mpirun, srun with PMI and srun alone tell how many were started.
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"}) {
        const char* started = std::getenv(name);
        if (started == nullptr || std::string_view(started) == "1") continue;
        throw UserError("cercle: several processes were started of a program without MPI (each "
                        "would do the whole study); build one with: make mpi, and start "
                        "build/mpi/cercle");
    }
}

Ranks::~Ranks() = default;

void Ranks::end_all(int exit_code) const { std::exit(exit_code); }

std::string Ranks::shared(const std::string& text) const { return text; }

std::vector<std::string> Ranks::gathered(const std::string& text) const { return {text}; }

struct SharedCounter::Parts {
    std::size_t limit;
    std::size_t next = 0;
};

SharedCounter::SharedCounter(const Ranks&, std::size_t limit)
    : parts_(std::make_unique<Parts>(limit)) {}

SharedCounter::~SharedCounter() = default;

std::optional<std::size_t> SharedCounter::next(std::size_t) {
    if (parts_->next == parts_->limit) return std::nullopt;
    return parts_->next++;
}

std::size_t SharedCounter::ended_elsewhere() const { return 0; }

}
