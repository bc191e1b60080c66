#pragma once

#include <cstddef>
#include <functional>

namespace cercle::sim {

/// Entities worked on together: a multiple of four (whole random blocks), small enough for the
/// random words of sixteen lanes to stay in the first-level cache.
inline constexpr std::size_t block_entities = 64;
inline constexpr std::size_t max_lanes = 16;
inline constexpr std::size_t block_rows = block_entities * max_lanes;

/// A call of someone else's function object: a pointer and no allocation.
template <class Signature> class Callback;
template <class... Arguments> class Callback<void(Arguments...)> {
public:
    template <class Function>
    Callback(const Function& function) // NOLINT(google-explicit-constructor): stands in for it
        : object_(&function), call_([](const void* object, Arguments... arguments) {
              (*static_cast<const Function*>(object))(arguments...);
          }) {}
    void operator()(Arguments... arguments) const { call_(object_, arguments...); }

private:
    const void* object_;
    void (*call_)(const void*, Arguments...);
};

/// Calls `visit(first, last)` for every block of entities [0, count). Blocks run in parallel when
/// the work is worth it (`rows` = count * lanes); a visit writes its own rows and reads old
/// columns.
void for_each_block(std::size_t count, std::size_t lanes,
                    Callback<void(std::size_t, std::size_t)> visit);

/// How many results of `in_order` may be alive at once on this number of threads.
inline std::size_t slots_for(std::size_t threads) { return 2 * threads; }

/// Works on tasks 0 .. count - 1 on `threads` threads: `work(task, slot)` in parallel, then
/// `commit(task, slot)` one at a time in order of tasks. A slot (< slots_for(threads)) belongs to
/// one task from its work to the end of its commit. `proceed()` is asked before each task; once it
/// says no, the tasks in flight are finished and the rest is left.
struct InOrder {
    std::size_t count = 0;
    std::size_t threads = 1;
    std::function<bool()> proceed;
    std::function<void(std::size_t task, std::size_t slot)> work;
    std::function<void(std::size_t task, std::size_t slot)> commit;
};
void in_order(const InOrder& tasks);

}
