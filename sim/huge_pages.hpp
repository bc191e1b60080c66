#pragma once

#include <cstddef>
#include <vector>

namespace cercle::sim {

/// Asks for large pages where this memory spans some (2 MiB): random reads then find their place in
/// memory faster. To be asked before the first write. Only a wish: nothing else changes.
void prefer_huge_pages(void* start, std::size_t bytes);

/// Room for so many values, in large pages if possible.
template <class T> void reserve_in_huge_pages(std::vector<T>& values, std::size_t count) {
    values.reserve(count);
    prefer_huge_pages(values.data(), values.capacity() * sizeof(T));
}

}
