#include "sim/table_file.hpp"

#include <fmt/format.h>

#include "sim/hdf5_netcdf.hpp"
#include "sim/new_file.hpp"
#include "sim/results_layout.hpp"

namespace cercle::sim {

namespace {

void add(NetcdfGroup& group, const FileTable& table) {
    group.add_names(table.rows.what, table.rows.texts);
    const std::string& dimension = table.rows.what.name;
    for (const FileColumn& column : table.columns) {
        const std::size_t length =
            column.texts.empty() ? column.numbers.size() : column.texts.size();
        expects(length == table.rows.texts.size(),
                "write_tables: a column has a value for each row: " + column.what.name);
        if (column.texts.empty()) {
            write_all(group.add_numbers<double>(column.what, {dimension}), column.numbers);
        } else {
            group.add_names(column.what, column.texts, dimension);
        }
    }
}

void lay_out(const std::filesystem::path& path, const TableFile& content) {
    Hdf5Handle file = create_results(path);
    for (const auto& [name, text] : content.attributes) {
        put_attribute(open_group(file, "/"), name, text);
    }
    {
        const Hdf5Handle handle = create_group(file, content.group);
        NetcdfGroup group(handle);
        for (const FileTable& table : content.tables) add(group, table);
    }
    file.finish("write the tables of the file");
}

}

void write_tables(const std::filesystem::path& path, const TableFile& content,
                  NewFile::Existing existing) {
    prepare_hdf5();
    NewFile file(path, existing);
    if (existing == NewFile::Existing::replace) check_replaceable(path);
    try {
        lay_out(file.path(), content);
    } catch (const RuntimeFailure& failure) {
        throw RuntimeFailure(fmt::format("{}: {}", path.string(), failure.what()));
    }
    file.keep();
}

}
