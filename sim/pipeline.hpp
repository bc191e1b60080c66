#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cercle::sim {

struct Stage;
struct World;

/// The moment a process works in.
struct Tick {
    std::uint32_t step = 1; ///< the step being made; the first after the founding (0) is 1
    double months = 1.0;    ///< length of a step
};

/// One mechanism at work: reads old columns, writes its own. It has no state that changes.
class Process {
public:
    virtual ~Process() = default;
    virtual void advance(World& world, const Tick& tick) const = 0;
    /// Advances the first of these stages, which is this process, and as many of the next as it can
    /// take along in one pass over their entities; returns how many. The bits are those of one
    /// after the other.
    virtual std::size_t advance_along(World& world, const Tick& tick,
                                      std::span<const Stage> stages) const;
};

/// A process with its name and stage, as the printed plan shows them.
struct Stage {
    std::string name;
    std::string stage;
    std::string meaning;
    std::unique_ptr<Process> process;
};

/// The processes of a step, in order.
class Pipeline {
public:
    void add(Stage stage) { stages_.push_back(std::move(stage)); }
    void advance(World& world, const Tick& tick) const;
    const std::vector<Stage>& stages() const { return stages_; }
    /// One line for each process: number, stage, name, meaning.
    std::string text() const;

private:
    std::vector<Stage> stages_;
};

}
