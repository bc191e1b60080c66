# The commit is read at every build, so that a result file names the code that made it.
add_custom_target(cercle_version_header
    COMMAND ${CMAKE_COMMAND}
        -DSOURCE=${CMAKE_SOURCE_DIR} -DOUTPUT=${CMAKE_BINARY_DIR}/generated/version.hpp
        -DVERSION=${PROJECT_VERSION} -DBUILD_TYPE=${CMAKE_BUILD_TYPE} -DARCH=${CERCLE_ARCH}
        "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
        -P ${CMAKE_SOURCE_DIR}/cmake/write_version.cmake
    BYPRODUCTS ${CMAKE_BINARY_DIR}/generated/version.hpp
    COMMENT "Reading the commit")
add_library(cercle_version INTERFACE)
target_include_directories(cercle_version INTERFACE ${CMAKE_BINARY_DIR}/generated)
add_dependencies(cercle_version cercle_version_header)
