# Puts files into the program, so that it needs none of them at run time.
#     cercle_embed(cercle_apps FUNCTION model_files NAMESPACE cercle::apps FILES models/model.md)
# gives the target `std::span<const sim::EmbeddedFile> cercle::apps::model_files()`; a file is named
# by its own name, without folder and endings. The assembler copies the bytes (.incbin): a script of
# half a megabyte costs the compiler nothing, which it does as the text of a literal.
function(cercle_embed target)
    cmake_parse_arguments(ARG "" "FUNCTION;NAMESPACE" "FILES" ${ARGN})
    string(MAKE_C_IDENTIFIER "${ARG_NAMESPACE}_${ARG_FUNCTION}" SYMBOL)
    set(BYTES "")
    set(NAMES "")
    set(ROWS "")
    set(PATHS "")
    set(NUMBER 0)
    foreach(FILE ${ARG_FILES})
        get_filename_component(FILE ${FILE} ABSOLUTE BASE_DIR ${CMAKE_SOURCE_DIR})
        get_filename_component(NAME ${FILE} NAME_WE)
        set(THIS "${SYMBOL}_${NUMBER}")
        string(APPEND BYTES "    \"${THIS}: .incbin \\\"${FILE}\\\"\\n\"\n    \"${THIS}_end: .byte 0\\n\"\n")
        string(APPEND NAMES "extern const char ${THIS}[], ${THIS}_end[];\n")
        string(APPEND ROWS "        {\"${NAME}\", {${THIS}, ${THIS}_end}},\n")
        list(APPEND PATHS ${FILE})
        math(EXPR NUMBER "${NUMBER} + 1")
    endforeach()
    set(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${ARG_FUNCTION}.cpp)
    file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT "#include <span>
#include <vector>

#include \"sim/embedded_file.hpp\"

asm(\".pushsection .rodata\\n\"
@BYTES@    \".popsection\\n\");

extern \"C\" {
@NAMES@}

namespace @ARG_NAMESPACE@ {

std::span<const cercle::sim::EmbeddedFile> @ARG_FUNCTION@();

std::span<const cercle::sim::EmbeddedFile> @ARG_FUNCTION@() {
    static const std::vector<cercle::sim::EmbeddedFile> files = {
@ROWS@    };
    return files;
}

}
")
    set_source_files_properties(${OUTPUT} PROPERTIES OBJECT_DEPENDS "${PATHS}" SKIP_PRECOMPILE_HEADERS ON)
    target_sources(${target} PRIVATE ${OUTPUT})
endfunction()
