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
        old = std::make_unique<WriterLock>(path);
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
    if (stored.part != head.part) {
        const auto named = [](const std::string& part) { return part.empty() ? "all runs" : part; };
        found.push_back(fmt::format("{} there, {} here", named(stored.part), named(head.part)));
    }
    if (found.empty()) return;
    throw UserError(fmt::format(
        "{}: holds another study ({}); resume with the scenario and program it was made with{}, or "
        "choose another name",
        path.string(), fmt::join(found, "; "), anyway ? "" : ", mix them with --force-resume"));
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

Block runs_of(const Batch& batch) {
    return {{batch.arm, batch.point, batch.first_replicate}, {1, 1, batch.lanes}};
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

    void write_data(const Record& record) const;
    void write_failure(const Record& record) const;
    void write_status(const Record& record) const;

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

void ResultsWriter::Files::write_data(const Record& record) const {
    const std::size_t lanes = record.batch.lanes;
    expects(record.series.size() == series.size() * lanes * times &&
                record.outcomes.size() == outcomes.size() * lanes &&
                record.nodes.size() == nodes.size() * lanes * node_count,
            "ResultsWriter: a record has the shape of its study");
    const Block runs = runs_of(record.batch);
    const Block rows = extended(runs, times);
    for (std::size_t which = 0; which < series.size() && times > 0; ++which)
        write_block(series[which], rows, H5T_NATIVE_FLOAT, &record.series[which * lanes * times]);
    for (std::size_t which = 0; which < outcomes.size(); ++which)
        write_block(outcomes[which], runs, H5T_NATIVE_DOUBLE, &record.outcomes[which * lanes]);
    for (const Hdf5Handle& dataset : nodes)
        write_block(dataset, extended(runs, node_count), H5T_NATIVE_DOUBLE, record.nodes.data());
}

void ResultsWriter::Files::write_failure(const Record& record) const {
    const Block runs = runs_of(record.batch);
    std::vector<unsigned char> before(record.batch.lanes);
    read_block(status, runs, H5T_NATIVE_UCHAR, before.data());
    const bool failed = record.status == RunStatus::failed;
    const auto was_failed = static_cast<unsigned char>(RunStatus::failed);
    if (!failed && std::ranges::find(before, was_failed) == before.end()) return;
    std::string reasons;
    for (std::size_t lane = 0; lane < record.batch.lanes; ++lane)
        reasons += fitted(failed ? record.failure : "", failure_length);
    write_block(failure, extended(runs, failure_length), H5T_C_S1, reasons.data());
}

void ResultsWriter::Files::write_status(const Record& record) const {
    hdf5_check(H5Fflush(file, H5F_SCOPE_LOCAL), "flush the data of a batch");
    const std::vector<unsigned char> values(record.batch.lanes,
                                            static_cast<unsigned char>(record.status));
    write_block(status, runs_of(record.batch), H5T_NATIVE_UCHAR, values.data());
    hdf5_check(H5Fflush(file, H5F_SCOPE_LOCAL), "flush the status of a batch");
}

void ResultsWriter::write(const Record& record) {
    naming(files_->path, [&] {
        if (record.status != RunStatus::failed || !record.series.empty() ||
            !record.outcomes.empty())
            files_->write_data(record);
        files_->write_failure(record);
        files_->write_status(record);
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
                   "write the ending");
    });
}

}
