# Writes the preset files into a source file, so that the program needs no files at run time.
#     cmake -DOUTPUT=preset_files.cpp -DFILES=a.toml,b.toml -P embed_presets.cmake
string(REPLACE "," ";" FILES "${FILES}")
set(ROWS "")
foreach(FILE ${FILES})
    get_filename_component(NAME ${FILE} NAME_WE)
    file(READ ${FILE} TEXT)
    string(APPEND ROWS "    {\"${NAME}\", R\"preset(${TEXT})preset\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include <array>

#include \"scenarios/presets.hpp\"

namespace cercle::scenarios {

std::span<const PresetFile> preset_files() {
    static constexpr auto files = std::to_array<PresetFile>({
${ROWS}    });
    return files;
}

}
")
