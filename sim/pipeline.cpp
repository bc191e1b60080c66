#include "sim/pipeline.hpp"

#include <fmt/format.h>

#include "sim/world.hpp"

namespace cercle::sim {

void Pipeline::advance(World& world, const Tick& tick) const {
    for (const Stage& stage : stages_) stage.process->advance(world, tick);
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
