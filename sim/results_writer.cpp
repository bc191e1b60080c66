#include "sim/results_file.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "sim/hdf5.hpp"
#include "sim/new_file.hpp"
#include "sim/results_layout.hpp"

namespace cercle::sim {

namespace {

/// A failure of the library, told with the name of the file.
template <class Work> auto naming(const std::filesystem::path& path, const Work& work) {
    try {
        return work();
    } catch (const RuntimeFailure& failure) {
        throw RuntimeFailure(fmt::format("{}: {}", path.string(), failure.what()));
    }
}

void create(const std::filesystem::path& path, const ResultsHead& head,
            const std::vector<NetworkTable>& networks, NewFile::Existing existing) {
    NewFile file(path, existing);
    std::unique_ptr<WriterLock> old;
    if (existing == NewFile::Existing::replace && std::filesystem::exists(path)) {
        check_replaceable(path);
        old = std::make_unique<WriterLock>(path); // nobody else's runs are struck
    }
    naming(path, [&] { lay_out_results(file.path(), head, networks); });
    file.keep();
}

/// Refuses to go on with a file of another study or part, unless only its scenario's numbers or the
/// program differ and the user wants it anyway.
void check_same_study(const std::filesystem::path& path, ResultsHead head,
                      ResultsWriter::Existing existing) {
    const bool anyway = existing == ResultsWriter::Existing::resume_anyway;
    if (anyway) {
        for (const std::string_view name : identity_attributes)
            head.text_attributes.erase(std::string(name));
    }
    const ResultsHead stored = ResultsReader(path).head();
    std::vector<std::string> found = differences(stored, head);
    for (const std::string_view name : identity_attributes)
        head.text_attributes.erase(std::string(name));
    const bool forcible = !anyway && differences(stored, head).empty() && stored.part == head.part;
    if (stored.part != head.part) {
        const auto named = [](const std::string& part) { return part.empty() ? "all runs" : part; };
        found.push_back(fmt::format("{} there, {} here", named(stored.part), named(head.part)));
    }
    if (found.empty()) return;
    throw UserError(fmt::format(
        "{}: holds another study ({}); resume with the scenario and program it was made with{}, or "
        "choose another name",
        path.string(), fmt::join(found, "; "), forcible ? ", mix them with --force-resume" : ""));
}

/// Makes the file, or finds it fit to go on with.
void prepare(const std::filesystem::path& path, const ResultsHead& head,
             const std::vector<NetworkTable>& networks, ResultsWriter::Existing existing) {
    prepare_hdf5();
    switch (existing) {
    case ResultsWriter::Existing::refuse:
        create(path, head, networks, NewFile::Existing::refuse);
        break;
    case ResultsWriter::Existing::overwrite:
        create(path, head, networks, NewFile::Existing::replace);
        break;
    case ResultsWriter::Existing::resume:
    case ResultsWriter::Existing::resume_anyway:
        check_same_study(path, head, existing);
        break;
    }
}

/// Text cut to whole UTF-8 characters and padded with zeros.
std::string fitted(std::string text, std::size_t length) {
    if (text.size() > length) {
        std::size_t end = length;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        text.resize(end);
    }
    text.resize(length, '\0');
    return text;
}

Hdf5Handle open_for_writing(const std::filesystem::path& path) {
    return {H5Fopen(path.c_str(), H5F_ACC_RDWR, results_access()), H5Fclose, "open the file"};
}

std::vector<Hdf5Handle> open_all(hid_t group, const std::vector<Metric>& metrics) {
    std::vector<Hdf5Handle> datasets;
    for (const Metric& metric : metrics) datasets.push_back(open_dataset(group, metric.name));
    return datasets;
}

/// Records that stand side by side in the file, in its order.
struct Stretch {
    Block runs; ///< (arm, point, replicate)
    std::vector<const Record*> records;

