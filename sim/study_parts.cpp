#include "sim/study_parts.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <regex>
#include <system_error>

#include <fmt/format.h>

namespace cercle::sim {
namespace {

namespace fs = std::filesystem;

const std::string numbers = R"(\d+(-\d+)*)";

std::size_t place_of(const Batch& run, const ResultsHead& head) {
    return (run.arm * head.points + run.point) * head.replicates + run.first_replicate;
}

/// Replicates that stay together: as many as run side by side, fewer where a shard would then get
/// fewer than four blocks.
std::size_t replicates_together(const ResultsHead& head, std::size_t shards) {
    constexpr std::size_t blocks_each = 4;
    std::size_t together = 16;
    const auto blocks = [&] { return head.points * ((head.replicates + together - 1) / together); };
    while (together > 1 && blocks() < blocks_each * shards) together /= 2;
    return together;
}

/// How a file is named: `start`, what the regular expression `middle` describes, `end`.
struct Naming {
    std::string start;
    std::string middle;
    std::string end;

    bool fits(const std::string& name) const {
        return name.size() > start.size() + end.size() && name.starts_with(start) &&
               name.ends_with(end) &&
               std::regex_match(name.substr(start.size(), name.size() - start.size() - end.size()),
                                std::regex(middle));
    }
};

/// The files in the folder of `output` that are named so, in alphabetic order. A file of the user's
/// that only begins alike is none of ours.
std::vector<fs::path> neighbours(const fs::path& output, const Naming& ours) {
    std::vector<fs::path> files;
    std::error_code none;
    const fs::path folder = output.has_parent_path() ? output.parent_path() : fs::path(".");
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, none)) {
        const std::string name = entry.path().filename().string();
        if (ours.fits(name)) files.push_back(output.parent_path() / name);
    }
    std::ranges::sort(files);
    return files;
}

template <class Visit> void each_run(const Batch& batch, const Visit& visit) {
    for (std::size_t lane = 0; lane < batch.lanes; ++lane)
        visit(Batch{batch.arm, batch.point, batch.first_replicate + lane, 1});
}

}

std::string shard_text(const Shard& shard) {
    return fmt::format("shard {} of {}", shard.number, shard.count);
}

Shard shard_named(const std::string& text) {
    constexpr std::string_view start = "shard ", middle = " of ";
    Shard shard{0, 0};
    const std::size_t of = text.find(middle);
    if (!text.starts_with(start) || of == std::string::npos) return shard;
    std::from_chars(text.data() + start.size(), text.data() + of, shard.number);
    std::from_chars(text.data() + of + middle.size(), text.data() + text.size(), shard.count);
    return shard;
}

fs::path shard_path(const fs::path& output, const Shard& shard) {
    return beside(output, fmt::format("shard-{}-of-{}", shard.number, shard.count));
}

fs::path rank_path(const fs::path& output, std::size_t rank) {
    return beside(output, fmt::format("rank-{}", rank));
}

fs::path beside(const fs::path& output, const std::string& word) {
    return output.parent_path() /
           fmt::format("{}.{}{}", output.stem().string(), word, output.extension().string());
}

std::vector<fs::path> rank_files(const fs::path& output) {
    return files_beside(output, "rank-", output.extension().string());
}

std::vector<fs::path> files_beside(const fs::path& output, const std::string& word,
                                   const std::string& extension) {
    return neighbours(output, {output.stem().string() + "." + word, numbers, extension});
}

std::vector<fs::path> unfinished_beside(const fs::path& output, const std::string& word,
                                        const std::string& extension) {
    std::string literal;
    for (const char letter : extension)
        literal += std::isalnum(letter) ? std::string(1, letter) : std::string("\\") + letter;
    return neighbours(output, {"." + output.stem().string() + "." + word,
                               numbers + literal + R"(\.\d+(-\w+)?)", ".part"});
}

std::vector<Batch> only(const std::vector<Batch>& batches,
                        const std::function<bool(const Batch& run)>& wanted) {
    std::vector<Batch> kept;
    for (const Batch& batch : batches) {
        bool open = false; // whether the last piece goes on
        each_run(batch, [&](const Batch& run) {
            const bool take = wanted(run);
            if (take && open) ++kept.back().lanes;
            if (take && !open) kept.push_back(run);
            open = take;
        });
    }
    return kept;
}

std::vector<Batch> runs_of_shard(const std::vector<Batch>& batches, const ResultsHead& head,
                                 const Shard& shard) {
    const std::size_t together = replicates_together(head, shard.count);
    return only(batches, [&](const Batch& run) {
        // The next block starts one shard further, else a shard would hold few of the points.
        return (run.point + run.first_replicate / together) % shard.count == shard.number - 1;
    });
}

std::vector<Batch> still_to_run(const std::vector<Batch>& batches, const ResultsHead& head,
                                std::span<const RunStatus> status, Failed failed) {
    return only(batches, [&](const Batch& run) {
        const RunStatus now = status[place_of(run, head)];
        return now == RunStatus::pending || (now == RunStatus::failed && failed == Failed::again);
    });
}

Standing standing_of(const std::vector<Batch>& batches, const ResultsHead& head,
                     std::span<const RunStatus> status) {
    Standing standing;
    for (const Batch& batch : batches) {
        each_run(batch, [&](const Batch& run) {
            switch (status[place_of(run, head)]) {
            case RunStatus::done:
                ++standing.done;
                break;
            case RunStatus::failed:
                ++standing.failed;
                break;
            case RunStatus::pending:
                ++standing.pending;
                break;
            }
        });
    }
    return standing;
}

}
