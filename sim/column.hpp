#pragma once

#include <cstddef>

namespace cercle::sim {

/// A borrowed column of a population: one value per row, or per entity where it is shared by all
/// lanes. Const all the way down: a const Column gives no way to write.
template <class T> class Column {
public:
    Column() = default;
    Column(T* data, std::size_t size) : data_(data), size_(size) {}

    T& operator[](std::size_t row) { return data_[row]; }
    const T& operator[](std::size_t row) const { return data_[row]; }
    T* data() { return data_; }
    const T* data() const { return data_; }
    std::size_t size() const { return size_; }

private:
    T* data_ = nullptr;
    std::size_t size_ = 0;
};

}
