#include "sim/hdf5_netcdf.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

namespace cercle::sim {

namespace {

constexpr unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

Hdf5Handle creation() {
    Hdf5Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "prepare a dataset");
    H5Pset_attr_creation_order(properties, in_order);
    // Equal studies give equal files: no times of day.
    H5Pset_obj_track_times(properties, false);
    H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY);
    return properties;
}

Hdf5Handle space_of(const std::vector<hsize_t>& shape) {
    if (shape.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "shape a dataset"};
    return {H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose,
            "shape a dataset"};
}

void describe(hid_t variable, const Metric& what) {
    put_attribute(variable, "units", what.unit);
    put_attribute(variable, "long_name", what.meaning);
}

}

Hdf5Handle NetcdfGroup::create(const Metric& what, const Storage& storage,
                               const std::vector<std::string>& dimensions) {
    std::vector<hsize_t> shape;
    for (const std::string& name : dimensions) shape.push_back(scales_.at(name).length);
    expects(!has_member(group_, what.name),
            "result file: two variables have one name: " + what.name);
    const Hdf5Handle properties = creation();
    const bool sparse = storage.sparse || room_ == Room::as_needed;
    H5Pset_fill_time(properties, sparse ? H5D_FILL_TIME_NEVER : H5D_FILL_TIME_ALLOC);
    if (storage.fill) H5Pset_fill_value(properties, storage.type, storage.fill);
    Hdf5Handle variable(H5Dcreate2(group_, what.name.c_str(), storage.type, space_of(shape),
                                   H5P_DEFAULT, properties, H5P_DEFAULT),
                        H5Dclose, "lay out " + what.name);
    for (unsigned axis = 0; axis < dimensions.size(); ++axis) {
        hdf5_check(H5DSattach_scale(variable, scales_.at(dimensions[axis]).dataset, axis),
                   "name the dimensions of " + what.name);
    }
    describe(variable, what);
    return variable;
}

Hdf5Handle NetcdfGroup::create_scale(const Metric& what, hid_t type, std::size_t length) {
    expects(!has_member(group_, what.name),
            "result file: two variables have one name: " + what.name);
    Hdf5Handle scale(H5Dcreate2(group_, what.name.c_str(), type, space_of({length}), H5P_DEFAULT,
                                creation(), H5P_DEFAULT),
                     H5Dclose, "lay out " + what.name);
    hdf5_check(H5DSset_scale(scale, what.name.c_str()), "lay out dimension " + what.name);
    describe(scale, what);
    return scale;
}

void NetcdfGroup::add_dimension(const std::string& name, std::size_t length) {
    Hdf5Handle scale(H5Dcreate2(group_, name.c_str(), H5T_STD_I8LE, space_of({length}), H5P_DEFAULT,
                                creation(), H5P_DEFAULT),
                     H5Dclose, "lay out dimension " + name);
    // netCDF knows a dimension without coordinates by this name of its scale.
    const std::string mark =
        fmt::format("This is a netCDF dimension but not a netCDF variable.{:10}", length);
    hdf5_check(H5DSset_scale(scale, mark.c_str()), "lay out dimension " + name);
    scales_[name] = {std::move(scale), length};
}

void NetcdfGroup::add_coordinate(const Metric& what, const std::vector<int>& values) {
    Hdf5Handle scale = create_scale(what, H5T_STD_I32LE, values.size());
    write_all(scale, values);
    scales_[what.name] = {std::move(scale), values.size()};
}

void NetcdfGroup::add_coordinate(const Metric& what, const std::vector<double>& values) {
    Hdf5Handle scale = create_scale(what, H5T_IEEE_F64LE, values.size());
    write_all(scale, values);
    scales_[what.name] = {std::move(scale), values.size()};
}

void NetcdfGroup::add_names(const Metric& what, const std::vector<std::string>& names,
                            const std::string& dimension) {
    if (!dimension.empty()) {
        write_texts(create(what, {.type = utf8_strings()}, {dimension}), names);
        return;
    }
    Hdf5Handle scale = create_scale(what, utf8_strings(), names.size());
    write_texts(scale, names);
    scales_[what.name] = {std::move(scale), names.size()};
}

void NetcdfGroup::add_text(const Metric& what, std::vector<std::string> dimensions,
                           std::size_t length) {
    const std::string letters = what.name + "_length";
    add_dimension(letters, length);
    dimensions.push_back(letters);
    const Hdf5Handle text = create(what, {.type = H5T_C_S1, .sparse = true}, dimensions);
    put_attribute(text, "_Encoding", std::string("utf-8"));
}

Hdf5Handle NetcdfGroup::add_variable(const Metric& what, hid_t type,
                                     const std::vector<std::string>& dimensions) {
    return create(what, {.type = type}, dimensions);
}

}
