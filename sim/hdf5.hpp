#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hdf5.h>

#include "sim/error.hpp"

namespace cercle::sim {

/// An open object of the HDF5 library, closed when it goes out of scope.
class Hdf5Handle {
public:
    using Close = herr_t (*)(hid_t);

    Hdf5Handle() = default;
    /// Takes over `id`; a failed call (negative id) becomes a RuntimeFailure that says what it was
    /// `doing`.
    Hdf5Handle(hid_t id, Close close, std::string_view doing);
    Hdf5Handle(Hdf5Handle&& other) noexcept
        : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
    Hdf5Handle& operator=(Hdf5Handle&& other) noexcept;
    ~Hdf5Handle();

    operator hid_t() const { return id_; }
    /// Closes now, so that a failure to write what was still held back is told.
    void finish(std::string_view doing);

private:
    hid_t id_ = H5I_INVALID_HID;
    Close close_ = nullptr;
};

/// Keeps the library from printing its own errors and from working at exit; call before its first
/// use.
void prepare_hdf5();

/// Throws RuntimeFailure "cannot <doing> (<innermost reason of the library>)" for a negative
/// result.
void hdf5_check(herr_t result, std::string_view doing);

/// The innermost message of the library's last failure: "No space left on device".
std::string hdf5_reason();

Hdf5Handle open_group(hid_t parent, const std::string& name);
Hdf5Handle open_dataset(hid_t parent, const std::string& name);
/// A group that remembers the order in which its members and attributes were made.
Hdf5Handle create_group(hid_t parent, const std::string& name);
bool has_member(hid_t parent, const std::string& name);
/// The members of a group in the order of creation.
std::vector<std::string> member_names(hid_t group);
/// Length along each dimension.
std::vector<hsize_t> dataset_shape(hid_t dataset);

/// UTF-8 text of fixed size, in the file as long as it needs to be.
void put_attribute(hid_t object, const std::string& name, const std::string& text);
void put_attribute(hid_t object, const std::string& name, double number);
void put_attribute(hid_t object, const std::string& name, float number);
void put_attribute(hid_t object, const std::string& name, int number);
void put_attribute(hid_t object, const std::string& name, std::span<const unsigned char> numbers);

bool has_attribute(hid_t object, const std::string& name);
std::string text_attribute(hid_t object, const std::string& name);
double number_attribute(hid_t object, const std::string& name);
bool is_text_attribute(hid_t object, const std::string& name);
/// The attributes of an object in the order of creation.
std::vector<std::string> attribute_names(hid_t object);

/// Variable-length UTF-8 strings, as netCDF-4 keeps them.
Hdf5Handle utf8_strings();
void write_texts(hid_t dataset, const std::vector<std::string>& texts);
std::vector<std::string> read_texts(hid_t dataset);

/// The HDF5 type of a number in memory.
inline hid_t hdf5_type(float) { return H5T_NATIVE_FLOAT; }
inline hid_t hdf5_type(double) { return H5T_NATIVE_DOUBLE; }
inline hid_t hdf5_type(int) { return H5T_NATIVE_INT; }
inline hid_t hdf5_type(char) { return H5T_NATIVE_CHAR; }
inline hid_t hdf5_type(unsigned char) { return H5T_NATIVE_UCHAR; }
inline hid_t hdf5_type(unsigned int) { return H5T_NATIVE_UINT; }
inline hid_t hdf5_type(unsigned long) { return H5T_NATIVE_ULONG; }

/// A rectangular part of a dataset: where it starts and how far it reaches along each dimension.
struct Block {
    std::vector<hsize_t> start;
    std::vector<hsize_t> count;
};

void write_block(hid_t dataset, const Block& block, hid_t type, const void* values);
void read_block(hid_t dataset, const Block& block, hid_t type, void* values);

template <class T> void write_all(hid_t dataset, const std::vector<T>& values) {
    hdf5_check(H5Dwrite(dataset, hdf5_type(T{}), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
               "write a dataset");
}

template <class T> std::vector<T> read_all(hid_t dataset) {
    hsize_t length = 1;
    for (const hsize_t extent : dataset_shape(dataset)) length *= extent;
    std::vector<T> values(length);
    hdf5_check(H5Dread(dataset, hdf5_type(T{}), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
               "read a dataset");
    return values;
}

}
