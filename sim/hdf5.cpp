#include "sim/hdf5.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace cercle::sim {

Hdf5Handle::Hdf5Handle(hid_t id, Close close, std::string_view doing) : id_(id), close_(close) {
    if (id < 0) throw RuntimeFailure(fmt::format("cannot {} ({})", doing, hdf5_reason()));
}

Hdf5Handle& Hdf5Handle::operator=(Hdf5Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
}

Hdf5Handle::~Hdf5Handle() {
    if (id_ >= 0 && close_) close_(id_);
}

void Hdf5Handle::finish(std::string_view doing) {
    if (id_ >= 0) hdf5_check(close_(std::exchange(id_, H5I_INVALID_HID)), doing);
}

void prepare_hdf5() {
    // At exit the library would try again to flush a file that no longer fits on the disk, and crash.
    // Every object is closed by its handle, so it has nothing to do there.
    H5dont_atexit();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

void hdf5_check(herr_t result, std::string_view doing) {
    if (result < 0) throw RuntimeFailure(fmt::format("cannot {} ({})", doing, hdf5_reason()));
}

std::string hdf5_reason() {
    std::string reason;
    const auto keep_first = [](unsigned, const H5E_error2_t* error, void* kept) -> herr_t {
        auto& text = *static_cast<std::string*>(kept);
        if (text.empty() && error->desc) text = error->desc;
        return 0;
    };
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &reason);
    if (reason.empty()) return "unknown failure of the HDF5 library";
    // "file write failed: time = ..., error message = 'No space left on device', buf = ..."
    constexpr std::string_view mark = "error message = '";
    const std::size_t quoted = reason.find(mark);
    if (quoted == std::string::npos) return reason;
    const std::size_t begin = quoted + mark.size();
    return reason.substr(begin, reason.find('\'', begin) - begin);
}

Hdf5Handle open_group(hid_t parent, const std::string& name) {
    return {H5Gopen2(parent, name.c_str(), H5P_DEFAULT), H5Gclose, "open group " + name};
}

Hdf5Handle open_dataset(hid_t parent, const std::string& name) {
    return {H5Dopen2(parent, name.c_str(), H5P_DEFAULT), H5Dclose, "open dataset " + name};
}

Hdf5Handle create_group(hid_t parent, const std::string& name) {
    const Hdf5Handle properties(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "prepare a group");
    constexpr unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    H5Pset_link_creation_order(properties, in_order);
    H5Pset_attr_creation_order(properties, in_order);
    H5Pset_obj_track_times(properties, false);
    return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, properties, H5P_DEFAULT), H5Gclose,
            "create group " + name};
}

bool has_member(hid_t parent, const std::string& name) {
    return H5Lexists(parent, name.c_str(), H5P_DEFAULT) > 0;
}

std::vector<std::string> member_names(hid_t group) {
    std::vector<std::string> names;
    const auto keep = [](hid_t, const char* name, const H5L_info_t*, void* kept) -> herr_t {
        static_cast<std::vector<std::string>*>(kept)->emplace_back(name);
        return 0;
    };
    hdf5_check(H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, keep, &names),
               "list a group");
    return names;
}

std::vector<hsize_t> dataset_shape(hid_t dataset) {
    const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "read the shape of a dataset");
    std::vector<hsize_t> shape(
        static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space))));
    H5Sget_simple_extent_dims(space, shape.data(), nullptr);
    return shape;
}

namespace {

Hdf5Handle scalar_space() { return {H5Screate(H5S_SCALAR), H5Sclose, "prepare an attribute"}; }

Hdf5Handle fixed_text(std::size_t size) {
    Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "prepare a text");
    H5Tset_size(type, std::max<std::size_t>(size, 1));
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

struct AttributeValue {
    hid_t file_type;
    hid_t memory_type;
    const void* data;
};

void put(hid_t object, const std::string& name, hid_t space, const AttributeValue& value) {
    const Hdf5Handle attribute(
        H5Acreate2(object, name.c_str(), value.file_type, space, H5P_DEFAULT, H5P_DEFAULT),
        H5Aclose, "create attribute " + name);
    hdf5_check(H5Awrite(attribute, value.memory_type, value.data), "write attribute " + name);
}

Hdf5Handle open_attribute(hid_t object, const std::string& name) {
    return {H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "open attribute " + name};
}

Hdf5Handle attribute_type(hid_t attribute) {
    return {H5Aget_type(attribute), H5Tclose, "read the type of an attribute"};
}

}

