#include "sim/stored_tables.hpp"

#include "sim/results_file.hpp"
#include "sim/results_opening.hpp"

namespace cercle::sim {
namespace {

bool is_dataset(hid_t parent, const std::string& name) {
    const Hdf5Handle object(H5Oopen(parent, name.c_str(), H5P_DEFAULT), H5Oclose, "open " + name);
    return H5Iget_type(object) == H5I_DATASET;
}

H5T_class_t class_of(hid_t dataset) {
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "read the type of a dataset");
    return H5Tget_class(type);
}

void add_columns(StoredTables& tables, hid_t group) {
    for (const std::string& name : member_names(group)) {
        if (!is_dataset(group, name)) continue;
        const Hdf5Handle dataset = open_dataset(group, name);
        FileColumn column{.what = {.name = name, .unit = "", .meaning = ""}};
        const H5T_class_t kind = class_of(dataset);
        if (kind == H5T_STRING) column.texts = read_texts(dataset);
        if (kind == H5T_FLOAT) column.numbers = read_all<double>(dataset);
        tables.columns[name] = std::move(column);
    }
}

}

const FileColumn& StoredTables::column(const std::string& name) const {
    const auto found = columns.find(name);
    if (found == columns.end())
        refuse_file(path,
                    fmt::format("is damaged, or another version wrote it (it has no {})", name));
    return found->second;
}

std::string filetype_of(const std::filesystem::path& path) {
    const Hdf5Handle file = open_for_reading(path);
    return blaming(path, [&]() -> std::string {
        if (!has_attribute(file, "filetype") || !is_text_attribute(file, "filetype")) return "";
        return text_attribute(file, "filetype");
    });
}

StoredTables read_tables(const std::filesystem::path& path) {
    const Hdf5Handle file = open_for_reading(path);
    return blaming(path, [&] {
        StoredTables tables;
        tables.path = path;
        if (has_attribute(file, "format_version") &&
            number_attribute(file, "format_version") > results_format_version) {
            refuse_file(path, "is newer than this program; use a newer cercle");
        }
        for (const std::string& name : attribute_names(file)) {
            if (is_text_attribute(file, name)) tables.attributes[name] = text_attribute(file, name);
        }
        const Hdf5Handle root = open_group(file, "/");
        add_columns(tables, root);
        for (const std::string& name : member_names(root)) {
            if (!is_dataset(root, name)) add_columns(tables, open_group(root, name));
        }
        return tables;
    });
}

}
