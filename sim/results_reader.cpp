#include "sim/results_file.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/hdf5.hpp"
#include "sim/results_opening.hpp"

namespace cercle::sim {

namespace {

/// What a file of another kind of ours is for.
std::string other_kind(hid_t file) {
    if (!has_attribute(file, "filetype") || !is_text_attribute(file, "filetype")) return "";
    const std::string kind = text_attribute(file, "filetype");
    if (kind == "cercle-power") return "holds the table of cercle power";
    if (kind == "cercle-claims") return "holds the answers of cercle claims";
    return kind == "cercle-verdict" ? "holds the verdicts of cercle infer" : "";
}

/// What can be done with it instead.
std::string use_of(const std::string& kind) {
    return kind == "holds the table of cercle power"
               ? " (no runs, and no page is made of it); open its group power with xarray"
               : " (no runs); make a page of it with cercle report, or open it with xarray";
}

void check_type(const std::filesystem::path& path, hid_t file) {
    if (const std::string kind = other_kind(file); !kind.empty()) {
        refuse_file(path, kind + use_of(kind));
    }
    if (!has_attribute(file, "filetype") || !is_text_attribute(file, "filetype") ||
        text_attribute(file, "filetype") != "cercle-results") {
        refuse_file(path,
                    "is an HDF5 file of another kind, or damaged (its attribute filetype is not "
                    "cercle-results); results are made by: cercle run SCENARIO -o OUT.h5");
    }
    const double version = number_attribute(file, "format_version");
    if (version > results_format_version) {
        refuse_file(path,
                    fmt::format("is newer than this program (format {}, this program reads up to "
                                "{}); use a newer cercle",
                                version, results_format_version));
    }
}

bool is_outcome(hid_t dataset) {
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "read the type of a dataset");
    return H5Tget_class(type) == H5T_FLOAT && dataset_shape(dataset).size() == 3;
}

Metric metric_of(hid_t dataset, const std::string& name) {
    return {name, text_attribute(dataset, "units"), text_attribute(dataset, "long_name")};
}

void read_attributes(ResultsHead& head, hid_t file) {
    for (const std::string& name : attribute_names(file)) {
        if (name == "filetype" || name == "format_version") continue;
        if (name == "part") {
            head.part = text_attribute(file, name);
            continue;
        }
        if (is_text_attribute(file, name)) {
            head.text_attributes[name] = text_attribute(file, name);
        } else {
            head.number_attributes[name] = number_attribute(file, name);
        }
    }
}

void read_ending(ResultsHead& head, hid_t file) {
    std::string text(ending_length, '\0');
    hdf5_check(
        H5Dread(open_dataset(file, "ending"), H5T_C_S1, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()),
        "read the ending");
    text.resize(std::min(text.find('\0'), text.size()));
    const auto ending = nlohmann::json::parse(text, nullptr, false);
    if (!ending.is_object()) return;
    for (const auto& [name, value] : ending.items()) {
        if (value.is_string()) head.text_attributes[name] = value.get<std::string>();
        if (value.is_number()) head.number_attributes[name] = value.get<double>();
    }
}

void read_series_head(ResultsHead& head, hid_t file) {
    const Hdf5Handle group = open_group(file, "series");
    head.times = read_all<double>(open_dataset(group, "time"));
    for (const std::string& name : member_names(group)) {
        const Hdf5Handle dataset = open_dataset(group, name);
        if (dataset_shape(dataset).size() == 4) head.series.push_back(metric_of(dataset, name));
    }
}

void read_nodes_head(ResultsHead& head, hid_t file) {
    if (!has_member(file, "nodes")) return;
    const Hdf5Handle group = open_group(file, "nodes");
    head.nodes = dataset_shape(open_dataset(group, "node")).front();
    for (const std::string& name : member_names(group)) {
        const Hdf5Handle dataset = open_dataset(group, name);
        if (dataset_shape(dataset).size() == 4)
            head.node_values.push_back(metric_of(dataset, name));
    }
}

ResultsHead read_head(hid_t file) {
    ResultsHead head;
    head.arms = read_texts(open_dataset(file, "arm"));
    const auto shape = dataset_shape(open_dataset(file, "status"));
    if (shape.size() != 3) throw RuntimeFailure("status has not three dimensions");
    head.points = shape[1];
    head.replicates = shape[2];
    if (has_member(file, "factor")) {
        head.factors = read_texts(open_dataset(file, "factor"));
        head.design = read_all<double>(open_dataset(file, "design"));
    }
    for (const std::string& name : member_names(file)) {
        if (name == "series" || name == "network" || name == "nodes") continue;
        const Hdf5Handle dataset = open_dataset(file, name);
        if (is_outcome(dataset)) head.outcomes.push_back(metric_of(dataset, name));
    }
    head.run_seeds = read_all<std::uint64_t>(open_dataset(file, "run_seed"));
    read_series_head(head, file);
    read_nodes_head(head, file);
    read_attributes(head, file);
    read_ending(head, file);
    return head;
}

NetworkTable read_network(hid_t group, const std::string& name) {
    NetworkTable network;
    network.name = name;
    network.nodes = dataset_shape(open_dataset(group, name + "_node")).front();
    const auto from = read_all<unsigned>(open_dataset(group, name + "_from"));
    const auto to = read_all<unsigned>(open_dataset(group, name + "_to"));
    const auto weight = read_all<float>(open_dataset(group, name + "_weight"));
    for (std::size_t tie = 0; tie < from.size(); ++tie)
        network.ties.push_back({from[tie], to[tie], weight[tie]});
    if (has_member(group, name + "_label"))
        network.labels = read_texts(open_dataset(group, name + "_label"));
    return network;
}

}