void put_attribute(hid_t object, const std::string& name, const std::string& text) {
    const Hdf5Handle type = fixed_text(text.size());
    put(object, name, scalar_space(), {type, type, text.c_str()});
}

void put_attribute(hid_t object, const std::string& name, double number) {
    put(object, name, scalar_space(), {H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &number});
}

void put_attribute(hid_t object, const std::string& name, float number) {
    put(object, name, scalar_space(), {H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, &number});
}

void put_attribute(hid_t object, const std::string& name, int number) {
    put(object, name, scalar_space(), {H5T_STD_I32LE, H5T_NATIVE_INT, &number});
}

void put_attribute(hid_t object, const std::string& name, std::span<const unsigned char> numbers) {
    const hsize_t length = numbers.size();
    const Hdf5Handle space(H5Screate_simple(1, &length, nullptr), H5Sclose, "prepare an attribute");
    put(object, name, space, {H5T_STD_U8LE, H5T_NATIVE_UCHAR, numbers.data()});
}

bool has_attribute(hid_t object, const std::string& name) {
    return H5Aexists(object, name.c_str()) > 0;
}

bool is_text_attribute(hid_t object, const std::string& name) {
    const Hdf5Handle attribute = open_attribute(object, name);
    return H5Tget_class(attribute_type(attribute)) == H5T_STRING;
}

std::string text_attribute(hid_t object, const std::string& name) {
    const Hdf5Handle attribute = open_attribute(object, name);
    const Hdf5Handle type = attribute_type(attribute);
    if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0)
        throw RuntimeFailure("attribute " + name + " is no text of fixed size");
    std::string text(H5Tget_size(type) + 1, '\0');
    hdf5_check(H5Aread(attribute, type, text.data()), "read attribute " + name);
    text.resize(text.find('\0'));
    return text;
}

double number_attribute(hid_t object, const std::string& name) {
    const Hdf5Handle attribute = open_attribute(object, name);
    double number = 0.0;
    hdf5_check(H5Aread(attribute, H5T_NATIVE_DOUBLE, &number), "read attribute " + name);
    return number;
}

std::vector<std::string> attribute_names(hid_t object) {
    std::vector<std::string> names;
    const auto keep = [](hid_t, const char* name, const H5A_info_t*, void* kept) -> herr_t {
        static_cast<std::vector<std::string>*>(kept)->emplace_back(name);
        return 0;
    };
    hdf5_check(H5Aiterate2(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, keep, &names),
               "list attributes");
    return names;
}

Hdf5Handle utf8_strings() {
    Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "prepare a text");
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

void write_texts(hid_t dataset, const std::vector<std::string>& texts) {
    std::vector<const char*> pointers;
    for (const std::string& text : texts) pointers.push_back(text.c_str());
    const Hdf5Handle type = utf8_strings();
    hdf5_check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()),
               "write names");
}

std::vector<std::string> read_texts(hid_t dataset) {
    const Hdf5Handle type = utf8_strings();
    const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "read names");
    std::vector<char*> pointers(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    hdf5_check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()),
               "read names");
    std::vector<std::string> texts;
    for (const char* text : pointers) texts.emplace_back(text ? text : "");
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
    return texts;
}

namespace {

struct Selection {
    Hdf5Handle memory;
    Hdf5Handle file;
};

Selection select(hid_t dataset, const Block& block) {
    const auto rank = static_cast<int>(block.count.size());
    Selection selection{{H5Screate_simple(rank, block.count.data(), nullptr), H5Sclose, "select"},
                        {H5Dget_space(dataset), H5Sclose, "select"}};
    hdf5_check(H5Sselect_hyperslab(selection.file, H5S_SELECT_SET, block.start.data(), nullptr,
                                   block.count.data(), nullptr),
               "select a part of a dataset");
    return selection;
}

}

void write_block(hid_t dataset, const Block& block, hid_t type, const void* values) {
    const Selection part = select(dataset, block);
    hdf5_check(H5Dwrite(dataset, type, part.memory, part.file, H5P_DEFAULT, values),
               "write a batch of runs");
}

void read_block(hid_t dataset, const Block& block, hid_t type, void* values) {
    const Selection part = select(dataset, block);
    hdf5_check(H5Dread(dataset, type, part.memory, part.file, H5P_DEFAULT, values),
               "read a batch of runs");
}

}
