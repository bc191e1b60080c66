#pragma once

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "sim/hdf5.hpp"
#include "sim/record.hpp"

namespace cercle::sim {

/// A group laid out by the netCDF-4 data model: every axis of a variable is attached to a dimension
/// scale of the group, and every variable has `units` and `long_name`. All storage is claimed at
/// once, so that nothing but raw data changes later.
class NetcdfGroup {
public:
    /// Whether variables take their room on the disk at once, or where they are written.
    enum class Room { at_once, as_needed };

    explicit NetcdfGroup(hid_t group, Room room = Room::at_once) : group_(group), room_(room) {}

    /// A dimension without coordinates.
    void add_dimension(const std::string& name, std::size_t length);
    /// A dimension whose positions are numbers.
    void add_coordinate(const Metric& what, const std::vector<int>& values);
    void add_coordinate(const Metric& what, const std::vector<double>& values);
    /// Names along `dimension`, by default a dimension of their own.
    void add_names(const Metric& what, const std::vector<std::string>& names,
                   const std::string& dimension = "");
    /// Text of up to `length` bytes for each place of the dimensions; takes no room until written.
    void add_text(const Metric& what, std::vector<std::string> dimensions, std::size_t length);
    Hdf5Handle add_variable(const Metric& what, hid_t type,
                            const std::vector<std::string>& dimensions);

    /// Numbers that are missing (NaN) until they are written.
    template <class Real>
    Hdf5Handle add_numbers(const Metric& what, const std::vector<std::string>& dimensions) {
        constexpr Real missing = std::numeric_limits<Real>::quiet_NaN();
        Hdf5Handle variable =
            create(what, {.type = hdf5_type(missing), .fill = &missing}, dimensions);
        put_attribute(variable, "_FillValue", missing);
        return variable;
    }

private:
    struct Scale {
        Hdf5Handle dataset;
        std::size_t length;
    };
    struct Storage {
        hid_t type;
        const void* fill = nullptr; ///< of the same type; zeros without
        bool sparse = false;        ///< not filled, a hole in the file until written
    };

    Hdf5Handle create(const Metric& what, const Storage& storage,
                      const std::vector<std::string>& dimensions);
    Hdf5Handle create_scale(const Metric& what, hid_t type, std::size_t length);

    hid_t group_;
    Room room_;
    std::map<std::string, Scale> scales_;
};

}
