#include "sim/population.hpp"

namespace cercle::sim {

std::size_t Population::bytes() const {
    std::size_t total = 0;
    for (const ColumnData& column : columns_) {
        total += std::visit([](const auto& data) { return data.size() * sizeof(data[0]); }, column);
    }
    return total;
}

}
