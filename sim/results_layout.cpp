#include "sim/results_layout.hpp"

#include <numeric>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "sim/hdf5_netcdf.hpp"

namespace cercle::sim {

namespace {

constexpr unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
const std::vector<std::string> run_dimensions = {"arm", "point", "replicate"};

std::vector<int> numbers_from_zero(std::size_t count) {
    std::vector<int> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

/// The dimensions every run is found by. Groups repeat them, because xarray looks for coordinates
/// in the group it opens.
void add_run_coordinates(NetcdfGroup& group, const ResultsHead& head) {
    group.add_names({.name = "arm", .unit = "1", .meaning = "arm: one of the worlds compared"},
                    head.arms);
    group.add_coordinate({.name = "point", .unit = "1", .meaning = "design point"},
                         numbers_from_zero(head.points));
    group.add_coordinate({.name = "replicate", .unit = "1", .meaning = "replicate"},
                         numbers_from_zero(head.replicates));
}

void add_status(NetcdfGroup& root) {
    const Hdf5Handle status =
        root.add_variable({.name = "status", .unit = "1", .meaning = "what became of the run"},
                          H5T_STD_U8LE, run_dimensions);
    const unsigned char values[] = {0, 1, 2};
    put_attribute(status, "flag_values", values);
    put_attribute(status, "flag_meanings", std::string("pending done failed"));
}

void add_design(NetcdfGroup& root, const ResultsHead& head) {
    if (head.factors.empty()) return;
    root.add_names(
        {.name = "factor", .unit = "1", .meaning = "path of the parameter that is varied"},
        head.factors);
    write_all(root.add_numbers<double>({.name = "design",
                                        .unit = "as the parameter of the factor",
                                        .meaning = "value of each factor at each design point"},
                                       {"point", "factor"}),
              head.design);
}

void add_root(NetcdfGroup& root, const ResultsHead& head) {
    add_run_coordinates(root, head);
    for (const Metric& outcome : head.outcomes) root.add_numbers<double>(outcome, run_dimensions);
    add_status(root);
    const Hdf5Handle seed = root.add_variable(
        {.name = "run_seed", .unit = "1", .meaning = "key of the random numbers of the run"},
        H5T_STD_U64LE, run_dimensions);
    write_all(seed, head.run_seeds);
    add_design(root, head);
    root.add_text({.name = "failure", .unit = "1", .meaning = "why the run failed"}, run_dimensions,
                  failure_length);
    root.add_text(
        {.name = "ending", .unit = "1", .meaning = "what was known when the study ended, JSON"}, {},
        ending_length);
}

/// A part of a study takes room only for its own runs.
NetcdfGroup::Room room_of(const ResultsHead& head) {
    return head.part.empty() ? NetcdfGroup::Room::at_once : NetcdfGroup::Room::as_needed;
}

void add_series(hid_t file, const ResultsHead& head) {
    const Hdf5Handle handle = create_group(file, "series");
    NetcdfGroup group(handle, room_of(head));
    add_run_coordinates(group, head);
    group.add_coordinate({.name = "time",
                          .unit = "months",
                          .meaning = "months since the start of the measured period"},
                         head.times);
    for (const Metric& metric : head.series)
        group.add_numbers<float>(metric, {"arm", "point", "replicate", "time"});
}

void add_nodes(hid_t file, const ResultsHead& head) {
    if (head.node_values.empty()) return;
    const Hdf5Handle handle = create_group(file, "nodes");
    NetcdfGroup group(handle, room_of(head));
    add_run_coordinates(group, head);
    group.add_coordinate({.name = "node", .unit = "1", .meaning = "node of the network"},
                         numbers_from_zero(head.nodes));
    for (const Metric& metric : head.node_values)
        group.add_numbers<double>(metric, {"arm", "point", "replicate", "node"});
}

void add_ties(NetcdfGroup& group, const NetworkTable& network) {
    std::vector<unsigned> from, to;
    std::vector<float> weight;
    for (const Tie& tie : network.ties) {
        from.push_back(tie.from);
        to.push_back(tie.to);
        weight.push_back(tie.weight);
    }
    const std::string tie = network.name + "_tie";
    group.add_dimension(tie, network.ties.size());
    const auto column = [&](const std::string& name, const std::string& meaning) {
        return Metric{network.name + "_" + name, "1", meaning + " (" + network.name + " network)"};
    };
    write_all(group.add_variable(column("from", "who is influenced"), H5T_STD_U32LE, {tie}), from);
    write_all(group.add_variable(column("to", "by whom"), H5T_STD_U32LE, {tie}), to);
    write_all(group.add_numbers<float>(column("weight", "weight of the tie"), {tie}), weight);
}

void add_networks(hid_t file, const std::vector<NetworkTable>& networks) {
    if (networks.empty()) return;
    const Hdf5Handle handle = create_group(file, "network");
    NetcdfGroup group(handle);
    for (const NetworkTable& network : networks) {
        const std::string node = network.name + "_node";
        group.add_coordinate({node, "1", "node of the " + network.name + " network"},
                             numbers_from_zero(network.nodes));
        add_ties(group, network);
        if (network.labels.empty()) continue;
        expects(network.labels.size() == network.nodes, "NetworkTable: one label for each node");
        group.add_names({network.name + "_label", "1", network.label_meaning}, network.labels,
                        node);
    }
}

void add_attributes(hid_t root, const ResultsHead& head) {
    put_attribute(root, "filetype", std::string("cercle-results"));
    put_attribute(root, "format_version", results_format_version);
    if (!head.part.empty()) put_attribute(root, "part", head.part);
    for (const auto& [name, text] : head.text_attributes) put_attribute(root, name, text);
    for (const auto& [name, number] : head.number_attributes) put_attribute(root, name, number);
}

void check_head(const ResultsHead& head) {
    const std::size_t runs = head.arms.size() * head.points * head.replicates;
    expects(runs > 0, "ResultsHead: a study has a run");
    expects(head.run_seeds.size() == runs, "ResultsHead: one seed for each run");
    expects(head.design.size() == head.points * head.factors.size() || head.factors.empty(),
            "ResultsHead: one value for each point and factor");
}

}

Hdf5Handle results_access() {
    Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "prepare a file");
    // Long attributes need at least 1.8; later formats mark an open file, and one whose writer
    // died would no longer open.
    H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18);
    H5Pset_file_locking(access, false, true);
    H5Pset_sieve_buf_size(access, 0);
    return access;
}

Hdf5Handle create_results(const std::filesystem::path& path) {
    const Hdf5Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "prepare a file");
    H5Pset_link_creation_order(creation, in_order);
    H5Pset_attr_creation_order(creation, in_order);
    H5Pset_obj_track_times(creation, false);
    return {H5Fcreate(path.c_str(), H5F_ACC_EXCL, creation, results_access()), H5Fclose,
            "make the file"};
}

void lay_out_results(const std::filesystem::path& path, const ResultsHead& head,
                     const std::vector<NetworkTable>& networks) {
    check_head(head);
    Hdf5Handle file = create_results(path);
    {
        const Hdf5Handle handle = open_group(file, "/");
        NetcdfGroup root(handle, room_of(head));
        add_attributes(handle, head);
        add_root(root, head);
    }
    add_series(file, head);
    add_nodes(file, head);
    add_networks(file, networks);
    file.finish("write the layout of the file");
}

}