struct ResultsReader::Files {
    explicit Files(const std::filesystem::path& where)
        : path(where), file(open_for_reading(where)) {
        blaming(path, [&] { check_type(path, file); });
        head = blaming(path, [&] { return read_head(file); });
    }

    std::filesystem::path path;
    Hdf5Handle file;
    ResultsHead head;
};

ResultsReader::ResultsReader(const std::filesystem::path& path)
    : files_(std::make_unique<Files>(path)) {}

ResultsReader::~ResultsReader() = default;

const std::filesystem::path& ResultsReader::path() const { return files_->path; }

const ResultsHead& ResultsReader::head() const { return files_->head; }

std::vector<RunStatus> ResultsReader::status() const {
    return blaming(files_->path, [&] {
        const auto values = read_all<unsigned char>(open_dataset(files_->file, "status"));
        std::vector<RunStatus> status(values.size());
        std::ranges::transform(values, status.begin(),
                               [](unsigned char value) { return static_cast<RunStatus>(value); });
        return status;
    });
}

std::vector<double> ResultsReader::outcome(const std::string& name) const {
    return blaming(files_->path,
                   [&] { return read_all<double>(open_dataset(files_->file, name)); });
}

std::vector<double> ResultsReader::outcome(const std::string& name, const Batch& batch) const {
    return blaming(files_->path, [&] {
        std::vector<double> values(batch.lanes);
        read_block(open_dataset(files_->file, name),
                   {{batch.arm, batch.point, batch.first_replicate}, {1, 1, batch.lanes}},
                   H5T_NATIVE_DOUBLE, values.data());
        return values;
    });
}

std::vector<double> ResultsReader::outcome(const std::string& name, const PointBlock& block) const {
    return blaming(files_->path, [&] {
        const std::size_t replicates = files_->head.replicates;
        std::vector<double> values(block.points * replicates);
        read_block(open_dataset(files_->file, name),
                   {{block.arm, block.first_point, 0}, {1, block.points, replicates}},
                   H5T_NATIVE_DOUBLE, values.data());
        return values;
    });
}

std::vector<float> ResultsReader::series(const std::string& name, const Batch& batch) const {
    return blaming(files_->path, [&] {
        const std::size_t times = files_->head.times.size();
        std::vector<float> values(batch.lanes * times);
        if (values.empty()) return values;
        const Hdf5Handle dataset = open_dataset(open_group(files_->file, "series"), name);
        read_block(dataset,
                   {{batch.arm, batch.point, batch.first_replicate, 0}, {1, 1, batch.lanes, times}},
                   H5T_NATIVE_FLOAT, values.data());
        return values;
    });
}

std::vector<float> ResultsReader::series(const std::string& name, const PointBlock& block) const {
    return blaming(files_->path, [&] {
        const ResultsHead& head = files_->head;
        std::vector<float> values(block.points * head.replicates * head.times.size());
        if (values.empty()) return values;
        read_block(open_dataset(open_group(files_->file, "series"), name),
                   {{block.arm, block.first_point, 0, 0},
                    {1, block.points, head.replicates, head.times.size()}},
                   H5T_NATIVE_FLOAT, values.data());
        return values;
    });
}

std::vector<double> ResultsReader::nodes(const Batch& batch) const {
    return blaming(files_->path, [&] {
        const ResultsHead& head = files_->head;
        std::vector<double> values(batch.lanes * head.nodes);
        if (values.empty()) return values;
        const Hdf5Handle group = open_group(files_->file, "nodes");
        const Hdf5Handle dataset = open_dataset(group, head.node_values.front().name);
        read_block(
            dataset,
            {{batch.arm, batch.point, batch.first_replicate, 0}, {1, 1, batch.lanes, head.nodes}},
            H5T_NATIVE_DOUBLE, values.data());
        return values;
    });
}

std::vector<double> ResultsReader::nodes(const PointBlock& block) const {
    return blaming(files_->path, [&] {
        const ResultsHead& head = files_->head;
        std::vector<double> values(block.points * head.replicates * head.nodes);
        if (values.empty()) return values;
        const Hdf5Handle group = open_group(files_->file, "nodes");
        read_block(
            open_dataset(group, head.node_values.front().name),
            {{block.arm, block.first_point, 0, 0}, {1, block.points, head.replicates, head.nodes}},
            H5T_NATIVE_DOUBLE, values.data());
        return values;
    });
}

std::string ResultsReader::failure(std::size_t arm, std::size_t point,
                                   std::size_t replicate) const {
    return blaming(files_->path, [&] {
        std::string text(failure_length, '\0');
        read_block(open_dataset(files_->file, "failure"),
                   {{arm, point, replicate, 0}, {1, 1, 1, failure_length}}, H5T_C_S1, text.data());
        text.resize(std::min(text.find('\0'), text.size()));
        return text;
    });
}

std::vector<NetworkTable> ResultsReader::networks() const {
    return blaming(files_->path, [&] {
        std::vector<NetworkTable> networks;
        if (!has_member(files_->file, "network")) return networks;
        const Hdf5Handle group = open_group(files_->file, "network");
        constexpr std::string_view ending = "_tie";
        for (const std::string& name : member_names(group)) {
            if (name.ends_with(ending))
                networks.push_back(
                    read_network(group, name.substr(0, name.size() - ending.size())));
        }
        return networks;
    });
}

}
