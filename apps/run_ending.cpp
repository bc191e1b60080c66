#include "apps/run_ending.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "analysis/wording.hpp"
#include "apps/progress.hpp"
#include "apps/verb.hpp"

namespace cercle::apps {
namespace {

constexpr std::size_t reasons_shown = 5;

/// "replicate 4", "replicates 0 to 15".
std::string replicates_text(const sim::Batch& batch) {
    if (batch.lanes == 1) return fmt::format("replicate {}", batch.first_replicate);
    return fmt::format("replicates {} to {}", batch.first_replicate,
                       batch.first_replicate + batch.lanes - 1);
}

void tell_failures(const Ending& ending) {
    if (ending.after.failed == 0) return;
    spdlog::error("{} of {} failed{}", ending.after.failed,
                  analysis::counted(ending.after.total(), "run"),
                  ending.failures.empty() ? " (cercle status tells why)" : ":");
    const std::size_t shown = std::min(reasons_shown, ending.failures.size());
    for (std::size_t which = 0; which < shown; ++which) {
        const auto& [batch, reason] = ending.failures[which];
        spdlog::error("  arm {}, point {}, {}: {}", batch.arm, batch.point, replicates_text(batch),
                      reason);
    }
}

}

std::string ending_json(const RunWish& wish, const Ending& ending) {
    nlohmann::ordered_json json = {
        {"file", wish.output.string()},  {"runs", ending.after.total()},
        {"done", ending.after.done},     {"kept", ending.before.done},
        {"failed", ending.after.failed}, {"stopped", ending.after.pending > 0},
        {"seconds", ending.seconds},     {"threads", wish.threads},
        {"lanes", wish.lanes},
    };
    for (const auto& [batch, reason] : ending.failures) {
        json["failures"].push_back({{"arm", batch.arm},
                                    {"point", batch.point},
                                    {"first_replicate", batch.first_replicate},
                                    {"lanes", batch.lanes},
                                    {"reason", reason}});
    }
    return json.dump(2) + "\n";
}

int tell_ending(const RunWish& wish, const Ending& ending) {
    const std::string file = wish.output.string();
    const std::string runs = analysis::counted(ending.after.total(), "run");
    tell_failures(ending);
    for (const std::string& trouble : ending.troubles) spdlog::error("{}", trouble);
    if (ending.after.pending > 0) {
        spdlog::warn("{}: stopped with {} of {} done; the file is valid and holds what is done "
                     "(--resume does the rest)",
                     file, ending.after.done, runs);
    }
    if (!ending.troubles.empty()) return exit_code::failure;
    if (ending.after.pending > 0) return exit_code::signal_base + ending.signal;
    const bool nothing_new = ending.before.done == ending.after.done && ending.failures.empty();
    if (!wish.quiet && !nothing_new) {
        spdlog::info("{}: {} of {} done in {}", file, ending.after.done, runs,
                     duration_text(ending.seconds));
    }
    return ending.after.failed > 0 ? exit_code::some_failed : exit_code::done;
}

}
