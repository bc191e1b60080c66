#include "sim/checkpoint.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <regex>
#include <span>

#include <boost/crc.hpp>
#include <fmt/format.h>

#include "sim/new_file.hpp"
#include "sim/study_parts.hpp"

namespace cercle::sim {
namespace {

namespace fs = std::filesystem;

const std::string first_words = "cercle checkpoint 2";
const std::string last_words = "end of checkpoint";

using Checksum = boost::crc_optimal<64, 0x42F0E1EBA9EA3693, 0, 0, false, false>; // ECMA-182

/// Writes arrays one after the other: length, then bytes; at last the checksum of them all. Native
/// byte order: a checkpoint goes on where it was made.
class Pack {
public:
    explicit Pack(const fs::path& path) : stream_(path, std::ios::binary) {}

    template <class T> void operator()(std::span<const T> values) {
        const std::uint64_t length = values.size();
        write(&length, sizeof length);
        write(values.data(), values.size_bytes());
    }
    template <class T> void operator()(const std::vector<T>& values) {
        (*this)(std::span<const T>(values));
    }
    void operator()(const std::string& text) { (*this)(std::span<const char>(text)); }
    /// Whether all of it, with its checksum, is in the file.
    bool went_well() {
        const std::uint64_t checksum = checksum_.checksum();
        write(&checksum, sizeof checksum);
        return static_cast<bool>(stream_.flush());
    }

private:
    void write(const void* bytes, std::size_t count) {
        checksum_.process_bytes(bytes, count);
        stream_.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(count));
    }

    std::ofstream stream_;
    Checksum checksum_;
};

/// Reads what Pack wrote into arrays of the same lengths; says no once something differs.
class Unpack {
public:
    explicit Unpack(const fs::path& path) : stream_(path, std::ios::binary) {}

    template <class T> bool operator()(std::span<T> values) {
        if (length() != values.size()) return false;
        stream_.read(reinterpret_cast<char*>(values.data()),
                     static_cast<std::streamsize>(values.size_bytes()));
        return static_cast<bool>(stream_);
    }
    template <class T> bool operator()(std::vector<T>& values) {
        return (*this)(std::span<T>(values));
    }
    /// An array of any length up to `most`.
    template <class T> bool resized(std::vector<T>& values, std::uint64_t most) {
        const auto place = stream_.tellg();
        const std::uint64_t count = length();
        if (!stream_ || count > most) return false;
        stream_.seekg(place);
        values.resize(count);
        return (*this)(std::span<T>(values));
    }
    bool expect(const std::string& text) {
        std::string found(text.size(), '\0');
        return (*this)(std::span<char>(found)) && found == text;
    }

private:
    std::uint64_t length() {
        std::uint64_t length = ~std::uint64_t{0};
        stream_.read(reinterpret_cast<char*>(&length), sizeof length);
        return length;
    }

    std::ifstream stream_;
};

void pack(Pack& out, const Population& population) {
    out(population.name());
    for (std::size_t i = 0; i < population.schema().size(); ++i) {
        out(population.schema()[i].name);
        std::visit([&](const auto& values) { out(values); }, population.columns()[i]);
    }
}

bool unpack(Unpack& in, Population& population) {
    if (!in.expect(population.name())) return false;
    for (std::size_t i = 0; i < population.schema().size(); ++i) {
        if (!in.expect(population.schema()[i].name)) return false;
        const bool same = std::visit(
            [&]<class T>(const std::vector<T>&) {
                Column<T> column = population.column<T>(i);
                return in(std::span<T>(column.data(), column.size()));
            },
            population.columns()[i]);
        if (!same) return false;
    }
    return true;
}

bool unpack(Unpack& in, Graph& graph) {
    const std::uint64_t pairs = std::uint64_t{graph.nodes()} * graph.nodes();
    std::vector<Tie> ties;
    if (!in.resized(ties, pairs)) return false;
    for (const Tie& tie : ties) {
        if (std::max(tie.from, tie.to) >= graph.nodes()) return false;
    }
    graph = Graph(graph.nodes(), ties, graph.symmetric());
    return true;
}

bool unpack(Unpack& in, RunState& state) {
    const auto each = [&](auto& part) { return unpack(in, part); };
    return in(std::span(&state.world.step, 1)) &&
           std::ranges::all_of(state.world.populations, each) &&
           std::ranges::all_of(state.world.graphs, each) && in(state.record.series) &&
           in(state.record.outcomes) && in.resized(state.record.carried, std::uint64_t{1} << 32) &&
           in.expect(last_words);
}

/// Of the names of checkpoints: those of a.h5 are none of a.hdf5's.
std::string ending_for(const fs::path& output) { return output.extension().string() + ".bin"; }

}