    const Record& first() const { return *records.front(); }
    std::size_t size() const { return runs.count[1] * runs.count[2]; }
};

Stretch stretch_of(const Record& record) {
    const Batch& batch = record.batch;
    return {{{batch.arm, batch.point, batch.first_replicate}, {1, 1, batch.lanes}}, {&record}};
}

/// Puts `next` behind `before`, where it goes on at dimension `along` of (arm, point, replicate)
/// and is as wide at the later ones.
bool goes_on(Stretch& before, const Stretch& next, std::size_t along) {
    if (before.first().status != RunStatus::done || next.first().status != RunStatus::done ||
        before.first().series.empty() != next.first().series.empty())
        return false;
    for (std::size_t dimension = 0; dimension < 3; ++dimension) {
        const hsize_t start = before.runs.start[dimension], count = before.runs.count[dimension];
        const bool follows = dimension == along ? next.runs.start[dimension] == start + count
                                                : next.runs.start[dimension] == start &&
                                                      next.runs.count[dimension] == count;
        if (!follows) return false;
    }
    before.runs.count[along] += next.runs.count[along];
    before.records.insert(before.records.end(), next.records.begin(), next.records.end());
    return true;
}

/// As few stretches as they make: first of replicates, then of points with the same replicates.
std::vector<Stretch> joined(std::span<const Record> records) {
    std::vector<Stretch> stretches;
    for (const Record& record : records) stretches.push_back(stretch_of(record));
    std::ranges::sort(stretches, {}, [](const Stretch& stretch) { return stretch.runs.start; });
    for (const std::size_t along : {2U, 1U}) {
        std::vector<Stretch> longer;
        for (Stretch& stretch : stretches) {
            if (longer.empty() || !goes_on(longer.back(), stretch, along))
                longer.push_back(std::move(stretch));
        }
        stretches = std::move(longer);
    }
    return stretches;
}

/// What the records of a stretch hold of a metric, one after the other.
template <class T>
const T* values_of(const Stretch& stretch, std::vector<T> Record::*column, std::size_t metric,
                   std::size_t each, std::vector<T>& room) {
    if (stretch.records.size() == 1)
        return (stretch.first().*column).data() + metric * stretch.size() * each;
    room.clear();
    for (const Record* record : stretch.records) {
        const std::size_t length = record->batch.lanes * each;
        const T* from = (record->*column).data() + metric * length;
        room.insert(room.end(), from, from + length);
    }
    return room.data();
}

Block extended(Block block, hsize_t length) {
    block.start.push_back(0);
    block.count.push_back(length);
    return block;
}

}

struct ResultsWriter::Files {
    Files(const std::filesystem::path& where, const ResultsHead& head)
        : path(where), lock(where), file(open_for_writing(where)),
          series(open_all(open_group(file, "series"), head.series)),
          outcomes(open_all(file, head.outcomes)),
          nodes(head.node_values.empty() ? std::vector<Hdf5Handle>()
                                         : open_all(open_group(file, "nodes"), head.node_values)),
          node_count(head.nodes), status(open_dataset(file, "status")),
          failure(open_dataset(file, "failure")), ending(open_dataset(file, "ending")),
          times(head.times.size()) {}

    void check(const Record& record) const;
    void write_data(const Stretch& stretch) const;
    void write_failure(const Stretch& stretch) const;
    void write_status(const Stretch& stretch) const;

