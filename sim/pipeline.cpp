#include "sim/pipeline.hpp"

#include <fmt/format.h>

#include "sim/world.hpp"

namespace cercle::sim {

std::size_t Process::advance_along(World& world, const Tick& tick, std::span<const Stage>) const {
    advance(world, tick);
    return 1;
}

void Pipeline::advance(World& world, const Tick& tick) const {
    for (std::span<const Stage> left = stages_; !left.empty();) {
        left = left.subspan(left.front().process->advance_along(world, tick, left));
    }
    ++world.step;
}

std::string Pipeline::text() const {
    std::string lines;
    for (std::size_t i = 0; i < stages_.size(); ++i) {
        const Stage& stage = stages_[i];
        lines +=
            fmt::format("{:>4}  {:<10} {:<26} {}\n", i + 1, stage.stage, stage.name, stage.meaning);
    }
    return lines;
}

}
