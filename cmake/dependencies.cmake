# Every library is a Debian 12 package (tools/install-deps); docs/decisions says why each is here.
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(TBB 2021 REQUIRED)
find_package(HDF5 1.10 REQUIRED COMPONENTS C HL)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(tomlplusplus REQUIRED)
find_path(RANDOM123_INCLUDE_DIR Random123/threefry.h REQUIRED)

# Third-party headers keep their own warnings to themselves.
add_library(cercle_hdf5 INTERFACE)
target_include_directories(cercle_hdf5 SYSTEM INTERFACE ${HDF5_INCLUDE_DIRS})
target_link_libraries(cercle_hdf5 INTERFACE ${HDF5_C_HL_LIBRARIES} ${HDF5_C_LIBRARIES})
add_library(cercle_random123 INTERFACE)
target_include_directories(cercle_random123 SYSTEM INTERFACE ${RANDOM123_INCLUDE_DIR})

if(CERCLE_MPI)
    find_package(MPI REQUIRED COMPONENTS C)
elseif(CERCLE_TESTS)
    find_package(MPI COMPONENTS C)
endif()
if(MPI_C_FOUND)
    # The C interface is all that is used; the C++ one is gone from the standard.
    add_library(cercle_mpi INTERFACE)
    target_include_directories(cercle_mpi SYSTEM INTERFACE ${MPI_C_INCLUDE_DIRS})
    target_link_libraries(cercle_mpi INTERFACE ${MPI_C_LIBRARIES})
    target_compile_definitions(cercle_mpi INTERFACE OMPI_SKIP_MPICXX MPICH_SKIP_MPICXX)
endif()

# Headers nearly every source reads, parsed once for each library: this halves the time to build.
function(cercle_precompile target)
    target_precompile_headers(${target} PRIVATE
        <algorithm> <cmath> <cstdint> <filesystem> <functional> <map> <memory> <optional> <span> <string>
        <string_view> <variant> <vector> <fmt/format.h> ${ARGN})
endfunction()

# Several sources of a library are compiled as one: most of the time goes into headers they share.
function(cercle_compile_together target)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ${CERCLE_UNITY} UNITY_BUILD_BATCH_SIZE 8)
endfunction()
