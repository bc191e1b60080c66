#pragma once

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "sim/column.hpp"
#include "sim/error.hpp"
#include "sim/huge_pages.hpp"

namespace cercle::sim {

/// A column's values, in the smallest type the law allows.
using ColumnData =
    std::variant<std::vector<float>, std::vector<std::int64_t>, std::vector<std::int32_t>,
                 std::vector<std::uint32_t>, std::vector<std::uint8_t>, std::vector<double>>;

/// Whether a column has a value per (entity, lane), or one per entity that all lanes share.
enum class Extent : std::uint8_t { row, entity };

struct ColumnSpec {
    std::string name;
    std::string unit;
    std::string meaning;
    Extent extent = Extent::row;
    bool operator==(const ColumnSpec&) const = default;
};

/// One kind of entity (firms, employees, clients): columns of equal length with their schema.
/// Row = entity * lanes + lane: the replicates of an entity lie side by side.
class Population {
public:
    Population() = default;
    Population(std::string name, std::size_t size, std::size_t lanes)
        : name_(std::move(name)), size_(size), lanes_(lanes) {}

    const std::string& name() const { return name_; }
    std::size_t size() const { return size_; } ///< entities
    std::size_t lanes() const { return lanes_; }
    std::size_t rows() const { return size_ * lanes_; }

    void reserve(std::size_t columns) {
        schema_.reserve(columns);
        columns_.reserve(columns);
    }
    template <class T> void add(ColumnSpec spec) {
        const std::size_t length = spec.extent == Extent::row ? rows() : size_;
        std::vector<T> values;
        reserve_in_huge_pages(values, length);
        values.resize(length);
        columns_.emplace_back(std::move(values));
        schema_.push_back(std::move(spec));
    }
    template <class T> Column<T> column(std::size_t index) {
        auto& data = std::get<std::vector<T>>(columns_[index]);
        return {data.data(), data.size()};
    }
    /// Two columns of one type change places, without a copy; views of them are stale.
    template <class T> void exchange(std::size_t one, std::size_t other) {
        std::get<std::vector<T>>(columns_[one]).swap(std::get<std::vector<T>>(columns_[other]));
    }
    const std::vector<ColumnSpec>& schema() const { return schema_; }
    const std::vector<ColumnData>& columns() const { return columns_; }
    std::size_t bytes() const;
    bool operator==(const Population&) const = default;

private:
    std::string name_;
    std::size_t size_ = 0;
    std::size_t lanes_ = 1;
    std::vector<ColumnSpec> schema_;
    std::vector<ColumnData> columns_;
};

/// A population whose columns are those that `View::each` lists.
template <class View>
Population population_of(std::string name, std::size_t size, std::size_t lanes) {
    Population population(std::move(name), size, lanes);
    View view;
    std::size_t columns = 0;
    view.each([&](auto&&...) { ++columns; });
    population.reserve(columns);
    view.each([&]<class T>(Column<T>&, const char* column, const char* unit, const char* meaning,
                           Extent extent = Extent::row) {
        population.add<T>({column, unit, meaning, extent});
    });
    return population;
}

/// The columns of a population by their names in C++. A view of a const population is const.
template <class View> View view_of(Population& population) {
    View view;
    std::size_t next = 0;
    view.each(
        [&]<class T>(Column<T>& column, auto&&...) { column = population.column<T>(next++); });
    return view;
}

template <class View> const View view_of(const Population& population) {
    return view_of<View>(const_cast<Population&>(population)); // const again through Column
}

}
