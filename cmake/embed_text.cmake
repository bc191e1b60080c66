# Writes a text file into a source file, so that the program needs no file at run time.
#     cmake -DFILE=data/x.toml -DFUNCTION=x_text -DNAMESPACE=a::b -DOUTPUT=x_text.cpp -P embed_text.cmake
file(READ ${FILE} TEXT)
file(WRITE ${OUTPUT} "#include <string_view>

namespace ${NAMESPACE} {

std::string_view ${FUNCTION}();

std::string_view ${FUNCTION}() { return R\"text(${TEXT})text\"; }

}
")