    std::filesystem::path path;
    WriterLock lock;
    Hdf5Handle file;
    std::vector<Hdf5Handle> series;
    std::vector<Hdf5Handle> outcomes;
    std::vector<Hdf5Handle> nodes;
    std::size_t node_count;
    Hdf5Handle status, failure, ending;
    std::size_t times;
};

ResultsWriter::ResultsWriter(const std::filesystem::path& path, const ResultsHead& head,
                             const std::vector<NetworkTable>& networks, Existing existing) {
    prepare(path, head, networks, existing);
    files_ = naming(path, [&] { return std::make_unique<Files>(path, head); });
}

ResultsWriter::~ResultsWriter() = default;

void ResultsWriter::Files::check(const Record& record) const {
    const std::size_t lanes = record.batch.lanes;
    expects(record.series.size() == series.size() * lanes * times &&
                record.outcomes.size() == outcomes.size() * lanes &&
                record.nodes.size() == nodes.size() * lanes * node_count,
            "ResultsWriter: a record has the shape of its study");
}

void ResultsWriter::Files::write_data(const Stretch& stretch) const {
    for (const Record* record : stretch.records) check(*record);
    std::vector<float> floats;
    std::vector<double> doubles;
    const Block rows = extended(stretch.runs, times);
    for (std::size_t which = 0; which < series.size() && times > 0; ++which)
        write_block(series[which], rows, H5T_NATIVE_FLOAT,
                    values_of(stretch, &Record::series, which, times, floats));
    for (std::size_t which = 0; which < outcomes.size(); ++which)
        write_block(outcomes[which], stretch.runs, H5T_NATIVE_DOUBLE,
                    values_of(stretch, &Record::outcomes, which, 1, doubles));
    for (const Hdf5Handle& dataset : nodes)
        write_block(dataset, extended(stretch.runs, node_count), H5T_NATIVE_DOUBLE,
                    values_of(stretch, &Record::nodes, 0, node_count, doubles));
}

void ResultsWriter::Files::write_failure(const Stretch& stretch) const {
    std::vector<unsigned char> before(stretch.size());
    read_block(status, stretch.runs, H5T_NATIVE_UCHAR, before.data());
    const bool failed = stretch.first().status == RunStatus::failed;
    const auto was_failed = static_cast<unsigned char>(RunStatus::failed);
    if (!failed && std::ranges::find(before, was_failed) == before.end()) return;
    const std::string reason = fitted(failed ? stretch.first().failure : "", failure_length);
    std::string reasons;
    for (std::size_t run = 0; run < stretch.size(); ++run) reasons += reason;
    write_block(failure, extended(stretch.runs, failure_length), H5T_C_S1, reasons.data());
}

void ResultsWriter::Files::write_status(const Stretch& stretch) const {
    const std::vector<unsigned char> values(stretch.size(),
                                            static_cast<unsigned char>(stretch.first().status));
    write_block(status, stretch.runs, H5T_NATIVE_UCHAR, values.data());
}

void ResultsWriter::write(std::span<const Record> records) {
    if (records.empty()) return;
    naming(files_->path, [&] {
        const std::vector<Stretch> stretches = joined(records);
        for (const Stretch& stretch : stretches) {
            const Record& first = stretch.first();
            if (first.status != RunStatus::failed || !first.series.empty() ||
                !first.outcomes.empty())
                files_->write_data(stretch);
            files_->write_failure(stretch);
        }
        hdf5_check(H5Fflush(files_->file, H5F_SCOPE_LOCAL), "flush the data of runs");
        for (const Stretch& stretch : stretches) files_->write_status(stretch);
        hdf5_check(H5Fflush(files_->file, H5F_SCOPE_LOCAL), "flush the status of runs");
    });
}

void ResultsWriter::annotate(const std::map<std::string, std::string>& text_attributes,
                             const std::map<std::string, double>& number_attributes) {
    naming(files_->path, [&] {
        std::string text(ending_length, '\0');
        hdf5_check(H5Dread(files_->ending, H5T_C_S1, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()),
                   "read the ending");
        text.resize(std::min(text.find('\0'), text.size()));
        auto ending = nlohmann::json::parse(text, nullptr, false);
        if (!ending.is_object()) ending = nlohmann::json::object();
        for (const auto& [name, value] : text_attributes) ending[name] = value;
        for (const auto& [name, value] : number_attributes) ending[name] = value;
        text = ending.dump();
        expects(text.size() <= ending_length, "ResultsWriter::annotate: too long an ending");
        text.resize(ending_length, '\0');
        hdf5_check(H5Dwrite(files_->ending, H5T_C_S1, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()),
                   "write how the study ended; the runs it holds are safe, make room and go on "
                   "with --resume");
    });
}

}