fs::path checkpoint_path(const fs::path& output, const Batch& batch) {
    fs::path path = beside(output, fmt::format("checkpoint-{}-{}-{}-{}", batch.arm, batch.point,
                                               batch.first_replicate, batch.lanes));
    return path += ".bin";
}

std::optional<Batch> batch_of_checkpoint(const fs::path& path) {
    static const std::regex numbers(R"(.*\.checkpoint-(\d+)-(\d+)-(\d+)-(\d+)(\.\w+)?\.bin)");
    const std::string name = path.filename().string();
    std::smatch found;
    if (!std::regex_match(name, found, numbers)) return std::nullopt;
    const auto number = [&](std::size_t which) { return std::stoul(found[which]); };
    return Batch{number(1), number(2), number(3), number(4)};
}

bool is_checkpoint_of(const fs::path& path, const std::string& origin) {
    Unpack in(path);
    return in.expect(first_words) && in.expect(origin) && is_whole_checkpoint(path);
}

bool is_whole_checkpoint(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary | std::ios::ate);
    constexpr std::streamoff size_of_sum = sizeof(std::uint64_t);
    std::streamoff left = stream.tellg() - size_of_sum;
    if (!stream || left < 0) return false;
    stream.seekg(0);
    Checksum checksum;
    std::vector<char> bytes(1 << 20);
    while (left > 0 && stream) {
        const auto count = std::min<std::streamoff>(left, static_cast<std::streamoff>(bytes.size()));
        stream.read(bytes.data(), count);
        checksum.process_bytes(bytes.data(), static_cast<std::size_t>(count));
        left -= count;
    }
    std::uint64_t written = 0;
    stream.read(reinterpret_cast<char*>(&written), size_of_sum);
    return stream && written == checksum.checksum();
}

std::vector<fs::path> checkpoint_files(const fs::path& output) {
    return files_beside(output, "checkpoint-", ending_for(output));
}

void remove_checkpoints(const fs::path& output) {
    for (const fs::path& file : checkpoint_files(output)) fs::remove(file);
    for (const fs::path& file : unfinished_beside(output, "checkpoint-", ending_for(output)))
        fs::remove(file);
}

void write_checkpoint(const fs::path& path, const RunState& state, const std::string& origin) {
    NewFile file(path, NewFile::Existing::replace);
    Pack out(file.path());
    out(first_words);
    out(origin);
    out(std::span(&state.world.step, 1));
    for (const Population& population : state.world.populations) pack(out, population);
    for (const Graph& graph : state.world.graphs) out(graph.ties());
    out(state.record.series);
    out(state.record.outcomes);
    out(state.record.carried);
    out(last_words);
    if (!out.went_well()) {
        throw RuntimeFailure(fmt::format("{}: the checkpoint cannot be written ({})", path.string(),
                                         std::strerror(errno)));
    }
    file.keep();
}

std::optional<RunState> read_checkpoint(const fs::path& path, RunState fresh,
                                        const std::string& origin) {
    if (!is_whole_checkpoint(path)) return std::nullopt;
    Unpack in(path);
    if (!in.expect(first_words) || !in.expect(origin) || !unpack(in, fresh)) return std::nullopt;
    return fresh;
}

}
