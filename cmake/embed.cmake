# Writes text files into a source file, so that the program needs no file at run time.
#     cercle_embed(cercle_apps FUNCTION model_files NAMESPACE cercle::apps FILES models/model.md)
# gives the target `std::span<const sim::EmbeddedFile> cercle::apps::model_files()`; a file is named
# by its own name, without folder and ending. Called as a script, this file does the writing.
if(CMAKE_SCRIPT_MODE_FILE)
    string(REPLACE "," ";" FILES "${FILES}")
    set(ROWS "")
    foreach(FILE ${FILES})
        get_filename_component(NAME ${FILE} NAME_WE)
        file(READ ${FILE} TEXT)
        string(APPEND ROWS "        {\"${NAME}\", R\"text(${TEXT})text\"},\n")
    endforeach()
    file(WRITE ${OUTPUT} "#include <array>
#include <span>

#include \"sim/embedded_file.hpp\"

namespace ${NAMESPACE} {

std::span<const cercle::sim::EmbeddedFile> ${FUNCTION}();

std::span<const cercle::sim::EmbeddedFile> ${FUNCTION}() {
    static constexpr auto files = std::to_array<cercle::sim::EmbeddedFile>({
${ROWS}    });
    return files;
}

}
")
    return()
endif()

set(CERCLE_EMBED ${CMAKE_CURRENT_LIST_FILE})
function(cercle_embed target)
    cmake_parse_arguments(ARG "" "FUNCTION;NAMESPACE" "FILES" ${ARGN})
    list(TRANSFORM ARG_FILES PREPEND ${CMAKE_SOURCE_DIR}/)
    list(JOIN ARG_FILES "," FILES)
    set(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${ARG_FUNCTION}.cpp)
    add_custom_command(OUTPUT ${OUTPUT}
        COMMAND ${CMAKE_COMMAND} -DOUTPUT=${OUTPUT} -DFILES=${FILES}
            -DFUNCTION=${ARG_FUNCTION} -DNAMESPACE=${ARG_NAMESPACE} -P ${CERCLE_EMBED}
        DEPENDS ${ARG_FILES} ${CERCLE_EMBED}
        COMMENT "Embedding ${ARG_FUNCTION}" VERBATIM)
    target_sources(${target} PRIVATE ${OUTPUT})
endfunction()
