#include "sim/results_merge.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sim/hdf5.hpp"
#include "sim/new_file.hpp"
#include "sim/results_file.hpp"
#include "sim/results_layout.hpp"

namespace cercle::sim {
namespace {

constexpr std::size_t most_bytes = 32 << 20; ///< of one dataset that are held at once
constexpr auto pending = static_cast<unsigned char>(RunStatus::pending);
constexpr auto done = static_cast<unsigned char>(RunStatus::done);
constexpr auto failed = static_cast<unsigned char>(RunStatus::failed);

Hdf5Handle open_results(const std::filesystem::path& path, unsigned access) {
    const Hdf5Handle properties = results_access();
    return {H5Fopen(path.c_str(), access, properties), H5Fclose, "open " + path.string()};
}

/// A dataset that has runs along its first three dimensions.
struct Column {
    std::string group; ///< "/", "series", "nodes"
    std::string name;
    hid_t type;
    std::size_t size;      ///< bytes of a value
    std::size_t width = 1; ///< values of a run
};

std::vector<Column> columns_of(const ResultsHead& head) {
    std::vector<Column> columns;
    for (const Metric& metric : head.outcomes)
        columns.push_back({"/", metric.name, H5T_NATIVE_DOUBLE, sizeof(double)});
    for (const Metric& metric : head.series) {
        if (head.times.empty()) break;
        columns.push_back(
            {"series", metric.name, H5T_NATIVE_FLOAT, sizeof(float), head.times.size()});
    }
    for (const Metric& metric : head.node_values)
        columns.push_back({"nodes", metric.name, H5T_NATIVE_DOUBLE, sizeof(double), head.nodes});
    return columns;
}

/// The study cut into blocks of runs that are contiguous in the file and fit in memory.
std::vector<Block> blocks_of(const ResultsHead& head, const std::vector<Column>& columns) {
    std::size_t widest = 1;
    for (const Column& column : columns) widest = std::max(widest, column.size * column.width);
    const std::size_t most = std::max<std::size_t>(1, most_bytes / widest);
    const std::size_t replicates = std::min(head.replicates, most);
    const std::size_t points = std::max<std::size_t>(1, most / head.replicates);
    std::vector<Block> blocks;
    for (std::size_t arm = 0; arm < head.arms.size(); ++arm) {
        for (std::size_t point = 0; point < head.points; point += points) {
            for (std::size_t first = 0; first < head.replicates; first += replicates) {
                blocks.push_back({{arm, point, first},
                                  {1, std::min(points, head.points - point),
                                   std::min(replicates, head.replicates - first)}});
            }
        }
    }
    return blocks;
}

std::size_t runs_in(const Block& block) { return block.count[1] * block.count[2]; }

std::vector<unsigned char> status_of(hid_t file, const Block& block) {
    std::vector<unsigned char> status(runs_in(block));
    read_block(open_dataset(file, "status"), block, H5T_NATIVE_UCHAR, status.data());
    return status;
}

/// Two files of one study, the runs of the second going into the first.
struct Files {
    Hdf5Handle into;
    Hdf5Handle from;
};

using Chosen = std::vector<bool>; ///< whether a run of a block is taken

void copy_column(const Files& files, const Column& column, Block block, const Chosen& chosen) {
    const Hdf5Handle target = open_dataset(open_group(files.into, column.group), column.name);
    const Hdf5Handle source = open_dataset(open_group(files.from, column.group), column.name);
    const std::size_t run_bytes = column.size * column.width;
    std::vector<char> values(chosen.size() * run_bytes), there(values.size());
    if (block.count.size() < dataset_shape(target).size()) {
        block.start.push_back(0);
        block.count.push_back(column.width);
    }
    read_block(source, block, column.type, values.data());
    read_block(target, block, column.type, there.data());
    for (std::size_t run = 0; run < chosen.size(); ++run) {
        if (chosen[run]) std::copy_n(&values[run * run_bytes], run_bytes, &there[run * run_bytes]);
    }
    write_block(target, block, column.type, there.data());
}

/// Why runs of a block failed; of one that had failed before and has not now, nothing.
void copy_failures(const Files& files, const Block& block, const Chosen& failures) {
    for (std::size_t run = 0; run < failures.size(); ++run) {
        if (!failures[run]) continue;
        const Block place{{block.start[0], block.start[1] + run / block.count[2],
                           block.start[2] + run % block.count[2], 0},
                          {1, 1, 1, failure_length}};
        std::string text(failure_length, '\0');
        read_block(open_dataset(files.from, "failure"), place, H5T_C_S1, text.data());
        write_block(open_dataset(files.into, "failure"), place, H5T_C_S1, text.data());
    }
}

void copy_block(const Files& files, const std::vector<Column>& columns, const Block& block,
                Taken& taken) {
    const auto before = status_of(files.into, block);
    auto after = status_of(files.from, block);
    Chosen chosen(after.size()), failures(after.size());
    for (std::size_t run = 0; run < after.size(); ++run) {
        chosen[run] = after[run] != pending && before[run] != done;
        failures[run] = chosen[run] && (before[run] == failed || after[run] == failed);
        if (!chosen[run]) after[run] = before[run];
        if (chosen[run]) ++(after[run] == failed ? taken.failed : taken.done);
    }
    if (std::ranges::find(chosen, true) == chosen.end()) return;
    for (const Column& column : columns) copy_column(files, column, block, chosen);
    copy_failures(files, block, failures);
    hdf5_check(H5Fflush(files.into, H5F_SCOPE_LOCAL), "flush the data of runs");
    write_block(open_dataset(files.into, "status"), block, H5T_NATIVE_UCHAR, after.data());
    hdf5_check(H5Fflush(files.into, H5F_SCOPE_LOCAL), "flush the status of runs");
}

}

Taken take_over(const std::filesystem::path& into, const std::filesystem::path& from) {
    const ResultsHead head = ResultsReader(from).head();
    const WriterLock lock(into);
    try {
        const Files files{open_results(into, H5F_ACC_RDWR), open_results(from, H5F_ACC_RDONLY)};
        const std::vector<Column> columns = columns_of(head);
        Taken taken;
        for (const Block& block : blocks_of(head, columns))
            copy_block(files, columns, block, taken);
        return taken;
    } catch (const RuntimeFailure& failure) {
        throw RuntimeFailure(fmt::format("{}: the runs of {} cannot be taken over: {}",
                                         into.string(), from.string(), failure.what()));
    }
}

}
