#include <cstdlib>
#include <string_view>

#include "sim/error.hpp"
#include "sim/ranks.hpp"

namespace cercle::sim {

Ranks::Ranks() {
    const char* started = std::getenv("OMPI_COMM_WORLD_SIZE");
    if (started != nullptr && std::string_view(started) != "1") {
        throw UserError("cercle: several processes were started of a program without MPI (each "
                        "would do the whole study); build one with: make mpi, and start "
                        "build/mpi/cercle");
    }
}

Ranks::~Ranks() = default;

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
