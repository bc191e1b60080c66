#include "sim/world.hpp"

#include <type_traits>
#include <variant>

#include <gtest/gtest.h>

namespace cercle::sim {
namespace {

/// A population of a model that is not ours: what cars hold.
struct Cars {
    Column<float> speed;
    Column<std::uint8_t> parked;
    Column<std::uint32_t> road;

    void each(auto&& field) {
        field(speed, "speed", "m/s", "speed");
        field(parked, "parked", "1", "1 while parked");
        field(road, "road", "1", "road it is on", Extent::entity);
    }
};

TEST(Population, has_a_column_for_each_field_of_its_view) {
    const Population cars = population_of<Cars>("cars", 5, 4);

    ASSERT_EQ(cars.schema().size(), 3U);
    EXPECT_EQ(cars.schema()[0], (ColumnSpec{"speed", "m/s", "speed", Extent::row}));
    EXPECT_EQ(cars.schema()[2].extent, Extent::entity);
    EXPECT_EQ(std::get<std::vector<float>>(cars.columns()[0]).size(), 20U);
    EXPECT_EQ(std::get<std::vector<std::uint8_t>>(cars.columns()[1]).size(), 20U);
    EXPECT_EQ(std::get<std::vector<std::uint32_t>>(cars.columns()[2]).size(), 5U);
    EXPECT_EQ(cars.rows(), 20U);
    EXPECT_EQ(cars.bytes(), 20U * 4 + 20U + 5U * 4);
}

TEST(Population, is_written_and_read_through_its_view) {
    Population cars = population_of<Cars>("cars", 3, 2);
    auto view = view_of<Cars>(cars);
    view.speed[3] = 12.5F;
    view.road[2] = 7;

    const auto read = view_of<Cars>(std::as_const(cars));

    EXPECT_EQ(read.speed[3], 12.5F);
    EXPECT_EQ(read.road[2], 7U);
    static_assert(std::is_const_v<std::remove_reference_t<decltype(read.speed[0])>>);
}

TEST(Population, is_a_value) {
    Population cars = population_of<Cars>("cars", 3, 1);
    Population copy = cars;
    EXPECT_EQ(copy, cars);

    view_of<Cars>(copy).parked[1] = 1;

    EXPECT_NE(copy, cars);
    EXPECT_EQ(view_of<Cars>(cars).parked[1], 0);
}

TEST(World, is_a_value_that_knows_its_size) {
    World world;
    world.source = {.seed = 3, .first_replicate = 0, .lanes = 2};
    world.populations = {population_of<Cars>("cars", 3, 2)};
    const Tie tie{0, 1, 2.0F};
    world.graphs = {Graph(3, {&tie, 1}, true)};

    World copy = world;

    EXPECT_EQ(copy, world);
    EXPECT_EQ(world.lanes(), 2U);
    EXPECT_EQ(world.bytes(), world.populations[0].bytes() + 4 * 8 + 2 * 4 + 2 * 4);
    copy.step = 1;
    EXPECT_NE(copy, world);
}

}
}
